import { PairwellError } from '../errors.ts';
import { minimise } from './minimise.ts';
import { checkPairs, logisticLoss, probabilityOf } from './scores.ts';

/** The probability is 1 / (1 + e^−(slope × score + intercept)). */
export interface PlattCalibration {
  readonly slope: number;
  readonly intercept: number;
}

/**
 * Turns scores into probabilities by a logistic curve (Platt 1999, with the targets (n₁ + 1) / (n₁ + 2) and 1 / (n₀ + 2) that keep it
 * from certainty; Lin, Lin and Weng, Machine Learning 68, 2007). Scores that are all the same give the slope 0.
 *
 * @throws PairwellError `bad-input` for scores that are not finite or targets other than 0 and 1
 */
export function fitPlatt(scores: Float64Array, target: Uint8Array): PlattCalibration {
  checkPairs(scores, target);
  const count = scores.length;
  const ones = target.reduce((sum, one) => sum + one, 0);
  const goals = [1 / (count - ones + 2), (ones + 1) / (ones + 2)];
  const mean = scores.reduce((sum, score) => sum + score / count, 0);
  const spread = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2 / count, 0));
  const share = (ones * goals[1] + (count - ones) * goals[0]) / count;
  const level = Math.log(share / (1 - share));
  if (!(spread > 0)) return { slope: 0, intercept: level };
  const objective = (x: Float64Array, gradient: Float64Array, hessian: Float64Array): number => {
    let loss = 0;
    for (let n = 0; n < count; n++) {
      const at = (scores[n] - mean) / spread;
      const score = x[0] * at + x[1];
      const goal = goals[target[n]];
      const p = probabilityOf(score);
      loss += logisticLoss(score, goal) / count;
      const slope = (p - goal) / count;
      const bend = (p * (1 - p)) / count;
      gradient[0] += slope * at;
      gradient[1] += slope;
      hessian[0] += bend * at * at;
      hessian[1] += bend * at;
      hessian[3] += bend;
    }
    hessian[2] = hessian[1];
    return loss;
  };
  const { x } = minimise(objective, [Float64Array.of(0, level)], { longestStep: 10 });
  return { slope: x[0] / spread, intercept: x[1] - (x[0] * mean) / spread };
}

export const plattProbability = ({ slope, intercept }: PlattCalibration, score: number): number =>
  probabilityOf(slope * score + intercept);

/** Probabilities that rise with the score: knots, between which they are on a straight line. */
export interface IsotonicCalibration {
  /** Ascending. */
  readonly scores: Float64Array;
  /** By knot; never falling, from 0 to 1. */
  readonly probabilities: Float64Array;
}

/**
 * The never falling probabilities that are nearest to the targets in least squares: pools adjacent violators (Barlow, Bartholomew,
 * Bremner and Brunk 1972; Zadrozny and Elkan, KDD 2002). Equal scores get one probability.
 *
 * @throws PairwellError `bad-input` for scores that are not finite or targets other than 0 and 1
 */
export function fitIsotonic(scores: Float64Array, target: Uint8Array): IsotonicCalibration {
  checkPairs(scores, target);
  const order = Uint32Array.from(scores, (_, n) => n).sort((a, b) => scores[a] - scores[b]);
  /** Pools: their lowest and highest scores, how many ones and how many in all. */
  const pools: { low: number; high: number; ones: number; count: number }[] = [];
  for (let from = 0; from < order.length; ) {
    const low = scores[order[from]];
    let pool = { low, high: low, ones: 0, count: 0 };
    for (; from < order.length && scores[order[from]] === low; from++) {
      pool.ones += target[order[from]];
      pool.count++;
    }
    for (
      let last = pools.at(-1);
      last && last.ones * pool.count >= pool.ones * last.count;
      last = pools.at(-1)
    ) {
      pools.pop();
      pool = { low: last.low, high: pool.high, ones: last.ones + pool.ones, count: last.count + pool.count };
    }
    pools.push(pool);
  }
  const knots = pools.flatMap(({ low, high, ones, count }) => {
    const probability = ones / count;
    return low === high ? [[low, probability]] : [[low, probability], [high, probability]]; // biome-ignore format: one line
  });
  return {
    scores: Float64Array.from(knots, ([score]) => score),
    probabilities: Float64Array.from(knots, ([, probability]) => probability),
  };
}

/** Beyond the first and the last knot the probability is theirs. */
export function isotonicProbability({ scores, probabilities }: IsotonicCalibration, score: number): number {
  let [low, high] = [0, scores.length - 1];
  if (!(score > scores[low])) return probabilities[low];
  if (score >= scores[high]) return probabilities[high];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (scores[middle] <= score) low = middle;
    else high = middle;
  }
  const share = (score - scores[low]) / (scores[high] - scores[low]);
  return probabilities[low] + share * (probabilities[high] - probabilities[low]);
}

/** Predictions that are alike, and what came true of them. */
export interface CalibrationBin {
  readonly count: number;
  /** The mean of the predictions. */
  readonly predicted: number;
  /** The share of ones. */
  readonly observed: number;
}

export interface CalibrationError {
  /** Σ count |observed − predicted| over the bins, a share of the count of all: 0 … 1. */
  readonly expected: number;
  /** Those that are not empty, ascending. */
  readonly bins: readonly CalibrationBin[];
}

/**
 * How far predictions are from what comes true (expected calibration error: Naeini, Cooper and Hauskrecht, AAAI 2015), in bins of
 * the same width from 0 to 1. It cannot be below what chance makes of small bins.
 *
 * @param bins how many, ≥ 1
 * @throws PairwellError `bad-input` for no predictions, ones that are not from 0 to 1, or targets other than 0 and 1
 */
export function calibrationError(
  probabilities: Float64Array,
  target: Uint8Array,
  bins = 10,
): CalibrationError {
  checkPairs(probabilities, target);
  if (!Number.isInteger(bins) || bins < 1)
    throw new PairwellError('bad-input', `bins: a whole number from 1 on, not ${bins}.`);
  const counts = new Float64Array(bins);
  const sums = new Float64Array(bins);
  const ones = new Float64Array(bins);
  for (const [n, probability] of probabilities.entries()) {
    if (!(probability >= 0 && probability <= 1))
      throw new PairwellError('bad-input', `Prediction ${n} is ${probability}, not a probability.`, { n });
    const bin = Math.min(bins - 1, Math.floor(probability * bins));
    counts[bin]++;
    sums[bin] += probability;
    ones[bin] += target[n];
  }
  let expected = 0;
  const table: CalibrationBin[] = [];
  for (const [bin, count] of counts.entries()) {
    if (count === 0) continue;
    expected += Math.abs(ones[bin] - sums[bin]) / probabilities.length;
    table.push({ count, predicted: sums[bin] / count, observed: ones[bin] / count });
  }
  return { expected, bins: table };
}
