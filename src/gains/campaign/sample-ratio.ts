import { PairwellError } from '../../errors.ts';
import { type ChiSquareTest, chiSquareTest } from '../../stats/chi-square.ts';

/** Whether the arms of an experiment are as large as they were planned to be. */
export interface SampleRatio extends ChiSquareTest {
  /** By arm: how many customers the plan leads to expect. */
  readonly expected: readonly number[];
  /** p is below 0.001: customers were lost or doubled in an arm, and its effect is not to be trusted until it is known why. */
  readonly isMismatch: boolean;
}

/** As usual for a check that each experiment goes through (Fabijan et al., "Diagnosing Sample Ratio Mismatch", KDD 2019). */
const alarm = 0.001;

/**
 * The sample-ratio mismatch check: Pearson's χ² of the sizes of the arms.
 *
 * @param customers by arm, two arms at least
 * @param planned by arm: its share or weight, > 0; default the same for all
 * @throws PairwellError `bad-input` for numbers of customers that are not whole, nobody at all, fewer than two arms or wrong weights
 */
export function sampleRatio(customers: readonly number[], planned?: readonly number[]): SampleRatio {
  const weights = planned ?? customers.map(() => 1);
  if (customers.length < 2 || weights.length !== customers.length)
    throw bad(
      `There are ${customers.length} arms and ${weights.length} planned shares; give two at least, and as many.`,
    );
  if (!customers.every((count) => Number.isSafeInteger(count) && count >= 0))
    throw bad(`Arms have whole numbers of customers, not ${customers.join(', ')}.`);
  if (!weights.every((weight) => weight > 0 && weight < Infinity))
    throw bad(`A planned share is a number above 0; ${weights.join(', ')} are not all such.`);
  const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
  const all = sum(customers);
  if (all === 0) throw bad('Nobody is in any arm.');
  // By the largest first, so that weights of any size can be added up.
  const most = Math.max(...weights);
  const parts = weights.map((weight) => weight / most);
  const expected = parts.map((part) => (part / sum(parts)) * all);
  if (!expected.every((count) => count > 1e-9))
    throw bad(`A planned share of ${Math.min(...weights)} beside ${most} is too small to be tested.`);
  const statistic = sum(customers.map((count, arm) => (count - expected[arm]) ** 2 / expected[arm]));
  const test = chiSquareTest(statistic, customers.length - 1);
  return { ...test, expected, isMismatch: test.p < alarm };
}

const bad = (message: string): PairwellError => new PairwellError('bad-input', message);
