import { PairwellError } from '../errors.ts';
import { rankedSteps, stepSums, sumsOfBest } from '../stats/ranked-steps.ts';

/** The probability of a score (log-odds). */
export const probabilityOf = (score: number): number => 1 / (1 + Math.exp(-score));

/** How wrong a score (log-odds) is of a target from 0 to 1, ln(1 + e^score) − score × target, without overflow. */
export const logisticLoss = (score: number, target: number): number =>
  Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score))) - score * target;

/** @throws PairwellError `bad-input` unless there are pairs of finite scores and targets of 0 or 1 */
export function checkPairs(scores: Float64Array, target: Uint8Array): void {
  if (scores.length === 0 || scores.length !== target.length)
    throw new PairwellError(
      'bad-input',
      `There are ${scores.length} scores and ${target.length} targets; give as many of both, one at least.`,
    );
  for (let n = 0; n < scores.length; n++) {
    if (Number.isFinite(scores[n]) && target[n] <= 1) continue;
    throw new PairwellError('bad-input', `Score ${n} is ${scores[n]} for the target ${target[n]}.`, { n });
  }
}

/**
 * The chance that a one has a higher score than a nought, a tie counting half (the area under the ROC curve: Hanley and McNeil,
 * Radiology 143, 1982). Null unless there are both.
 *
 * @throws PairwellError `bad-input` for scores that are not finite or targets other than 0 and 1
 */
export function areaUnderCurve(scores: Float64Array, target: Uint8Array): number | null {
  checkPairs(scores, target);
  const steps = rankedSteps(scores);
  return areaOfSteps(stepSums(steps), stepSums(steps, target));
}

/**
 * {@link areaUnderCurve} of rows that are counted by step.
 *
 * @param rows by step of descending score: how many there are
 * @param ones how many of them are ones
 */
export function areaOfSteps(rows: Float64Array, ones: Float64Array): number | null {
  let [won, onesAbove, noughtsAbove] = [0, 0, 0];
  for (let step = 0; step < rows.length; step++) {
    const noughts = rows[step] - ones[step];
    won += noughts * (onesAbove + ones[step] / 2);
    onesAbove += ones[step];
    noughtsAbove += noughts;
  }
  return onesAbove === 0 || noughtsAbove === 0 ? null : won / (onesAbove * noughtsAbove);
}

/** Predictions are kept so far from 0 and 1, so that one error does not make the loss infinite. */
const leastDoubt = 1e-15;

/**
 * The mean of −ln of the probability of what came true; probabilities are kept 1e-15 from 0 and 1.
 *
 * @throws PairwellError `bad-input` for predictions that are not from 0 to 1 or targets other than 0 and 1
 */
export function logLoss(probabilities: Float64Array, target: Uint8Array): number {
  return meanOf(probabilities, target, (probability, one) => {
    const kept = Math.min(1 - leastDoubt, Math.max(leastDoubt, probability));
    return -Math.log(one === 1 ? kept : 1 - kept);
  });
}

/** The mean squared difference from what came true (Brier 1950). @throws as {@link logLoss} */
export function brierScore(probabilities: Float64Array, target: Uint8Array): number {
  return meanOf(probabilities, target, (probability, one) => (probability - one) ** 2);
}

/** The share that came true of what was more likely than not; ½ says 1. @throws as {@link logLoss} */
export function accuracy(probabilities: Float64Array, target: Uint8Array): number {
  return meanOf(probabilities, target, (probability, one) => (probability >= 0.5 === (one === 1) ? 1 : 0));
}

function meanOf(
  probabilities: Float64Array,
  target: Uint8Array,
  each: (probability: number, one: number) => number,
): number {
  checkPairs(probabilities, target);
  let sum = 0;
  for (let n = 0; n < target.length; n++) {
    const probability = probabilities[n];
    if (!(probability >= 0 && probability <= 1))
      throw new PairwellError('bad-input', `Prediction ${n} is ${probability}, not a probability.`, { n });
    sum += each(probability, target[n]);
  }
  return sum / target.length;
}

/** What is found among those with the highest scores. */
export interface Gains {
  /** The share of all ones that is among them: 0 … 1. */
  readonly gain: number;
  /** How many times as common ones are among them as among all. */
  readonly lift: number;
}

/**
 * Gain and lift in the given share of the rows with the highest scores. Where the border is among tied rows these count as if in
 * random order: the mean over all orders. Null where there are no ones.
 *
 * @param share in (0, 1]
 * @throws PairwellError `bad-input` for scores that are not finite, targets other than 0 and 1 or another share
 */
export function gainsAt(scores: Float64Array, target: Uint8Array, share: number): Gains | null {
  if (!(share > 0 && share <= 1))
    throw new PairwellError('bad-input', `The share is a number above 0 and up to 1, not ${share}.`);
  checkPairs(scores, target);
  const steps = rankedSteps(scores);
  const ones = stepSums(steps, target);
  const allOnes = ones.reduce((sum, count) => sum + count, 0);
  if (allOnes === 0) return null;
  const gain = sumsOfBest(stepSums(steps), ones, [share * scores.length])[0] / allOnes;
  return { gain, lift: gain / share };
}
