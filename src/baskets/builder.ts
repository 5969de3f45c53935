import { PairwellError } from '../errors.ts';
import { GrowingColumn } from './growing-column.ts';
import type { Transactions } from './transactions.ts';

export interface BuildOptions {
  /** Lay the columns in shared memory, so that threads read them without a copy. Default true. */
  shared?: boolean;
}

/** Above this length the engine's own sort is faster than insertion. */
const shortBasket = 32;

/** Collects baskets one by one into {@link Transactions}. */
export class TransactionsBuilder {
  readonly #offsets = new GrowingColumn();
  readonly #items = new GrowingColumn();
  #baskets = 0;
  #itemCount = 0;

  /** Baskets added so far. */
  get transactionCount(): number {
    return this.#baskets;
  }

  /**
   * Adds a basket: item ids in any order. Repeated items count once; a basket without items counts as a
   * transaction all the same, as every share is a share of all transactions.
   *
   * @throws PairwellError `bad-input` when an id is not an integer in 0 … 2^31 - 2; the basket is then not added
   */
  add(items: ArrayLike<number>): void {
    const offsets = this.#offsets.withRoom(this.#baskets + 2);
    const from = offsets[this.#baskets];
    const column = this.#items.withRoom(from + items.length);
    for (let i = 0; i < items.length; i++) column[from + i] = checkedItem(items[i]);
    const end = sortUnique(column, from, from + items.length);
    if (end > from) this.#itemCount = Math.max(this.#itemCount, column[end - 1] + 1);
    this.#baskets++;
    offsets[this.#baskets] = end;
  }

  /** The baskets so far; adding may go on afterwards. `itemCount` is the largest id plus one. */
  build({ shared = true }: BuildOptions = {}): Transactions {
    const offsets = this.#offsets.first(this.#baskets + 1, shared);
    return { itemCount: this.#itemCount, offsets, items: this.#items.first(offsets[this.#baskets], shared) };
  }
}

function checkedItem(item: number): number {
  if ((item | 0) === item && item >= 0 && item < 2 ** 31 - 1) return item;
  throw new PairwellError('bad-input', `An item id must be an integer from 0 to 2^31 - 2, not ${item}.`, {
    item,
  });
}

/** Sorts `column[from … to - 1]`, drops repeated values and returns where the distinct ones end. */
export function sortUnique(column: Int32Array, from: number, to: number): number {
  if (to - from > shortBasket) column.subarray(from, to).sort();
  else insertionSort(column, from, to);
  let end = from;
  for (let i = from; i < to; i++) {
    if (end > from && column[end - 1] === column[i]) continue;
    column[end++] = column[i];
  }
  return end;
}

function insertionSort(column: Int32Array, from: number, to: number): void {
  for (let i = from + 1; i < to; i++) {
    const value = column[i];
    let hole = i;
    for (; hole > from && column[hole - 1] > value; hole--) column[hole] = column[hole - 1];
    column[hole] = value;
  }
}
