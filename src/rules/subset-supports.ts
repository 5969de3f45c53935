import { PairwellError } from '../errors.ts';
import { ItemsetIndex } from '../mining/itemset-index.ts';
import type { Itemsets } from '../mining/itemsets.ts';

/** The supports of the frequent itemsets, the empty set included, by their items. */
export class SubsetSupports {
  readonly itemsets: Itemsets;
  readonly #index: ItemsetIndex;
  readonly #transactionCount: number;

  /**
   * @param itemsets all frequent itemsets, so that the subsets of each are there too
   * @param transactionCount how many transactions they were mined from: the support of the empty set
   */
  constructor(itemsets: Itemsets, transactionCount: number) {
    this.itemsets = itemsets;
    this.#index = new ItemsetIndex(itemsets);
    this.#transactionCount = transactionCount;
  }

  /**
   * The number of the set of the first `length` entries of `items`, ascending by id.
   *
   * @throws PairwellError `bad-input` when that set is not among the itemsets
   */
  indexOf(items: Int32Array, length: number): number {
    const s = this.#index.indexOf(items, length);
    if (s >= 0) return s;
    throw new PairwellError(
      'bad-input',
      'Rules are compared with their parts, and one of these is missing: give all frequent itemsets that they were made of.',
    );
  }

  /** How many transactions hold that set; errors as for {@link indexOf}. */
  of(items: Int32Array, length: number): number {
    return length === 0 ? this.#transactionCount : this.itemsets.supports[this.indexOf(items, length)];
  }
}

/** Copies the items from `from` to before `to`, ascending, with `item` among them in its place. */
export function copyWith(items: Int32Array, from: number, to: number, item: number, copy: Int32Array): void {
  let into = 0;
  let at = from;
  while (at < to && items[at] < item) copy[into++] = items[at++];
  copy[into++] = item;
  while (at < to) copy[into++] = items[at++];
}
