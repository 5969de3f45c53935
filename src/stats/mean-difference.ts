import { PairwellError } from '../errors.ts';
import { betaQuantile, regularisedBeta } from './beta-distribution.ts';
import type { Difference } from './proportion-difference.ts';

/** What is known of a group's values. */
export interface Moments {
  /** ≥ 2 */
  readonly count: number;
  readonly mean: number;
  /** With count − 1 below the line; ≥ 0. */
  readonly variance: number;
}

export interface MeanDifference extends Difference {
  /** Of Student's t, by Welch and Satterthwaite; null where neither group varies. */
  readonly degreesOfFreedom: number | null;
  /** Two-sided, of no difference. */
  readonly p: number;
}

/**
 * How much more the mean of one group is than that of another whose variance may differ (Welch, Biometrika 34, 1947). Amounts that
 * few customers spend and that have long tails need large groups: hundreds who spend in each.
 *
 * @param level confidence, such as 0.95
 * @throws PairwellError `bad-input` for fewer than two values in a group, or moments that are not finite
 */
export function meanDifference(first: Moments, second: Moments, level = 0.95): MeanDifference {
  check(first);
  check(second);
  const difference = first.mean - second.mean;
  const [a, b] = [first.variance / first.count, second.variance / second.count];
  const squared = a + b;
  if (!(squared > 0)) {
    return {
      difference,
      low: difference,
      high: difference,
      degreesOfFreedom: null,
      p: difference === 0 ? 1 : 0,
    };
  }
  // Shares of the variance: their squares cannot fade to 0.
  const freedom = 1 / ((a / squared) ** 2 / (first.count - 1) + (b / squared) ** 2 / (second.count - 1));
  // Of t with f degrees of freedom, f / (f + t²) is beta distributed.
  const share = betaQuantile(1 - level, freedom / 2, 0.5);
  const half = Math.sqrt(((freedom * (1 - share)) / share) * squared);
  const p = regularisedBeta(freedom / (freedom + difference ** 2 / squared), freedom / 2, 0.5);
  return { difference, low: difference - half, high: difference + half, degreesOfFreedom: freedom, p };
}

/** @param values at least two, finite */
export function momentsOf(values: Float64Array): Moments {
  const count = values.length;
  let mean = 0;
  let squares = 0;
  for (let n = 0; n < count; n++) {
    // Updated value by value (Welford 1962), so that large means do not cost digits.
    const away = values[n] - mean;
    mean += away / (n + 1);
    squares += away * (values[n] - mean);
  }
  return { count, mean, variance: count > 1 ? squares / (count - 1) : 0 };
}

function check({ count, mean, variance }: Moments): void {
  if (Number.isInteger(count) && count >= 2 && Number.isFinite(mean) && variance >= 0 && variance < Infinity)
    return;
  throw new PairwellError(
    'bad-input',
    `A mean is compared of two finite values at least; there are ${count}, with the mean ${mean}.`,
    { count },
  );
}
