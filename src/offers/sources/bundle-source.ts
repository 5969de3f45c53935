import type { Model } from '../../model/model.ts';
import type { OfferQuestion, Proposed } from '../offer-question.ts';
import type { Gain, Worth } from '../worth.ts';

interface Found {
  readonly set: number;
  readonly missing: Int32Array;
  readonly proposed: Proposed;
}

/** By item: how likely it is accepted; 0 of what nobody proposes. */
export type Chances = Float64Array;

/** Of the sets with an item so many of the best are looked at: a bound on time. */
const mostOfItem = 16;
/** Of those with an item of the cart, so many of the likeliest. */
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
        if (!sets) this.#setsOf.set(item, [set]);
        else if (sets.length < mostOfItem) sets.push(set);
      }
    }
  }

  /**
   * Each as an offer of the likeliest of its missing items; sets that lack one item only are rules, not bundles.
   *
   * @param chances how likely items are accepted alone
   */
  propose({ cart, memory, takes, admits }: OfferQuestion, chances: Chances): Proposed[] {
    if (!takes('bundle') || cart.length === 0) return [];
    const seen = new Set<number>();
    const found: Found[] = [];
    const isNew = (item: number): boolean => admits(item) && !memory?.owns(item);
    for (const item of cart) {
      for (const set of this.#setsOf.get(item) ?? []) {
        if (seen.has(set)) continue;
        seen.add(set);
        const one = this.#propose(set, cart, chances, isNew);
        if (one) found.push(one);
      }
    }
    found.sort((a, b) => b.proposed.probability - a.proposed.probability || a.set - b.set);
    const offered = new Set<number>();
    const apart: Proposed[] = [];
    for (const { proposed, missing } of found) {
      // What is in one bundle already does not make another one.
      if (missing.some((item) => offered.has(item))) continue;
      for (const item of missing) offered.add(item);
      apart.push(proposed);
    }
    return apart.slice(0, mostProposed);
  }

  #propose(
    set: number,
    cart: readonly number[],
    chances: Chances,
    admits: (item: number) => boolean,
  ): Found | undefined {
    const { offsets, items, together, without } = this.#model.insights.bundles;
    const all = items.subarray(offsets[set], offsets[set + 1]);
    const missing = all.filter((item) => !cart.includes(item));
    if (missing.length < 2 || !missing.every(admits)) return undefined;
    const item = missing.reduce((best, other) => (chances[other] > chances[best] ? other : best));
    if (chances[item] === 0) return undefined;
    const baskets = together[set];
    const confidence = baskets / this.#basketsWith(all, cart);
    // Of the baskets with the cart's part and the item, those that have the rest as well: known where that is one item.
    const rest = missing.length === 2 ? missing.find((other) => other !== item)! : -1;
    const share = rest < 0 ? confidence : baskets / without[offsets[set] + all.indexOf(rest)];
    const gain = this.#gainOf(missing);
    return {
      set,
      missing,
      proposed: {
        item,
        kind: 'bundle',
        probability: chances[item] * Math.min(1, share),
        cause: { by: 'bundle', items: [...all], confidence, baskets },
        gain,
        ...(gain.revenue !== null && { added: gain.revenue }),
      },
    };
  }

  /** At most so many baskets hold what the cart has of a set: those with the rarest of it. */
  #basketsWith(all: Int32Array, cart: readonly number[]): number {
    let fewest = Number.POSITIVE_INFINITY;
    for (const item of all) if (cart.includes(item)) fewest = Math.min(fewest, this.#model.itemCounts[item]);
    return fewest;
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
