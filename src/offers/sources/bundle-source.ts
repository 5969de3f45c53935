import type { Model } from '../../model/model.ts';
import type { OfferQuestion, Proposed } from '../offer-question.ts';
import type { Gain, Worth } from '../worth.ts';

interface Found {
  readonly set: number;
  /** The likeliest of those that are missing. */
  readonly item: number;
  readonly confidence: number;
  readonly probability: number;
}

/** By item: how likely it is accepted; 0 of what nobody proposes. */
export type Chances = Float64Array;

/** Of the sets with an item so many of the best are looked at: a bound on time. */
const mostOfItem = 16;
/** Of those with an item of the cart, so many of the likeliest. */
const mostProposed = 4;

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
        if (!sets) this.#setsOf.set(item, [set]);
        else if (sets.length < mostOfItem) sets.push(set);
      }
    }
  }

  /** Whether there is a set with something in the cart. */
  isAbout(cart: readonly number[]): boolean {
    return cart.some((item) => this.#setsOf.has(item));
  }

  /**
   * Each as an offer of the likeliest of its missing items; sets that lack one item only are rules, not bundles.
   *
   * @param chances how likely items are accepted alone
   */
  propose({ cart, memory, takes, admits }: OfferQuestion, chances: Chances): Proposed[] {
    if (!takes('bundle')) return [];
    const found: Found[] = [];
    const isNew = (item: number): boolean => admits(item) && !memory?.owns(item);
    for (let n = 0; n < cart.length; n++) {
      for (const set of this.#setsOf.get(cart[n]) ?? []) {
        // A set with several items of the cart is looked at once.
        if (this.#firstInCart(set, cart) !== n) continue;
        const one = this.#judge(set, cart, chances, isNew);
        if (one) found.push(one);
      }
    }
    found.sort((a, b) => b.probability - a.probability || a.set - b.set);
    const offered = new Set<number>();
    const apart: Proposed[] = [];
    for (const one of found) {
      if (apart.length === mostProposed) break;
      const missing = this.#itemsOf(one.set).filter((item) => !cart.includes(item));
      // What is in one bundle already does not make another one.
      if (missing.some((item) => offered.has(item))) continue;
      for (const item of missing) offered.add(item);
      apart.push(this.#proposed(one, missing));
    }
    return apart;
  }

  #itemsOf(set: number): Int32Array {
    const { offsets, items } = this.#model.insights.bundles;
    return items.subarray(offsets[set], offsets[set + 1]);
  }

  #firstInCart(set: number, cart: readonly number[]): number {
    const { offsets, items } = this.#model.insights.bundles;
    for (let n = 0; n < cart.length; n++)
      for (let p = offsets[set]; p < offsets[set + 1]; p++) if (items[p] === cart[n]) return n;
    return -1;
  }

  /** How likely all that is missing of a set is taken; undefined where less than two items are, or one may not be offered. */
  #judge(
    set: number,
    cart: readonly number[],
    chances: Chances,
    admits: (item: number) => boolean,
  ): Found | undefined {
    const { itemCounts, insights } = this.#model;
    const { offsets, items, together, without } = insights.bundles;
    let missing = 0;
    let lead = -1;
    let restAt = -1;
    // At most so many baskets hold what the cart has of it: those with the rarest.
    let present = Number.POSITIVE_INFINITY;
    for (let p = offsets[set]; p < offsets[set + 1]; p++) {
      const item = items[p];
      if (cart.includes(item)) {
        present = Math.min(present, itemCounts[item]);
        continue;
      }
      if (!admits(item)) return undefined;
      missing++;
      if (lead < 0 || chances[item] > chances[items[lead]]) {
        restAt = lead;
        lead = p;
      } else restAt = p;
    }
    if (missing < 2 || chances[items[lead]] === 0) return undefined;
    const confidence = together[set] / present;
    // Of the baskets with the cart's part and the item, those that have the rest as well: known where that is one item.
    const share = missing === 2 ? together[set] / without[restAt] : confidence;
    return { set, item: items[lead], confidence, probability: chances[items[lead]] * Math.min(1, share) };
  }

  #proposed({ set, item, confidence, probability }: Found, missing: Int32Array): Proposed {
    const gain = this.#gainOf(missing);
    return {
      item,
      kind: 'bundle',
      probability,
      cause: {
        by: 'bundle',
        items: [...this.#itemsOf(set)],
        confidence,
        baskets: this.#model.insights.bundles.together[set],
      },
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
