import { PairwellError } from '../../errors.ts';
import { checkPairs } from '../../learn/scores.ts';

/** Customers who were drawn at random to be treated or not, and who responded. */
export interface TwoArms {
  /** By customer: 1 for those who were treated, 0 for those held out. */
  readonly treatment: Uint8Array;
  /** By customer: 1 for those who responded. */
  readonly outcome: Uint8Array;
}

/** By class of customer, where `classesOf` puts it. */
export const controlSilent = 0;
export const controlResponds = 1;
export const treatedSilent = 2;
export const treatedResponds = 3;

/** By class: the arm, in which rows are drawn. */
export const armOfClass = [0, 0, 1, 1] as const;

/** By customer: 2 × treatment + outcome. */
export const classesOf = ({ treatment, outcome }: TwoArms): Uint8Array =>
  treatment.map((treated, row) => 2 * treated + outcome[row]);

/**
 * @param scores by customer
 * @throws PairwellError `bad-input` for scores that are not finite, outcomes or treatments other than 0 and 1, columns of different
 *   lengths, or an arm without customers
 */
export function checkArms(scores: Float64Array, { treatment, outcome }: TwoArms): void {
  checkPairs(scores, outcome);
  if (treatment.length !== outcome.length)
    throw new PairwellError(
      'bad-input',
      `There are ${treatment.length} treatments and ${outcome.length} outcomes; give as many of both.`,
    );
  const odd = treatment.findIndex((treated) => treated > 1);
  if (odd >= 0)
    throw new PairwellError(
      'bad-input',
      `Customer ${odd} has the treatment ${treatment[odd]}; only 0 and 1 can be.`,
    );
  for (const [arm, whom] of ['held out', 'treated'].entries()) {
    if (treatment.includes(arm)) continue;
    throw new PairwellError('bad-input', `Nobody was ${whom}: an effect is a difference between two arms.`);
  }
}

/** One of several arms against the one that was held out. */
export interface ArmRows {
  readonly arm: number;
  /** The customers of both arms, ascending. */
  readonly rows: Int32Array;
  /** By entry of `rows`: 1 for this arm, 0 for the control. */
  readonly treatment: Uint8Array;
}

/**
 * Each arm with customers but the control, with the control.
 *
 * @param armOf by customer
 * @throws PairwellError `bad-input` where nobody is in the control, or all are
 */
export function armsAgainst(armOf: ArrayLike<number>, control: number): ArmRows[] {
  const customers = Array.from(armOf);
  const arms = [...new Set(customers)].sort((a, b) => a - b);
  if (!arms.includes(control) || arms.length < 2)
    throw new PairwellError(
      'bad-input',
      `Effects need customers in the control arm (${control}) and in one other arm at least.`,
      { control },
    );
  return arms
    .filter((arm) => arm !== control)
    .map((arm) => {
      const rows = Int32Array.from(customers.keys()).filter(
        (row) => customers[row] === arm || customers[row] === control,
      );
      return { arm, rows, treatment: Uint8Array.from(rows, (row) => (customers[row] === arm ? 1 : 0)) };
    });
}
