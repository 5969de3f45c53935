import { PairwellError } from '../errors.ts';
import { benjaminiHochberg, bonferroni, holm } from '../stats/adjust.ts';
import { logUpperTail } from '../stats/hypergeometric.ts';
import { symmetricColumn } from './remembered-counts.ts';
import type { RuleColumns } from './rule-columns.ts';

/** How p-values of many rules are adjusted for their number; see `src/stats/adjust.ts`. */
export const adjustments = {
  none: (p) => p,
  bonferroni,
  holm,
  'benjamini-hochberg': benjaminiHochberg,
} as const satisfies Record<string, (p: Float64Array) => Float64Array>;

export type Adjustment = keyof typeof adjustments;

export interface SignificanceOptions {
  /** The highest adjusted p-value that counts, 0 < alpha ≤ 1. Default 0.05. */
  alpha?: number;
  /** Default `holm`: the chance that there is any false discovery among the rules is at most alpha. */
  adjust?: Adjustment;
}

/**
 * ln p by rule: how probable as many transactions with both sides would be, were antecedent and consequent independent. The
 * one-sided test of Fisher (Statistical Methods for Research Workers, 5th edition, 1934; for rules: Hahsler and Hornik,
 * Intelligent Data Analysis 11, 2007, pp. 437–455, and arules' `fishersExactTest`). It tells whether a rule is chance, not
 * whether it is strong.
 *
 * @throws PairwellError `bad-input` for impossible counts
 */
export function fisherLogP(rules: RuleColumns): Float64Array {
  return symmetricColumn(rules, (xy, x, y, n) => logUpperTail(xy, n, y, x));
}

/** Probabilities from their natural logarithms; they fade to 0 below 1e-308. */
export function fromLogs(logP: Float64Array): Float64Array {
  return logP.map((value) => Math.exp(value));
}

/**
 * The numbers of the rules that {@link fisherLogP} finds significant, ascending (arules' `is.significant`, there
 * with an alpha of 0.01 and no adjustment).
 *
 * The adjustment counts the rules of the set. Where thresholds on the same data have dropped rules already, these were
 * looked at as well and are not counted: to be sure, confirm rules on other data (`hold-out.ts`).
 *
 * @throws PairwellError `bad-input` for an impossible option or impossible counts
 */
export function significantRules(rules: RuleColumns, options: SignificanceOptions = {}): Int32Array {
  return significantAmong(fromLogs(fisherLogP(rules)), options);
}

/**
 * The numbers of the p-values that are significant, ascending.
 *
 * @throws PairwellError `bad-input` for an impossible option or p-value
 */
export function significantAmong(
  p: Float64Array,
  { alpha = 0.05, adjust = 'holm' }: SignificanceOptions = {},
): Int32Array {
  if (!(alpha > 0 && alpha <= 1)) {
    const message = `The level of significance must be above 0 and at most 1, not ${alpha}.`;
    throw new PairwellError('bad-input', message, { alpha });
  }
  const adjusted = adjustments[adjust](p);
  const significant = new Int32Array(p.length);
  let count = 0;
  for (let i = 0; i < p.length; i++) if (adjusted[i] <= alpha) significant[count++] = i;
  return significant.slice(0, count);
}
