import { logBinomialLowerTail, logBinomialUpperTail } from './binomial.ts';

// S is the number of successes in independent trials, each with a share of its own; of these nothing but their sum is known. A
// hypergeometric number is one (its generating function has real roots alone: Vatutin and Mikhailov, Theory of Probability and its
// Applications 27, 1982), and so is a sum of such numbers over strata. With S at least one above its mean, or one below, no shares
// make the tail larger than equal ones do (Hoeffding, Annals of Mathematical Statistics 27, 1956, pp. 713–721, theorem 4 and its
// corollary); nearer to the mean nothing is said, which is a bound of 1.

/**
 * What ln P(S ≥ k) is at most.
 *
 * @param trials a whole number ≥ 0
 * @param mean of S, 0 … `trials`
 * @throws PairwellError `bad-input` for others
 */
export function logUpperTailAtMost(k: number, trials: number, mean: number): number {
  return k >= mean + 1 ? logBinomialUpperTail(k, trials, mean) : 0;
}

/** What ln P(S ≤ k) is at most; see {@link logUpperTailAtMost}. */
export function logLowerTailAtMost(k: number, trials: number, mean: number): number {
  return k <= mean - 1 ? logBinomialLowerTail(k, trials, mean) : 0;
}
