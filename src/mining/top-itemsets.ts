import { BestOf } from './best-of.ts';
import { type Itemsets, itemsetCount } from './itemsets.ts';
import { ItemsetsBuilder } from './itemsets-builder.ts';

/**
 * The minimum support with which a search for the k itemsets of highest support can go on, as it rises with what was
 * found (Han, Wang, Lu and Tzvetkov, ICDM 2002, for closed sets). A search that keeps to it finds the k best, and all
 * sets of the same support as the last of them.
 */
export class TopThreshold {
  readonly #best: BestOf;

  /**
   * @param k how many itemsets are wanted, ≥ 1
   * @throws PairwellError `bad-input` when `k` is not a whole number ≥ 1
   */
  constructor(k: number) {
    this.#best = new BestOf(k, (a, b) => b - a);
  }

  /** To be called with the support of each itemset found, once per set: a number of transactions. */
  offer(support: number): void {
    this.#best.offer(support);
  }

  /** The k-th highest support so far, in transactions; 1 as long as there are fewer. */
  get threshold(): number {
    return this.#best.kth ?? 1;
  }
}

export interface TopItemsets {
  /** The best first. */
  readonly itemsets: Itemsets;
  /** Whether sets of the same support as the last one had to be left out. */
  readonly tied: boolean;
}

/**
 * The k itemsets of highest support, or all when there are fewer. Of sets with the same support the smaller come first,
 * and of the same size those with lower item ids, item by item.
 *
 * @throws PairwellError `bad-input` when `k` is not a whole number ≥ 1
 */
export function topItemsets(itemsets: Itemsets, k: number): TopItemsets {
  const { offsets, items, supports } = itemsets;
  const count = itemsetCount(itemsets);
  const best = new BestOf(k, (a, b) => supports[b] - supports[a] || bySizeAndItems(itemsets, a, b));
  for (let s = 0; s < count; s++) best.offer(s);
  const chosen = new ItemsetsBuilder({ maxItemsets: k, minSupport: 1 });
  for (const s of best.sorted()) {
    chosen.add(items.subarray(offsets[s], offsets[s + 1]), offsets[s + 1] - offsets[s], supports[s]);
  }
  const { kth } = best;
  const asGood = kth === undefined ? 0 : supports.filter((support) => support >= supports[kth]).length;
  return { itemsets: chosen.build(), tied: asGood > k };
}

function bySizeAndItems({ offsets, items }: Itemsets, a: number, b: number): number {
  const size = offsets[a + 1] - offsets[a];
  const bySize = size - (offsets[b + 1] - offsets[b]);
  if (bySize !== 0) return bySize;
  for (let i = 0; i < size; i++) {
    const byItem = items[offsets[a] + i] - items[offsets[b] + i];
    if (byItem !== 0) return byItem;
  }
  return 0;
}
