import { below, type Random } from '../../learn/random.ts';
import type { ChurnRows } from './churn-rows.ts';

/** The fold of rows that take no part. */
export const noFold = -1;

/**
 * Deals customers out to folds: all rows of one stand in one fold, and those who left in any of their rows are spread evenly, as are the
 * others.
 *
 * @param among the rows that are dealt out; the others are in {@link noFold}
 * @returns by row: the number of its fold
 */
export function groupedFolds(
  { target, customer }: Pick<ChurnRows, 'target' | 'customer'>,
  among: Int32Array,
  count: number,
  random: Random,
): Int8Array {
  const hasLeft = new Map<number, number>();
  for (const row of among) hasLeft.set(customer[row], (hasLeft.get(customer[row]) ?? 0) | target[row]);
  const foldOf = new Map<number, number>();
  let dealt = 0;
  for (const sort of [0, 1]) {
    const people = [...hasLeft].flatMap(([number, left]) => (left === sort ? [number] : []));
    shuffle(people, random);
    for (const number of people) foldOf.set(number, dealt++ % count);
  }
  const folds = new Int8Array(target.length).fill(noFold);
  for (const row of among) folds[row] = foldOf.get(customer[row])!;
  return folds;
}

/** In place (Fisher and Yates). */
function shuffle(values: number[], random: Random): void {
  for (let last = values.length - 1; last > 0; last--) {
    const other = below(last + 1, random);
    [values[last], values[other]] = [values[other], values[last]];
  }
}

/** The rows for which something holds, ascending. */
export function rowsWhere(count: number, holds: (row: number) => boolean): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < count; row++) if (holds(row)) rows.push(row);
  return Int32Array.from(rows);
}

/** The rows of some folds, ascending. */
export const rowsInFolds = (folds: Int8Array, wanted: readonly number[]): Int32Array =>
  rowsWhere(folds.length, (row) => wanted.includes(folds[row]));

/** The newest of the rows of each customer. */
export function newestRows(
  { customer, cutOff }: Pick<ChurnRows, 'customer' | 'cutOff'>,
  rows: Int32Array,
): Int32Array {
  const newest = new Map<number, number>();
  for (const row of rows) {
    const known = newest.get(customer[row]);
    if (known === undefined || cutOff[row] > cutOff[known]) newest.set(customer[row], row);
  }
  return Int32Array.from(newest.values());
}
