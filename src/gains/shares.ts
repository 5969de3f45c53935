import { PairwellError } from '../errors.ts';

/** Parts of customers at most that a table has. */
const mostParts = 1000;

/**
 * 1/n, 2/n … 1.
 *
 * @param parts n, such as 10 for tenths: 1 … 1000
 * @throws PairwellError `bad-input` for another number
 */
export function sharesOf(parts: number): number[] {
  if (!Number.isInteger(parts) || parts < 1 || parts > mostParts)
    throw new PairwellError('bad-input', `Customers are cut into 1 to ${mostParts} parts, not ${parts}.`);
  return Array.from({ length: parts }, (_, n) => (n + 1) / parts);
}

/** As many customers as {@link sharesOf} says, each number rounded up. */
export const countsOf = (customers: number, parts: number): number[] =>
  // Not from the shares: 0.07 × 100 is more than 7.
  sharesOf(parts).map((_, n) => Math.ceil((customers * (n + 1)) / parts));

/** The whole of amounts. */
export function totalOf(amounts: Float64Array): number {
  let total = 0;
  // An iterator takes several times as long, and resampling adds up often.
  for (let n = 0; n < amounts.length; n++) total += amounts[n];
  return total;
}
