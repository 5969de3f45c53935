import type { Transactions } from '../../baskets/transactions.ts';
import type { RankedItems } from '../method.ts';
import type { Marks } from './marks.ts';

/** How many baskets hold each item. */
export function itemCounts({ itemCount, items }: Transactions): Int32Array {
  const counts = new Int32Array(itemCount);
  for (const item of items) counts[item]++;
  return counts;
}

/** Items by the number of baskets that hold them, the most first, ties by item number; what is in none is left out. */
export class ItemPopularity {
  readonly #order: Int32Array;
  /** By item: the share of the baskets that hold it. */
  readonly #shares: Float64Array;

  /** @param baskets how many the counts are of */
  constructor(counts: Int32Array, baskets: number) {
    const held: number[] = [];
    counts.forEach((count, item) => {
      if (count > 0) held.push(item);
    });
    this.#order = Int32Array.from(held.sort((a, b) => counts[b] - counts[a] || a - b));
    this.#shares = Float64Array.from(counts, (count) => (count === 0 ? 0 : count / baskets));
  }

  /**
   * Writes the most popular items behind those that are in `out`.
   *
   * @param filled how many entries `out` has
   * @param k how many it is to have at most
   * @param barred items that must not be among them
   * @returns how many it has then
   */
  fill(filled: number, k: number, barred: Marks, out: RankedItems): number {
    const { items, probabilities } = out;
    const given = filled;
    let end = filled;
    for (let n = 0; end < k && n < this.#order.length; n++) {
      const item = this.#order[n];
      if (barred.has(item) || isAmong(items, given, item)) continue;
      items[end] = item;
      probabilities[end++] = this.#shares[item];
    }
    return end;
  }
}

/** Lists are short: looking through them is quicker than keeping marks. */
function isAmong(items: Int32Array, count: number, item: number): boolean {
  for (let n = 0; n < count; n++) if (items[n] === item) return true;
  return false;
}
