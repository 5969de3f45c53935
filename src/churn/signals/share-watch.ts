import { logGamma } from '../../stats/log-gamma.ts';

/** How common something is with customers: shares are beta distributed. */
export interface SharePrior {
  readonly a: number;
  readonly b: number;
}

export interface ShareVerdict {
  /** Of the newest, how many were to be expected. */
  readonly expected: number;
  /** Of as many or more, where nothing has changed. */
  readonly chance: number;
}

/**
 * How unusually many of the newest are of a kind, beside those before: beta-binomial, which is the binomial with the share integrated over
 * what the earlier ones and the others tell of it.
 *
 * @param hits of the `trials` before
 * @param seen of the `recent` newest
 */
export function judgeShare(
  hits: number,
  trials: number,
  seen: number,
  recent: number,
  prior: SharePrior,
): ShareVerdict {
  const a = prior.a + hits;
  const b = prior.b + trials - hits;
  let chance = 0;
  for (let k = seen; k <= recent; k++) chance += Math.exp(logBetaBinomial(k, recent, a, b));
  return { expected: (recent * a) / (a + b), chance: Math.min(1, chance) };
}

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

function logBetaBinomial(k: number, n: number, a: number, b: number): number {
  const ways = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  return ways + logBeta(a + k, b + n - k) - logBeta(a, b);
}

/** What the shares of customers are worth beside a customer's own, in trials. */
const leastStrength = 0.5;
const mostStrength = 200;

/**
 * Shares by moments (Kleinman, JASA 68, 1973), from the correlation of a customer's trials.
 *
 * @param hits by customer, of as many `trials`
 */
export function fitShares(hits: readonly number[], trials: readonly number[]): SharePrior {
  const all = trials.reduce((sum, n) => sum + n, 0);
  // One of two trials before all.
  const mean = (hits.reduce((sum, n) => sum + n, 0) + 1) / (all + 2);
  let over = 0;
  let pairs = 0;
  for (let c = 0; c < hits.length; c++) {
    over += (hits[c] - trials[c] * mean) ** 2 - trials[c] * mean * (1 - mean);
    pairs += trials[c] * (trials[c] - 1) * mean * (1 - mean);
  }
  const correlation = pairs > 0 ? over / pairs : 0;
  const strength = correlation > 0 ? 1 / correlation - 1 : mostStrength;
  const kept = Math.min(mostStrength, Math.max(leastStrength, strength));
  return { a: mean * kept, b: (1 - mean) * kept };
}
