import { z } from '@hono/zod-openapi';

/** JSON has no word for these: infinity comes as text, and what is not a number as null. */
export const figure = z.union([z.number(), z.enum(['Infinity', '-Infinity'])]).nullable();

export type FigureView = z.infer<typeof figure>;

export function figureOf(value: number): FigureView {
  if (Number.isNaN(value)) return null;
  if (Number.isFinite(value)) return value;
  return value > 0 ? 'Infinity' : '-Infinity';
}

/** An amount of money, without the digits that binary sums leave behind: to four decimals. */
export function moneyOf(amount: number): number {
  return Math.round(amount * 1e4) / 1e4;
}

/** Below it numbers lose digits, and then fade to 0. */
const least = 1e-308;

/** A p-value: a number, or text where it is too small for one, or null where there was no test. */
export const pValue = z
  .union([z.number(), z.string()])
  .nullable()
  .openapi({
    description: `A number; below ${least}, where numbers of JSON readers lose digits and then are 0, text in scientific notation, such as "2.41873e-412", so that small ones can be told apart; null where not tested.`,
    example: 6.170028e-26,
  });

/** @param logP natural logarithm of a p-value; NaN where there is none */
export function pValueOf(logP: number): z.infer<typeof pValue> {
  if (Number.isNaN(logP)) return null;
  // Of a p of exactly 0 the logarithm is −∞: nothing is lost.
  if (logP >= Math.log(least) || logP === Number.NEGATIVE_INFINITY) return Math.exp(logP);
  const decimal = logP / Math.LN10;
  const exponent = Math.floor(decimal);
  const digits = (10 ** (decimal - exponent)).toPrecision(6);
  // What rounds up to ten has a digit too many before its point.
  return digits.startsWith('10') ? `1.00000e${exponent + 1}` : `${digits}e${exponent}`;
}
