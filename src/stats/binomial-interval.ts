import { PairwellError } from '../errors.ts';
import { betaQuantile, betaUpperQuantile } from './beta-distribution.ts';
import { normalCriticalValue } from './normal.ts';

/** A confidence interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * `clopper-pearson` (Biometrika 26, 1934) covers the true share with the stated probability or more, mostly more;
 * `wilson` (JASA 22, 1927) does so on average and is narrower.
 */
export type BinomialMethod = 'clopper-pearson' | 'wilson';

/**
 * A confidence interval for the probability behind `successes` of `trials`; 0 … 1 when there were no trials.
 *
 * @param level confidence, such as 0.95
 * @throws PairwellError `bad-input` unless these are whole numbers, 0 ≤ successes ≤ trials, and 0 < level < 1
 */
export function binomialInterval(
  successes: number,
  trials: number,
  level: number,
  method: BinomialMethod = 'clopper-pearson',
): Interval {
  const areCounts = Number.isSafeInteger(trials) && Number.isInteger(successes);
  if (!(areCounts && successes >= 0 && successes <= trials)) {
    const message = `There cannot be ${successes} successes in ${trials} trials.`;
    throw new PairwellError('bad-input', message, { successes, trials });
  }
  const z = normalCriticalValue(level);
  if (trials === 0) return { low: 0, high: 1 };
  const failures = trials - successes;
  if (method === 'wilson') {
    const root = z * Math.sqrt(z * z + (4 * successes * failures) / trials);
    const high = failures === 0 ? 1 : (2 * successes + z * z + root) / (2 * (trials + z * z));
    // The product of both bounds is known: a difference might cancel.
    return { low: successes ** 2 / (trials * (trials + z * z) * high), high };
  }
  const tail = (1 - level) / 2;
  return {
    low: successes === 0 ? 0 : betaQuantile(tail, successes, failures + 1),
    high: failures === 0 ? 1 : betaUpperQuantile(tail, successes + 1, failures),
  };
}
