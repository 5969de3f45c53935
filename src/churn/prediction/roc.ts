import { PairwellError } from '../../errors.ts';
import { checkPairs } from '../../learn/scores.ts';
import { normalCriticalValue, normalUpperTail } from '../../stats/normal.ts';

/** A figure and its confidence interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How much more area one score has under its ROC curve than another on the same rows. */
export interface AucDifference extends Estimate {
  /** Two-sided. */
  readonly p: number;
}

export interface AucComparison {
  /** By score. */
  readonly auc: readonly Estimate[];
  /** Covariances of these areas, row by row. */
  readonly covariance: Float64Array;
}

const rounding = 1e-12;

/**
 * Areas under the ROC curve of several scores of the same rows, with their covariance (DeLong, DeLong and Clarke-Pearson, Biometrics 44,
 * 1988), of rows that go together by customer (Obuchowski, Biometrics 53, 1997, pp. 568–570); where each row is of a customer of its own
 * both are the same. Intervals are normal, cut off at 0 and 1.
 *
 * @param customer by row
 * @throws PairwellError `bad-input` unless two customers have ones and two have noughts, for scores that are not finite
 */
export function compareAreas(
  scores: readonly Float64Array[],
  target: Uint8Array,
  customer: Int32Array,
  level = 0.95,
): AucComparison {
  const placed = scores.map((own) => placements(own, target));
  const clusters = clustersOf(target, customer);
  const { ones, noughts, count, withOnes, withNoughts } = clusters;
  if (withOnes < 2 || withNoughts < 2)
    throw new PairwellError(
      'bad-input',
      `${withOnes} customers left and ${withNoughts} stayed; areas are compared with two of either at least.`,
    );
  const areas = placed.map(
    (values) => values.reduce((sum, value, row) => (target[row] === 1 ? sum + value : sum), 0) / ones,
  );
  // By cluster, what its ones and its noughts are off the mean in sum.
  const sums = placed.map((values, s) => {
    const off = [new Float64Array(count), new Float64Array(count)];
    for (let row = 0; row < target.length; row++)
      off[target[row]][clusters.of[row]] += values[row] - areas[s];
    return off;
  });
  const size = scores.length;
  const covariance = new Float64Array(size * size);
  for (let a = 0; a < size; a++)
    for (let b = 0; b < size; b++) {
      const product = (i: number, j: number): number =>
        sums[a][i].reduce((sum, off, cluster) => sum + off * sums[b][j][cluster], 0);
      covariance[a * size + b] =
        ((withOnes / (withOnes - 1)) * product(1, 1)) / ones ** 2 +
        ((withNoughts / (withNoughts - 1)) * product(0, 0)) / noughts ** 2 +
        ((count / (count - 1)) * (product(1, 0) + product(0, 1))) / (ones * noughts);
    }
  const z = normalCriticalValue(level);
  const auc = areas.map((value, s): Estimate => {
    const half = z * Math.sqrt(Math.max(0, covariance[s * size + s]));
    return { value, low: Math.max(0, value - half), high: Math.min(1, value + half) };
  });
  return { auc, covariance };
}

/** Area `first` less area `second` of a comparison. */
export function areaDifference(
  { auc, covariance }: AucComparison,
  first: number,
  second: number,
  level = 0.95,
): AucDifference {
  const at = (a: number, b: number): number => covariance[a * auc.length + b];
  const value = auc[first].value - auc[second].value;
  const error = Math.sqrt(Math.max(0, at(first, first) + at(second, second) - 2 * at(first, second)));
  const half = normalCriticalValue(level) * error;
  // Scores that rank alike differ by rounding at most.
  if (Math.abs(value) < rounding) return { value: 0, low: 0 - half, high: half, p: 1 };
  const p = error > 0 ? Math.min(1, 2 * normalUpperTail(Math.abs(value) / error)) : 0;
  return { value, low: value - half, high: value + half, p };
}

/** By row: the share of the other class that it is on the right side of, ties by half. */
function placements(scores: Float64Array, target: Uint8Array): Float64Array {
  checkPairs(scores, target);
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[a] - scores[b]);
  const all = [0, 0];
  for (const one of target) all[one]++;
  const below = [0, 0];
  const out = new Float64Array(scores.length);
  for (let from = 0; from < order.length; ) {
    const here = [0, 0];
    let end = from;
    for (; end < order.length && scores[order[end]] === scores[order[from]]; end++)
      here[target[order[end]]]++;
    for (; from < end; from++) {
      const own = target[order[from]];
      const other = 1 - own;
      const share = (below[other] + here[other] / 2) / all[other];
      out[order[from]] = own === 1 ? share : 1 - share;
    }
    below[0] += here[0];
    below[1] += here[1];
  }
  return out;
}

function clustersOf(target: Uint8Array, customer: Int32Array) {
  const numbers = new Map<number, number>();
  const of = customer.map((who) => {
    if (!numbers.has(who)) numbers.set(who, numbers.size);
    return numbers.get(who)!;
  });
  const has = [new Uint8Array(numbers.size), new Uint8Array(numbers.size)];
  let ones = 0;
  for (let row = 0; row < target.length; row++) {
    ones += target[row];
    has[target[row]][of[row]] = 1;
  }
  const [withNoughts, withOnes] = has.map((marks) => marks.reduce((sum, one) => sum + one, 0));
  return { of, ones, noughts: target.length - ones, count: numbers.size, withOnes, withNoughts };
}
