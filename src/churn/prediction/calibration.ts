import {
  fitIsotonic,
  fitPlatt,
  type IsotonicCalibration,
  isotonicProbability,
  type PlattCalibration,
  plattProbability,
} from '../../learn/calibration.ts';
import { logLoss } from '../../learn/scores.ts';

/** What a score means. Plain data. */
export type ChurnCalibration =
  | ({ readonly method: 'platt' } & PlattCalibration)
  | ({
      readonly method: 'isotonic';
      /** No probability is nearer to 0 or 1 than this: all of some rows having stayed does not make it certain. */
      readonly doubt: number;
    } & IsotonicCalibration);

export function probabilityOfScore(calibration: ChurnCalibration, score: number): number {
  if (calibration.method === 'platt') return plattProbability(calibration, score);
  const { doubt } = calibration;
  return Math.min(1 - doubt, Math.max(doubt, isotonicProbability(calibration, score)));
}

const fits = {
  platt: (scores: Float64Array, target: Uint8Array): ChurnCalibration => ({
    method: 'platt',
    ...fitPlatt(scores, target),
  }),
  isotonic: (scores: Float64Array, target: Uint8Array): ChurnCalibration => ({
    method: 'isotonic',
    doubt: 1 / (scores.length + 2),
    ...fitIsotonic(scores, target),
  }),
} as const;

/**
 * Platt's curve, or the isotonic one where it has the lower log-loss of scores that it was not fitted to.
 *
 * @param scores of rows that what gives the scores was not learnt from
 * @param folds by score; no customer in two of them
 */
export function chooseCalibration(
  scores: Float64Array,
  target: Uint8Array,
  folds: ArrayLike<number>,
): ChurnCalibration {
  const numbers = [...new Set(Array.from(folds))];
  const lossOf = (method: keyof typeof fits): number => {
    const probabilities = new Float64Array(scores.length);
    for (const fold of numbers) {
      const others = scores.map((_, n) => (folds[n] === fold ? 0 : 1));
      const fitted = fits[method](
        scores.filter((_, n) => others[n] === 1),
        target.filter((_, n) => others[n] === 1),
      );
      for (let n = 0; n < scores.length; n++)
        if (folds[n] === fold) probabilities[n] = probabilityOfScore(fitted, scores[n]);
    }
    return logLoss(probabilities, target);
  };
  const isIsotonicBetter = numbers.length > 1 && lossOf('isotonic') < lossOf('platt');
  return fits[isIsotonicBetter ? 'isotonic' : 'platt'](scores, target);
}

/**
 * The probability from which on to call a customer leaving so that the mean of the shares of both classes that are called rightly is
 * highest (Youden, Cancer 3, 1950). Half way between two that occur; the highest of all where that is best of none.
 */
export function bestThreshold(probabilities: Float64Array, target: Uint8Array): number {
  const order = Uint32Array.from(probabilities.keys()).sort((a, b) => probabilities[b] - probabilities[a]);
  const ones = target.reduce((sum, one) => sum + one, 0);
  let [left, stayed, most, threshold] = [0, 0, 0, probabilities[order[0]]];
  for (const [place, n] of order.entries()) {
    if (target[n] === 1) left++;
    else stayed++;
    const next = place + 1 < order.length ? probabilities[order[place + 1]] : 0;
    if (next === probabilities[n]) continue;
    const index = left / ones - stayed / (order.length - ones);
    if (index <= most) continue;
    most = index;
    threshold = (probabilities[n] + next) / 2;
  }
  return threshold;
}
