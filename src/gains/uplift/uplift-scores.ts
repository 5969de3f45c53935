import { rankedSteps } from '../../stats/ranked-steps.ts';
import { type Tallies, talliesOf } from '../resample.ts';
import {
  checkArms,
  classesOf,
  controlResponds,
  controlSilent,
  type TwoArms,
  treatedResponds,
  treatedSilent,
} from './arms.ts';

/** How well a score puts those first whom the treatment makes respond. Each is null where it does not exist. */
export interface UpliftScores {
  /**
   * The area between the Qini curve and its diagonal, as a share of that of the perfect order (scikit-uplift's `qini_auc_score`
   * with negative effects). 0 is chance. Null where no order is better than chance, as where nobody responds.
   */
  readonly qini: number | null;
  /** The same area for the uplift curve (scikit-uplift's `uplift_auc_score`). */
  readonly upliftAuc: number | null;
  /**
   * The first area by itself, in responses per treated customer and with shares of customers: Q of Radcliffe, "Using control groups
   * to target on predicted lift", Direct Marketing Analytics Journal 2007, pp. 14–21. It depends on how much effect there is.
   */
  readonly radcliffeQ: number;
}

/** A point of a curve after each step of the score. */
export interface UpliftCurves {
  /** The share of the customers of both arms. */
  readonly share: Float64Array;
  /**
   * Qini: responses among the treated, less those that as many controls would have had: y_t − y_c n_t / n_c; 0 for the last term
   * where there are no controls.
   */
  readonly incremental: Float64Array;
  /** Uplift: (y_t / n_t − y_c / n_c) (n_t + n_c); 0 for the rate of an arm without customers. */
  readonly uplift: Float64Array;
}

/**
 * Qini coefficient, uplift AUC and Radcliffe's Q of a score. Customers of one score are a straight piece of either curve.
 *
 * @param scores by customer, finite; the higher, the larger the effect
 * @throws PairwellError `bad-input` as `checkArms`
 */
export function upliftScores(scores: Float64Array, arms: TwoArms): UpliftScores {
  checkArms(scores, arms);
  return scoresOf(talliesOf(rankedSteps(scores), classesOf(arms), 4));
}

/** As {@link upliftScores}, the points to draw; the first is 0, 0. */
export function upliftCurves(scores: Float64Array, arms: TwoArms): UpliftCurves {
  checkArms(scores, arms);
  return curvesOf(talliesOf(rankedSteps(scores), classesOf(arms), 4));
}

/** @param tallies by class of `classesOf` */
export function scoresOf(tallies: Tallies): UpliftScores {
  const own = areasOf(tallies);
  const { counts } = own;
  return {
    qini: shareOf(own.qini, areasOf(perfectQini(counts)).qini),
    upliftAuc: shareOf(own.uplift, areasOf(perfectUplift(counts)).uplift),
    radcliffeQ: own.qini / (counts[treatedSilent] + counts[treatedResponds]),
  };
}

/** The areas between both curves and the straight lines to their ends, over shares of customers; and all customers by class. */
function areasOf(tallies: Tallies): { qini: number; uplift: number; counts: number[] } {
  let [qini, uplift, qiniBefore, upliftBefore, before] = [0, 0, 0, 0, 0];
  const counts = eachStep(tallies, (all, incremental, difference) => {
    qini += ((all - before) * (incremental + qiniBefore)) / 2;
    uplift += ((all - before) * (difference + upliftBefore)) / 2;
    [qiniBefore, upliftBefore, before] = [incremental, difference, all];
  });
  return { qini: qini / before - qiniBefore / 2, uplift: uplift / before - upliftBefore / 2, counts };
}

function curvesOf(tallies: Tallies): UpliftCurves {
  const [share, incremental, uplift] = [[0], [0], [0]];
  eachStep(tallies, (all, own, difference) => {
    share.push(all);
    incremental.push(own);
    uplift.push(difference);
  });
  const customers = share[share.length - 1];
  return {
    share: Float64Array.from(share, (all) => all / customers),
    incremental: Float64Array.from(incremental),
    uplift: Float64Array.from(uplift),
  };
}

/**
 * Tells of each step how many customers there are up to it, and the heights of the Qini curve and of the uplift curve.
 *
 * @returns by class: all customers
 */
function eachStep(
  tallies: Tallies,
  tell: (customers: number, incremental: number, uplift: number) => void,
): number[] {
  const [silentControls, controls, silentTreated, responding] = [
    tallies[controlSilent],
    tallies[controlResponds],
    tallies[treatedSilent],
    tallies[treatedResponds],
  ];
  let [control, controlYes, treated, treatedYes] = [0, 0, 0, 0];
  for (let step = 0; step < controls.length; step++) {
    controlYes += controls[step];
    control += silentControls[step] + controls[step];
    treatedYes += responding[step];
    treated += silentTreated[step] + responding[step];
    const controlRate = control > 0 ? controlYes / control : 0;
    const treatedRate = treated > 0 ? treatedYes / treated : 0;
    const all = treated + control;
    tell(all, treatedYes - controlRate * treated, (treatedRate - controlRate) * all);
  }
  return [control - controlYes, controlYes, treated - treatedYes, treatedYes];
}

/** Areas are sums of numbers of customers, and no nearer to 0 than this, unless by rounding. */
const leastArea = 1e-9;

const shareOf = (area: number, perfect: number): number | null =>
  perfect > leastArea ? area / perfect : null;

/** The responders of the treated first, those of the control last. */
const perfectQini = (counts: readonly number[]): Tallies =>
  orderedBy(counts, [[treatedResponds], [treatedSilent, controlSilent], [controlResponds]]);

/** As scikit-uplift has it: responders of the treated, silent controls, and of the others the less numerous last. */
function perfectUplift(counts: readonly number[]): Tallies {
  const last =
    counts[controlResponds] > counts[treatedSilent]
      ? [[controlResponds], [treatedSilent]]
      : [[treatedSilent], [controlResponds]];
  return orderedBy(counts, [[treatedResponds], [controlSilent], ...last]);
}

/** Tallies in which each step has classes as a whole. */
const orderedBy = (counts: readonly number[], steps: readonly (readonly number[])[]): Tallies =>
  counts.map((count, own) => Float64Array.from(steps, (classes) => (classes.includes(own) ? count : 0)));
