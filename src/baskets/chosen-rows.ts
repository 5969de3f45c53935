import { offsetsOf } from './offsets.ts';

/** Rows of items, one after the other: row r is `items[offsets[r]]` … `items[offsets[r + 1] - 1]`. */
export interface ItemRows {
  readonly offsets: Int32Array;
  readonly items: Int32Array;
}

/** Copies of the rows with these numbers, in the order of the numbers. */
export function chosenRows({ offsets, items }: ItemRows, rows: Int32Array): ItemRows {
  const starts = offsetsOf(rows.map((row) => offsets[row + 1] - offsets[row]));
  const chosen = new Int32Array(starts[rows.length]);
  rows.forEach((row, n) => {
    chosen.set(items.subarray(offsets[row], offsets[row + 1]), starts[n]);
  });
  return { offsets: starts, items: chosen };
}
