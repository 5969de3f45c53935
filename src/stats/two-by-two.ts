import { PairwellError } from '../errors.ts';
import { normalCriticalValue } from './normal.ts';

/** How often two things came together (`n11`), either alone, and neither. */
export interface TwoByTwo {
  /** First and second. */
  readonly n11: number;
  /** First without second. */
  readonly n10: number;
  /** Second without first. */
  readonly n01: number;
  readonly n00: number;
}

/** An odds ratio and its confidence interval. */
export interface OddsRatio {
  /** 0 … ∞. */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The odds ratio of a table, n11 n00 / (n10 n01), with Woolf's interval (Annals of Human Genetics 19, 1955). With a
 * zero cell the interval does not exist and is given as 0 … ∞; the estimate is then 0, ∞, or NaN for 0 / 0.
 *
 * @param level confidence of the interval, such as 0.95
 * @throws PairwellError `bad-input` for counts that are not whole numbers ≥ 0 or a level not between 0 and 1
 */
export function oddsRatio(table: TwoByTwo, level = 0.95): OddsRatio {
  checkTable(table);
  const { n11, n10, n01, n00 } = table;
  const variance = 1 / n11 + 1 / n10 + 1 / n01 + 1 / n00;
  return oddsRatioWithin((n11 * n00) / (n10 * n01), variance, level);
}

/** An odds ratio with the interval that is symmetric about its logarithm, of this variance. */
export function oddsRatioWithin(estimate: number, logVariance: number, level: number): OddsRatio {
  const factor = Math.exp(normalCriticalValue(level) * Math.sqrt(logVariance));
  if (!(factor < Number.POSITIVE_INFINITY)) return { estimate, low: 0, high: Number.POSITIVE_INFINITY };
  return { estimate, low: estimate / factor, high: estimate * factor };
}

/**
 * Pearson's X² of a table, without a continuity correction; 1 degree of freedom. With a zero margin it is 0, as the
 * table cannot tell. Where expected counts are below 5 or so, its p-value is poor: use Fisher's exact test.
 *
 * @throws PairwellError `bad-input` for counts that are not whole numbers ≥ 0
 */
export function pearsonChiSquare(table: TwoByTwo): number {
  checkTable(table);
  const { n11, n10, n01, n00 } = table;
  const margins = (n11 + n10) * (n01 + n00) * (n11 + n01) * (n10 + n00);
  if (margins === 0) return 0;
  return ((n11 * n00 - n10 * n01) ** 2 * (n11 + n10 + n01 + n00)) / margins;
}

/** @throws PairwellError `bad-input` for counts that are not whole numbers ≥ 0 */
export function checkTable({ n11, n10, n01, n00 }: TwoByTwo): void {
  for (const count of [n11, n10, n01, n00]) {
    if (Number.isSafeInteger(count) && count >= 0) continue;
    const message = `The counts of a table are whole numbers, 0 or more: ${count} is not.`;
    throw new PairwellError('bad-input', message, { n11, n10, n01, n00 });
  }
}
