import type { BuildOptions } from '../baskets/builder.ts';
import { allocateColumn } from '../baskets/int-column.ts';
import type { Transactions } from '../baskets/transactions.ts';

export interface ItemConstraint {
  /** Ids of the items to keep; without it all. */
  only?: Int32Array;
  /** Ids of items to leave out, even of those in `only`. */
  never?: Int32Array;
}

/**
 * The same transactions with some of their items only. Ids mean what they meant, and transactions left without items
 * stay, so that shares are shares of all: mining finds the itemsets of the items that are left, with the same supports as
 * before. Ids that are in no transaction have no effect.
 */
export function restrictItems(
  transactions: Transactions,
  { only, never = new Int32Array(0) }: ItemConstraint,
  { shared = true }: BuildOptions = {},
): Transactions {
  const { itemCount, offsets, items } = transactions;
  const kept = new Uint8Array(itemCount);
  if (!only) kept.fill(1);
  // Writes beyond a typed array go nowhere.
  else for (const item of only) kept[item] = 1;
  for (const item of never) kept[item] = 0;

  const starts = allocateColumn(offsets.length, shared);
  for (let t = 0; t + 1 < offsets.length; t++) {
    let length = 0;
    for (let at = offsets[t]; at < offsets[t + 1]; at++) length += kept[items[at]];
    starts[t + 1] = starts[t] + length;
  }
  const left = allocateColumn(starts[starts.length - 1], shared);
  let end = 0;
  for (let at = 0; at < items.length; at++) {
    if (kept[items[at]]) left[end++] = items[at];
  }
  return { itemCount, offsets: starts, items: left };
}

/**
 * The transactions of at most `most` items, in the same order. Ids mean what they meant. Longer ones are gone, not empty:
 * shares are shares of those that are left.
 */
export function withoutLong(
  transactions: Transactions,
  most: number,
  { shared = true }: BuildOptions = {},
): Transactions {
  const { itemCount, offsets, items } = transactions;
  const isKept = (t: number): boolean => offsets[t + 1] - offsets[t] <= most;
  let count = 0;
  let length = 0;
  for (let t = 0; t + 1 < offsets.length; t++) {
    if (!isKept(t)) continue;
    count++;
    length += offsets[t + 1] - offsets[t];
  }
  const starts = allocateColumn(count + 1, shared);
  const kept = allocateColumn(length, shared);
  let end = 0;
  let next = 0;
  for (let t = 0; t + 1 < offsets.length; t++) {
    if (!isKept(t)) continue;
    kept.set(items.subarray(offsets[t], offsets[t + 1]), end);
    end += offsets[t + 1] - offsets[t];
    starts[++next] = end;
  }
  return { itemCount, offsets: starts, items: kept };
}
