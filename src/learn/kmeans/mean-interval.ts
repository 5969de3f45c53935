import { PairwellError } from '../../errors.ts';
import { betaQuantile } from '../../stats/beta-distribution.ts';

export interface MeanInterval {
  readonly mean: number;
  /** Null for a single value, which says nothing of how much others would differ. */
  readonly interval: { readonly lower: number; readonly upper: number } | null;
}

/**
 * The mean of independent values, and Student's interval for what more of them would come to.
 *
 * @param confidence between 0 and 1
 * @throws PairwellError `bad-input` without values
 */
export function meanInterval(values: readonly number[], confidence = 0.95): MeanInterval {
  const count = values.length;
  if (count === 0) throw new PairwellError('bad-input', 'There is no mean of no values.');
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  if (count === 1) return { mean, interval: null };
  const freedom = count - 1;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / freedom;
  // Student's t beyond which the rest of the probability is, as freedom / (freedom + t²) is beta distributed.
  const share = betaQuantile(1 - confidence, freedom / 2, 0.5);
  const half = Math.sqrt(((freedom * (1 - share)) / share) * (variance / count));
  return { mean, interval: { lower: mean - half, upper: mean + half } };
}
