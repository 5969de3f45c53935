import { trimmed, withRoom } from '../baskets/int-column.ts';
import { tooManyItemsets } from './budget.ts';
import type { Itemsets } from './itemsets.ts';

/** How many itemsets may be collected, and what the refusal of one more should say they were mined at. */
export interface ItemsetBudget {
  maxItemsets: number;
  minSupport: number;
}

/** Collects itemsets one by one into {@link Itemsets}. */
export class ItemsetsBuilder {
  readonly #budget: ItemsetBudget;
  #offsets: Int32Array = new Int32Array(1024);
  #items: Int32Array = new Int32Array(4096);
  #supports: Int32Array = new Int32Array(1024);
  #size = 0;

  constructor(budget: ItemsetBudget) {
    this.#budget = budget;
  }

  /** How many itemsets were added. */
  get count(): number {
    return this.#size;
  }

  /** The memory that they take, room to grow included. */
  get byteLength(): number {
    return this.#offsets.byteLength + this.#items.byteLength + this.#supports.byteLength;
  }

  /**
   * Adds the set of the first `length` entries of `items`: distinct ids in any order.
   *
   * @throws PairwellError `limit-exceeded` when that is one more than the budget allows
   */
  add(items: Int32Array, length: number, support: number): void {
    const set = this.#size;
    if (set >= this.#budget.maxItemsets)
      throw tooManyItemsets(this.#budget.maxItemsets, this.#budget.minSupport);
    const from = this.#offsets[set];
    this.#items = withRoom(this.#items, from + length);
    this.#offsets = withRoom(this.#offsets, set + 2);
    this.#supports = withRoom(this.#supports, set + 1);
    const column = this.#items;
    for (let i = 0; i < length; i++) {
      const item = items[i];
      let hole = from + i;
      for (; hole > from && column[hole - 1] > item; hole--) column[hole] = column[hole - 1];
      column[hole] = item;
    }
    this.#supports[set] = support;
    this.#offsets[set + 1] = from + length;
    this.#size = set + 1;
  }

  build(): Itemsets {
    return {
      offsets: trimmed(this.#offsets, this.#size + 1),
      items: trimmed(this.#items, this.#offsets[this.#size]),
      supports: trimmed(this.#supports, this.#size),
    };
  }
}
