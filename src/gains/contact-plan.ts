import { PairwellError } from '../errors.ts';
import { fitIsotonic, fitPlatt, isotonicProbability, plattProbability } from '../learn/calibration.ts';
import type { Random } from '../learn/random.ts';
import { checkPairs } from '../learn/scores.ts';
import {
  type ContactMoney,
  type ContactOutcome,
  type ContactProfit,
  expectedProfit,
  outcomeOf,
  realisedProfit,
} from './contact-profit.ts';
import { stratifiedFolds } from './folds.ts';

/**
 * How a score becomes the probability that a contact is decided by: `none` takes it as it is, for scores that are calibrated
 * probabilities; `isotonic` keeps the order of the scores alone; `platt` is a logistic curve of them, for few responders.
 */
export type Calibration = 'none' | 'isotonic' | 'platt';

export interface ContactPlanOptions {
  /** Default `isotonic`. */
  readonly calibration?: Calibration | undefined;
  /** Of the curves; default 20. */
  readonly parts?: number | undefined;
  /** Deals the customers into the folds that calibrate each other. */
  readonly random: Random;
}

/** Whom to contact, as decided from probabilities, and what that really brought. */
export interface ContactPlan {
  readonly calibration: Calibration;
  /** By the probabilities. */
  readonly expected: ContactProfit;
  /** The customers that are worth a contact by their probabilities, with the responses that were seen of them. */
  readonly cutOff: ContactOutcome;
  /** By the responses that were seen, in hindsight. */
  readonly realised: ContactProfit;
}

const folds = 5;

/**
 * The best cut-off for a contact cost and a value per response, tried on customers whose response is known. Calibration is out of
 * fold: a customer's probability comes from the responses of others, so that `cutOff` is what such a rule brings with new customers.
 *
 * @param scores by customer, finite; probabilities where there is no calibration
 * @param target 1 for those who responded
 * @throws PairwellError `bad-input` for fewer than two customers, scores that are not finite (or no probabilities, without
 *   calibration), targets other than 0 and 1, a cost below 0, amounts that are not finite
 */
export function contactPlan(
  scores: Float64Array,
  target: Uint8Array,
  money: ContactMoney,
  { calibration = 'isotonic', parts = 20, random }: ContactPlanOptions,
): ContactPlan {
  checkPairs(scores, target);
  const probabilities =
    calibration === 'none' ? scores : calibratedOutOfFold(scores, target, calibration, random);
  const expected = expectedProfit(probabilities, money, parts);
  let [customers, responses] = [0, 0];
  for (let row = 0; row < scores.length; row++) {
    if (!(probabilities[row] * money.value > money.contactCost)) continue;
    customers++;
    responses += target[row];
  }
  return {
    calibration,
    expected,
    cutOff: outcomeOf(customers, responses, scores.length, money),
    realised: realisedProfit(scores, target, money, parts),
  };
}

/**
 * Probabilities by customer, each from a calibration of the customers of other folds.
 *
 * @throws PairwellError `bad-input` for fewer than two customers
 */
export function calibratedOutOfFold(
  scores: Float64Array,
  target: Uint8Array,
  calibration: 'isotonic' | 'platt',
  random: Random,
): Float64Array {
  if (scores.length < 2)
    throw new PairwellError(
      'bad-input',
      'A single customer cannot be calibrated by others; give two at least.',
    );
  const count = Math.min(folds, scores.length);
  const foldOf = stratifiedFolds(target, count, random);
  const probabilities = new Float64Array(scores.length);
  for (let fold = 0; fold < count; fold++) {
    const others = (_: number, row: number): boolean => foldOf[row] !== fold;
    const probabilityOf = calibrated(scores.filter(others), target.filter(others), calibration);
    for (let row = 0; row < scores.length; row++)
      if (foldOf[row] === fold) probabilities[row] = probabilityOf(scores[row]);
  }
  return probabilities;
}

function calibrated(
  scores: Float64Array,
  target: Uint8Array,
  calibration: 'isotonic' | 'platt',
): (score: number) => number {
  if (calibration === 'platt') {
    const curve = fitPlatt(scores, target);
    return (score) => plattProbability(curve, score);
  }
  const knots = fitIsotonic(scores, target);
  return (score) => isotonicProbability(knots, score);
}
