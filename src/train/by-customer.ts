import { offsetsOf } from '../baskets/offsets.ts';

/** Rows of known customers: customer c has `rows[offsets[c]]` … `rows[offsets[c + 1] − 1]`. */
export interface RowsByCustomer {
  readonly offsets: Int32Array;
  readonly rows: Int32Array;
}

/**
 * Puts rows in the order of customer, then time, then as they came.
 *
 * @param customerOf by row; rows of −1 are left out
 * @param time by row, in any unit
 */
export function byCustomer(
  customerOf: Int32Array,
  time: Float64Array,
  customerCount: number,
): RowsByCustomer {
  const sizes = new Int32Array(customerCount);
  for (const customer of customerOf) if (customer >= 0) sizes[customer]++;
  const offsets = offsetsOf(sizes);
  const next = offsets.slice();
  const rows = new Int32Array(offsets[customerCount]);
  for (let row = 0; row < customerOf.length; row++)
    if (customerOf[row] >= 0) rows[next[customerOf[row]]++] = row;
  for (let customer = 0; customer < customerCount; customer++) {
    const own = rows.subarray(offsets[customer], offsets[customer + 1]);
    // Most come in the order of time.
    if (own.some((row, n) => n > 0 && time[row] < time[own[n - 1]]))
      own.sort((a, b) => time[a] - time[b] || a - b);
  }
  return { offsets, rows };
}
