import { PairwellError } from '../errors.ts';
import { deviance, halfLogTwoPi, stirlingErrorOfCount } from './saddle-point.ts';

// X is the number of successes in independent trials that succeed alike often; their mean number stands for that share, as it
// and what it leaves of the trials are then known equally exactly.

/**
 * ln P(X ≥ k), to a relative 1e-12 or so wherever it lies, in steps of a few nanoseconds for each term that matters: a handful far
 * from the mean, some eight standard deviations of X near it.
 *
 * @param k a whole number
 * @param trials a whole number ≥ 0
 * @param mean of X, 0 … `trials`
 * @throws PairwellError `bad-input` for others
 */
export function logBinomialUpperTail(k: number, trials: number, mean: number): number {
  check(k, trials, mean);
  return logUpper(k, trials, mean);
}

/** ln P(X ≤ k); see {@link logBinomialUpperTail}. */
export function logBinomialLowerTail(k: number, trials: number, mean: number): number {
  check(k, trials, mean);
  // As many failures or more.
  return logUpper(trials - k, trials, trials - mean);
}

function logUpper(k: number, trials: number, mean: number): number {
  if (k <= 0) return 0;
  if (k > trials) return Number.NEGATIVE_INFINITY;
  if (k > mean) return logSumFrom(k, trials, mean);
  // The other tail is the smaller one.
  return Math.log1p(-Math.exp(logSumFrom(trials - k + 1, trials, trials - mean)));
}

/** ln P(X ≥ k) for k above the mean, from where on terms fall. */
function logSumFrom(k: number, trials: number, mean: number): number {
  const odds = mean / (trials - mean);
  let term = 1;
  let sum = 1;
  for (let x = k; term > sum * 1e-17; x++) {
    term *= ((trials - x) / (x + 1)) * odds;
    sum += term;
  }
  return logPmf(k, trials, mean) + Math.log(sum);
}

/** ln P(X = k), k from 1 on (Loader, "Fast and accurate computation of binomial probabilities", 2000). */
function logPmf(k: number, trials: number, mean: number): number {
  const failures = trials - k;
  const halfG = deviance(k, mean, k - mean) + deviance(failures, trials - mean, mean - k);
  const stirling = stirlingErrorOfCount(trials) - stirlingErrorOfCount(k) - stirlingErrorOfCount(failures);
  return 0.5 * Math.log(trials / (k * (failures || 1))) - halfLogTwoPi + stirling - halfG;
}

function check(k: number, trials: number, mean: number): void {
  const areWhole = Number.isInteger(k) && Number.isSafeInteger(trials);
  if (areWhole && trials >= 0 && mean >= 0 && mean <= trials) return;
  throw new PairwellError(
    'bad-input',
    `Successes and trials must be whole numbers, and the mean within the trials: not ${k} of ${trials} around ${mean}.`,
    { k, trials, mean },
  );
}
