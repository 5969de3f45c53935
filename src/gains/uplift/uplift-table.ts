import { PairwellError } from '../../errors.ts';
import { columnOrder } from '../../stats/column-order.ts';
import { rankedSteps, sumsOfBest } from '../../stats/ranked-steps.ts';
import { rowsOf, type Tallies, talliesOf } from '../resample.ts';
import { sharesOf, totalOf } from '../shares.ts';
import {
  checkArms,
  classesOf,
  controlResponds,
  controlSilent,
  type TwoArms,
  treatedResponds,
  treatedSilent,
} from './arms.ts';

/** What the treatment did to the customers between two shares. */
export interface UpliftPart {
  readonly treated: number;
  readonly control: number;
  /** The rate of the treated less that of the control; null where either has no customers. */
  readonly uplift: number | null;
}

/** What the treatment did to the customers with the highest scores; numbers of customers as in `GainsRow`, in parts where tied. */
export interface UpliftRow {
  /** Of the customers of both arms, in (0, 1]. */
  readonly share: number;
  readonly treated: number;
  readonly control: number;
  /** The share who responded; null without customers. */
  readonly treatedRate: number | null;
  readonly controlRate: number | null;
  /** treatedRate − controlRate. */
  readonly uplift: number | null;
  /** Responses of the treated that the treatment made: uplift × treated. */
  readonly incremental: number | null;
  /**
   * The uplift as scikit-uplift's `uplift_at_k` (strategy "overall") has it: of a whole number of customers, rounded down, of whom
   * those later in the table come first where scores are the same. It depends on how the table is sorted.
   */
  readonly upliftLastFirst: number | null;
  readonly part: UpliftPart;
}

/**
 * Uplift by share of customers with the highest scores. Customers of one score count as if in random order.
 *
 * @param scores by customer, finite; the higher, the larger the effect
 * @param parts 1 … 1000 equal parts
 * @throws PairwellError `bad-input` as `checkArms`, or for other parts
 */
export function upliftTable(scores: Float64Array, arms: TwoArms, parts = 10): UpliftRow[] {
  checkArms(scores, arms);
  const shares = sharesOf(parts);
  const lastFirst = upliftsLastFirst(scores, arms, shares);
  return rowsAt(talliesOf(rankedSteps(scores), classesOf(arms), 4), shares).map((row, n) => ({
    ...row,
    upliftLastFirst: lastFirst[n],
  }));
}

/** The uplift among a share of the customers, those of one score as if in random order; null where an arm has none of them. */
export function upliftAt(scores: Float64Array, arms: TwoArms, share: number): number | null {
  checkArms(scores, arms);
  if (!(share > 0 && share <= 1))
    throw new PairwellError('bad-input', `The share is a number above 0 and up to 1, not ${share}.`);
  return rowsAt(talliesOf(rankedSteps(scores), classesOf(arms), 4), [share])[0].uplift;
}

/** @param tallies by class of `classesOf` */
export function rowsAt(tallies: Tallies, shares: readonly number[]): Omit<UpliftRow, 'upliftLastFirst'>[] {
  const all = rowsOf(tallies);
  const customers = totalOf(all);
  const wanted = shares.map((share) => share * customers);
  const found = tallies.map((counts) => sumsOfBest(all, counts, wanted));
  return shares.map((share, n) => {
    const own = found.map((counts) => counts[n]);
    const before = found.map((counts) => (n > 0 ? counts[n - 1] : 0));
    const arms = armsOf(own);
    const part = armsOf(own.map((count, of) => Math.max(0, count - before[of])));
    const uplift = upliftOf(arms);
    return {
      share,
      ...arms,
      uplift,
      incremental: uplift === null ? null : uplift * arms.treated,
      part: { treated: part.treated, control: part.control, uplift: upliftOf(part) },
    };
  });
}

/** @param counts by class */
function armsOf(counts: ArrayLike<number>) {
  const treated = counts[treatedSilent] + counts[treatedResponds];
  const control = counts[controlSilent] + counts[controlResponds];
  return {
    treated,
    control,
    treatedRate: treated > 0 ? counts[treatedResponds] / treated : null,
    controlRate: control > 0 ? counts[controlResponds] / control : null,
  };
}

const upliftOf = ({ treatedRate, controlRate }: ReturnType<typeof armsOf>): number | null =>
  treatedRate === null || controlRate === null ? null : treatedRate - controlRate;

function upliftsLastFirst(scores: Float64Array, arms: TwoArms, shares: readonly number[]): (number | null)[] {
  const classes = classesOf(arms).reverse();
  // Stable, so that of one score the last row is first.
  const order = columnOrder(scores.toReversed(), 'descending');
  const counts = new Float64Array(4);
  let taken = 0;
  return shares.map((share) => {
    for (const end = Math.floor(share * order.length); taken < end; taken++) counts[classes[order[taken]]]++;
    return upliftOf(armsOf(counts));
  });
}
