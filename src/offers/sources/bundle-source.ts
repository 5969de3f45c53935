import type { Model } from '../../model/model.ts';
import type { OfferQuestion, Proposed } from '../offer-question.ts';
import type { Gain, Worth } from '../worth.ts';

/** By item: how likely it is accepted. */
export type Chances = ReadonlyMap<number, number>;

/** Of the sets with an item of the cart, so many of the likeliest. */
const mostProposed = 8;

/** Proposes the rest of sets of products that are bought together, when the cart holds some of one. */
export class BundleSource {
  readonly #model: Model;
  readonly #worth: Worth;
  /** By item: the numbers of the sets it is in. */
  readonly #setsOf = new Map<number, number[]>();

  constructor(model: Model, worth: Worth) {
    this.#model = model;
    this.#worth = worth;
    const { offsets, items } = model.insights.bundles;
    for (let set = 0; set + 1 < offsets.length; set++) {
      for (const item of items.subarray(offsets[set], offsets[set + 1])) {
        const sets = this.#setsOf.get(item);
        if (sets) sets.push(set);
        else this.#setsOf.set(item, [set]);
      }
    }
  }

  /**
   * Each as an offer of the likeliest of its missing items; sets that lack one item only are rules, not bundles.
   *
   * @param chances how likely items are accepted alone, of those that are proposed
   */
  propose({ cart, memory, takes, admits }: OfferQuestion, chances: Chances): Proposed[] {
    if (!takes('bundle') || cart.length === 0) return [];
    const seen = new Set<number>();
    const found: Proposed[] = [];
    const isNew = (item: number): boolean => admits(item) && !memory?.owns(item);
    for (const item of cart) {
      for (const set of this.#setsOf.get(item) ?? []) {
        if (seen.has(set)) continue;
        seen.add(set);
        const proposed = this.#propose(set, cart, chances, isNew);
        if (proposed) found.push(proposed);
      }
    }
    found.sort((a, b) => b.probability - a.probability || a.item - b.item);
    const offered = new Set<number>();
    const best = found.filter(({ item }) => !offered.has(item) && offered.add(item));
    return best.slice(0, mostProposed);
  }

  #propose(
    set: number,
    cart: readonly number[],
    chances: Chances,
    admits: (item: number) => boolean,
  ): Proposed | undefined {
    const { itemCounts, insights } = this.#model;
    const { offsets, items, together } = insights.bundles;
    const all = items.subarray(offsets[set], offsets[set + 1]);
    const missing = all.filter((item) => !cart.includes(item));
    if (missing.length < 2 || !missing.every(admits)) return undefined;
    // Baskets with all of the present items are at most those with the rarest of them: the share is at least this.
    let present = Number.POSITIVE_INFINITY;
    for (const item of all) if (cart.includes(item)) present = Math.min(present, itemCounts[item]);
    const chanceOf = (item: number): number => chances.get(item) ?? 0;
    const item = missing.reduce((best, other) => (chanceOf(other) > chanceOf(best) ? other : best));
    const confidence = together[set] / present;
    // Nobody takes all of it who would not take each.
    const probability = missing.reduce((least, other) => Math.min(least, chanceOf(other)), confidence);
    if (probability === 0) return undefined;
    const gain = this.#gainOf(missing);
    return {
      item,
      kind: 'bundle',
      probability,
      cause: { by: 'bundle', items: [...all], confidence, baskets: together[set] },
      gain,
      ...(gain.revenue !== null && { added: gain.revenue }),
    };
  }

  #gainOf(missing: Int32Array): Gain {
    let revenue: number | null = 0;
    let profit: number | null = 0;
    for (const item of missing) {
      const gain = this.#worth.gainOf(item);
      revenue = revenue === null || gain.revenue === null ? null : revenue + gain.revenue;
      profit = profit === null || gain.profit === null ? null : profit + gain.profit;
    }
    return { revenue, profit };
  }
}
