import { PairwellError } from '../errors.ts';
import type { BuildOptions } from './builder.ts';
import { allocateColumn } from './int-column.ts';
import { offsetsOf } from './offsets.ts';
import type { Transactions } from './transactions.ts';

/**
 * Transactions from (transaction, item) pairs in any order, such as the lines of orders: row `p` says that
 * transaction `transactionOf[p]` holds item `itemOf[p]`. Repeated pairs count once; transactions without a pair
 * are empty.
 *
 * Two counting sorts, linear in pairs + transactions + items: pairs are laid out by item first, so that
 * handing them to their transactions afterwards fills every row in ascending order.
 *
 * @throws PairwellError `bad-input` when the columns differ in length or an entry is out of range
 */
export function fromPairs(
  transactionOf: Int32Array,
  itemOf: Int32Array,
  transactionCount: number,
  itemCount: number,
  { shared = true }: BuildOptions = {},
): Transactions {
  if (transactionOf.length !== itemOf.length) {
    throw new PairwellError(
      'bad-input',
      `There are ${transactionOf.length} transaction numbers but ${itemOf.length} items; pairs need as many of each.`,
    );
  }
  const rowStarts = offsetsOf(sizesOf(transactionOf, transactionCount, 'transaction'));
  const itemStarts = offsetsOf(sizesOf(itemOf, itemCount, 'item'));
  const pairs = itemOf.length;

  const byItem = new Int32Array(pairs);
  for (let p = 0; p < pairs; p++) byItem[itemStarts[itemOf[p]]++] = transactionOf[p];

  // Filling moved each start to its end: item i now ends at itemStarts[i], where item i + 1 begins.
  const rows = new Int32Array(pairs);
  const rowEnds = rowStarts.slice(0, transactionCount);
  for (let item = 0, p = 0; item < itemCount; item++) {
    for (const end = itemStarts[item]; p < end; p++) {
      const row = byItem[p];
      const at = rowEnds[row];
      if (at > rowStarts[row] && rows[at - 1] === item) continue;
      rows[at] = item;
      rowEnds[row] = at + 1;
    }
  }
  return compact(rows, rowStarts, rowEnds, itemCount, shared);
}

/** How often each of the values 0 … `count - 1` occurs. */
function sizesOf(values: Int32Array, count: number, what: string): Int32Array {
  const sizes = new Int32Array(count);
  for (const value of values) {
    if (value < 0 || value >= count) {
      throw new PairwellError('bad-input', `The ${what} number ${value} is not in 0 … ${count - 1}.`, {
        [what]: value,
      });
    }
    sizes[value]++;
  }
  return sizes;
}

/** Closes the gaps that repeated pairs left at the end of rows. */
function compact(
  rows: Int32Array,
  rowStarts: Int32Array,
  rowEnds: Int32Array,
  itemCount: number,
  shared: boolean,
): Transactions {
  const offsets = allocateColumn(rowEnds.length + 1, shared);
  for (let row = 0; row < rowEnds.length; row++)
    offsets[row + 1] = offsets[row] + rowEnds[row] - rowStarts[row];
  const items = allocateColumn(offsets[rowEnds.length], shared);
  for (let row = 0; row < rowEnds.length; row++) {
    const shift = offsets[row] - rowStarts[row];
    for (let at = rowStarts[row], end = rowEnds[row]; at < end; at++) items[at + shift] = rows[at];
  }
  return { itemCount, offsets, items };
}
