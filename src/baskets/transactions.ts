/**
 * Transactions in compressed sparse rows: the items of transaction `t` are
 * `items[offsets[t]] … items[offsets[t + 1] - 1]`, ascending, each once, each in `0 … itemCount - 1`.
 * The arrays may lie in shared memory, so that threads read them without a copy.
 */
export interface Transactions {
  readonly itemCount: number;
  /** One more entry than there are transactions; starts at 0. */
  readonly offsets: Int32Array;
  readonly items: Int32Array;
}

/** How many transactions there are, empty ones included. */
export function transactionCount(transactions: Transactions): number {
  return transactions.offsets.length - 1;
}

/** The transactions of both, those of `a` first; both number the same items. Where `b` has none it is `a` itself. */
export function joined(a: Transactions, b: Transactions): Transactions {
  if (transactionCount(b) === 0) return a;
  const offsets = new Int32Array(a.offsets.length + transactionCount(b));
  offsets.set(a.offsets);
  for (let t = 1; t < b.offsets.length; t++)
    offsets[a.offsets.length - 1 + t] = a.items.length + b.offsets[t];
  const items = new Int32Array(a.items.length + b.items.length);
  items.set(a.items);
  items.set(b.items, a.items.length);
  return { itemCount: a.itemCount, offsets, items };
}
