import { sortUnique } from '../baskets/builder.ts';
import { type Transactions, transactionCount } from '../baskets/transactions.ts';
import { PairwellError } from '../errors.ts';
import { BestOf } from '../mining/best-of.ts';

/** So many items take 32 MB for the counts of their pairs and 128 MB for each matrix. */
export const maxMatrixItems = 4_000;

/** In how many transactions listed items are, alone and two by two. */
export interface PairCounts {
  /** All transactions, empty ones included. */
  readonly transactionCount: number;
  /** The items of the rows and columns, in this order. */
  readonly items: Int32Array;
  /** By row: the transactions that hold its item. */
  readonly itemCounts: Int32Array;
  /** The transactions that hold the items of rows r > c: entry `r (r - 1) / 2 + c`. */
  readonly pairs: Int32Array;
}

/** Where {@link PairCounts} has the pair of two different rows, in either order. */
export function pairOf(a: number, b: number): number {
  return a < b ? (b * (b - 1)) / 2 + a : (a * (a - 1)) / 2 + b;
}

/** A figure for each ordered pair of items. */
export interface PairMatrix {
  readonly items: Int32Array;
  /** Row by row: the figure of row r and column c is entry `r * items.length + c`. */
  readonly values: Float64Array;
}

/**
 * Works out a figure of the rule "row's item ⇒ column's item".
 *
 * @param count transactions that hold both items
 * @param rowCount transactions that hold the row's item
 * @param columnCount transactions that hold the column's item
 * @param transactions all transactions, empty ones included
 */
export type PairMeasure = (
  count: number,
  rowCount: number,
  columnCount: number,
  transactions: number,
) => number;

/**
 * The items of the most transactions, the most frequent first and equal ones by id: n of them, or fewer when there are no
 * more that occur.
 *
 * @throws PairwellError `bad-input` when `n` is not a whole number ≥ 1
 */
export function mostFrequentItems({ items, itemCount }: Transactions, n: number): Int32Array {
  const counts = new Int32Array(itemCount);
  for (let at = 0; at < items.length; at++) counts[items[at]]++;
  const best = new BestOf(n, (a, b) => counts[b] - counts[a] || a - b);
  for (let item = 0; item < itemCount; item++) if (counts[item] > 0) best.offer(item);
  return best.sorted();
}

/**
 * Counts listed items and their pairs, in time linear in the transactions and, for each of them, the square of how many
 * listed items it holds. n listed items take 2 n² bytes.
 *
 * @param listed ids of the items, most frequent first if it is to be quickest; may be nodes where the transactions are
 *   of categories
 * @throws PairwellError `bad-input` for an item that is listed twice or that the transactions do not know,
 *   `limit-exceeded` for more than {@link maxMatrixItems} items
 */
export function countPairs(transactions: Transactions, listed: Int32Array): PairCounts {
  const { offsets, items } = transactions;
  const rowOf = rowsOfItems(transactions, listed);
  const itemCounts = new Int32Array(listed.length);
  const pairs = new Int32Array((listed.length * (listed.length - 1)) / 2);
  const rows = new Int32Array(listed.length);
  for (let t = 0; t < transactionCount(transactions); t++) {
    let size = 0;
    for (let at = offsets[t]; at < offsets[t + 1]; at++) {
      const row = rowOf[items[at]];
      if (row < 0) continue;
      rows[size++] = row;
      itemCounts[row]++;
    }
    sortUnique(rows, 0, size);
    for (let higher = 1; higher < size; higher++) {
      const row = rows[higher];
      const start = (row * (row - 1)) / 2;
      for (let lower = 0; lower < higher; lower++) pairs[start + rows[lower]]++;
    }
  }
  return { transactionCount: transactionCount(transactions), items: listed, itemCounts, pairs };
}

/**
 * The matrix of a measure, 8 n² bytes. What the measure gives stays as it is, be it NaN (such as the confidence of an item
 * that is in no transaction) or infinite. The diagonal is NaN: an item with itself is no pair.
 */
export function pairMatrix(counts: PairCounts, measure: PairMeasure): PairMatrix {
  const { transactionCount: total, items, itemCounts, pairs } = counts;
  const n = items.length;
  const values = new Float64Array(n * n);
  for (let row = 0, pair = 0; row < n; row++) {
    values[row * n + row] = Number.NaN;
    for (let column = 0; column < row; column++, pair++) {
      const count = pairs[pair];
      values[row * n + column] = measure(count, itemCounts[row], itemCounts[column], total);
      values[column * n + row] = measure(count, itemCounts[column], itemCounts[row], total);
    }
  }
  return { items, values };
}

/**
 * The same matrix with its rows and columns in another order.
 *
 * @param order which row comes where: each row once
 */
export function reordered({ items, values }: PairMatrix, order: Int32Array): PairMatrix {
  const n = items.length;
  const moved = new Float64Array(n * n);
  for (let row = 0; row < n; row++) {
    const from = order[row] * n;
    for (let column = 0; column < n; column++) moved[row * n + column] = values[from + order[column]];
  }
  return { items: order.map((row) => items[row]), values: moved };
}

/** By item: its row, -1 when it is not listed. */
function rowsOfItems({ itemCount }: Transactions, listed: Int32Array): Int32Array {
  const n = listed.length;
  if (n > maxMatrixItems) {
    throw new PairwellError(
      'limit-exceeded',
      `A matrix of ${n} items would take ${megabytes(n)} MB; the most is ${maxMatrixItems} items (${megabytes(maxMatrixItems)} MB). Ask for fewer items, or for categories.`,
      { items: n, maxItems: maxMatrixItems },
    );
  }
  const rowOf = new Int32Array(itemCount).fill(-1);
  listed.forEach((item, row) => {
    if (item < 0 || item >= itemCount) {
      const message = `The item ${item} is not among the ${itemCount} items of the transactions.`;
      throw new PairwellError('bad-input', message, { item, itemCount });
    }
    if (rowOf[item] >= 0)
      throw new PairwellError('bad-input', `The item ${item} is listed twice; list it once.`, { item });
    rowOf[item] = row;
  });
  return rowOf;
}

/** What counts and a matrix take together. */
function megabytes(items: number): number {
  return Math.ceil((10 * items ** 2) / 1e6);
}
