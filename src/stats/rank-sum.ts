import { PairwellError } from '../errors.ts';
import { normalCriticalValue, normalUpperTail } from './normal.ts';
import { rankSumTails } from './rank-sum-exact.ts';

/** How far one sample lies above another, −1 … 1. */
export interface CliffsDelta {
  /**
   * P(first > second) − P(first < second) of a pair drawn at random: 1 where each of the first is larger than all of
   * the second. The same figure as the rank-biserial correlation, 2 U / (n m) − 1.
   */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

export interface RankSumTest {
  /** Pairs in which the one of the first sample is larger, equal ones by half. */
  readonly u: number;
  /** Two-sided: that one sample tends to be larger. */
  readonly p: number;
  /** `exact` among all ways to deal the values to the samples; `normal` by approximation. */
  readonly method: 'exact' | 'normal';
  readonly delta: CliffsDelta;
}

/** Up to so many values together the test is exact: the number of ways then still is a whole number for a double. */
const largestExact = 50;

/**
 * Whether the values of one sample tend to be larger than those of another (Wilcoxon, Biometrics Bulletin 1, 1945; Mann
 * and Whitney, Annals of Mathematical Statistics 18, 1947). Up to 50 values p is exact, ties included: twice the lesser
 * tail of the permutation distribution of the mid-ranks. Beyond, it is a normal's with the corrections for ties and for
 * continuity (Hollander, Wolfe and Chicken, Nonparametric Statistical Methods, 3rd edition, 2014, section 4.1). The
 * effect is Cliff's delta (Psychological Bulletin 114, 1993) with the asymmetric interval of Feng and Cliff (Journal of
 * Modern Applied Statistical Methods 3, 2004), which for a sample of one is −1 … 1. Takes a sort of either sample.
 *
 * @param level confidence of the interval
 * @throws PairwellError `bad-input` for an empty sample, a NaN, or a level not between 0 and 1
 */
export function rankSumTest(first: Float64Array, second: Float64Array, level = 0.95): RankSumTest {
  const groups = tiedGroups(sorted(first), sorted(second));
  const [n, m] = [first.length, second.length];
  const u = pairsAbove(groups);
  const delta = deltaOf(groups, n, m, u, level);
  if (n + m > largestExact) return { u, p: normalP(groups, n, m, u), method: 'normal', delta };
  return { u, p: exactP(groups, n, u), method: 'exact', delta };
}

/** One value of the two samples together, ascending, with how many of either sample have it. */
interface TiedGroup {
  readonly firsts: number;
  readonly seconds: number;
  /** How many of either sample are smaller. */
  readonly firstsBelow: number;
  readonly secondsBelow: number;
}

function sorted(sample: Float64Array): Float64Array {
  if (sample.length === 0) {
    throw new PairwellError('bad-input', 'Two samples are compared only if neither is empty.');
  }
  const at = sample.findIndex(Number.isNaN);
  if (at < 0) return sample.toSorted();
  throw new PairwellError('bad-input', `Number ${at} of a sample is no number; leave it out.`, { at });
}

function tiedGroups(first: Float64Array, second: Float64Array): TiedGroup[] {
  const groups: TiedGroup[] = [];
  let [i, j] = [0, 0];
  while (i < first.length || j < second.length) {
    const value = Math.min(i < first.length ? first[i] : second[j], j < second.length ? second[j] : first[i]);
    const [firstsBelow, secondsBelow] = [i, j];
    while (i < first.length && first[i] === value) i++;
    while (j < second.length && second[j] === value) j++;
    groups.push({ firsts: i - firstsBelow, seconds: j - secondsBelow, firstsBelow, secondsBelow });
  }
  return groups;
}

function pairsAbove(groups: readonly TiedGroup[]): number {
  let u = 0;
  for (const { firsts, seconds, secondsBelow } of groups) u += firsts * (secondsBelow + seconds / 2);
  return u;
}

function normalP(groups: readonly TiedGroup[], n: number, m: number, u: number): number {
  const total = n + m;
  let ties = 0;
  for (const { firsts, seconds } of groups) {
    const tied = firsts + seconds;
    ties += (tied - 1) * tied * (tied + 1);
  }
  const variance = ((n * m) / 12) * (total + 1 - ties / (total * (total - 1)));
  const distance = Math.abs(u - (n * m) / 2) - 0.5;
  if (!(variance > 0 && distance > 0)) return 1;
  return 2 * normalUpperTail(distance / Math.sqrt(variance));
}

function exactP(groups: readonly TiedGroup[], n: number, u: number): number {
  // Twice the mid-ranks, which are whole numbers.
  const ranks = groups.flatMap(({ firsts, seconds, firstsBelow, secondsBelow }) => {
    const tied = firsts + seconds;
    return new Array<number>(tied).fill(2 * (firstsBelow + secondsBelow) + tied + 1);
  });
  const { atMost, atLeast } = rankSumTails(ranks, n, 2 * u + n * (n + 1));
  return Math.min(1, 2 * Math.min(atMost, atLeast));
}

function deltaOf(groups: readonly TiedGroup[], n: number, m: number, u: number, level: number): CliffsDelta {
  const z = normalCriticalValue(level);
  const estimate = (2 * u) / (n * m) - 1;
  if (n === 1 || m === 1) return { estimate, low: -1, high: 1 };
  if (Math.abs(estimate) === 1) {
    // No pair speaks against it, and the variance would be 0: the bound is that of a share of 1.
    const fewest = Math.min(n, m);
    const bound = (fewest - z * z) / (fewest + z * z);
    return estimate === 1 ? { estimate, low: bound, high: 1 } : { estimate, low: -1, high: -bound };
  }
  const d = estimate;
  // Of each value of a sample: by how much more of the other one it is above than below.
  let [ofFirsts, ofSeconds, unequal] = [0, 0, 0];
  for (const { firsts, seconds, firstsBelow, secondsBelow } of groups) {
    ofFirsts += firsts * ((2 * secondsBelow + seconds - m) / m - d) ** 2;
    ofSeconds += seconds * ((n - 2 * firstsBelow - firsts) / n - d) ** 2;
    unequal += firsts * (m - seconds);
  }
  const ofPairs = unequal - n * m * d * d;
  const unbiased = (m * m * ofFirsts + n * n * ofSeconds - ofPairs) / (n * m * (n - 1) * (m - 1));
  const variance = Math.max(unbiased, (1 - d * d) / (n * m - 1));
  const root = z * Math.sqrt(variance) * Math.sqrt((1 - d * d) ** 2 + z * z * variance);
  const under = 1 - d * d + z * z * variance;
  return {
    estimate,
    low: Math.max(-1, (d - d ** 3 - root) / under),
    high: Math.min(1, (d - d ** 3 + root) / under),
  };
}
