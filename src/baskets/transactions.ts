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
