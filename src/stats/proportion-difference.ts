import { PairwellError } from '../errors.ts';
import { binomialInterval, type Interval } from './binomial-interval.ts';

/** So many of so many. */
export interface Proportion {
  readonly successes: number;
  readonly trials: number;
}

/** A difference and its confidence interval. */
export interface Difference extends Interval {
  readonly difference: number;
}

/**
 * How much more often something happens in one group than in another: the difference of the proportions with the interval that is
 * put together of both Wilson intervals (Newcombe, Statistics in Medicine 17, 1998, pp. 873–890, method 10). It holds with small
 * groups and with proportions near 0 or 1, too, and stays within −1 … 1.
 *
 * @param level confidence, such as 0.95
 * @throws PairwellError `bad-input` unless these are whole numbers, 0 ≤ successes ≤ trials, trials ≥ 1, and 0 < level < 1
 */
export function proportionDifference(first: Proportion, second: Proportion, level = 0.95): Difference {
  const [p1, p2] = [rateOf(first), rateOf(second)];
  const own = binomialInterval(first.successes, first.trials, level, 'wilson');
  const other = binomialInterval(second.successes, second.trials, level, 'wilson');
  const difference = p1 - p2;
  return {
    difference,
    low: Math.max(-1, difference - Math.hypot(p1 - own.low, other.high - p2)),
    high: Math.min(1, difference + Math.hypot(own.high - p1, p2 - other.low)),
  };
}

function rateOf({ successes, trials }: Proportion): number {
  if (trials === 0) throw new PairwellError('bad-input', 'A group of nobody has no proportion.');
  return successes / trials;
}
