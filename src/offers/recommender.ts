import type { Model } from '../model/model.ts';
import { type Product, unservable } from './catalogue.ts';
import { type Customer, CustomerMemories } from './customer-memory.ts';
import { type Named, popularReason, type Reason, ruleReason } from './explain.ts';
import { RuleIndex } from './rule-index.ts';

export interface Wanted {
  /** Product codes in the cart, or on the page. */
  readonly cart: readonly string[];
  readonly customer?: Customer;
  /** Product codes that must not be offered. */
  readonly exclude: readonly string[];
  readonly limit: number;
}

/** What put an offer there: a rule by its number, or a place on a popularity list. */
export type Cause =
  | { readonly rule: number }
  | { readonly rule?: undefined; readonly orders: number; readonly segment: string | undefined };

export interface Offer {
  readonly item: number;
  readonly product: Product;
  readonly kind: 'cross-sell';
  /** Comparable within one answer only; between 0 and 1. */
  readonly score: number;
  readonly cause: Cause;
}

export interface Offers {
  /** The best first. */
  readonly offers: readonly Offer[];
  /** Which popularity list filled places that no rule could; undefined when none had to. */
  readonly fallback: { source: 'segment' | 'shop'; segment?: string } | undefined;
  /** Products of the cart that the model does not know. */
  readonly unknownItems: readonly string[];
}

/** What a rule is worth when bought items fire it, against 1 when the cart does. */
const historyWeight = 0.5;

/** Ranks offers from one model and the live catalogue. Holds work arrays: one request at a time. */
export class Recommender {
  readonly model: Model;
  readonly #index: RuleIndex;
  readonly #productOf: (item: number) => Product | undefined;
  /** The items that must not be offered hold the number of the current request: nothing to clear in between. */
  readonly #barred: Float64Array;
  readonly #memories: CustomerMemories;
  #request = 0;

  /** @param productOf the live product of an item number */
  constructor(model: Model, productOf: (item: number) => Product | undefined) {
    this.model = model;
    this.#productOf = productOf;
    this.#index = new RuleIndex(model.rules, model.itemCounts.length);
    this.#barred = new Float64Array(model.itemCounts.length);
    this.#memories = new CustomerMemories(model, this.#index);
  }

  recommend(wanted: Wanted): Offers {
    const { itemCodes } = this.model;
    this.#request++;
    const cart: number[] = [];
    const unknownItems: string[] = [];
    for (const code of wanted.cart) {
      const item = itemCodes.indexOf(code);
      if (item < 0) unknownItems.push(code);
      else if (this.#bar(item)) cart.push(item);
    }
    for (const code of wanted.exclude) {
      const item = itemCodes.indexOf(code);
      if (item >= 0) this.#bar(item);
    }
    const memory = wanted.customer && this.#memories.of(wanted.customer);
    // What the customer has is not offered: a cross-sell shows what is new.
    const admits = (item: number): boolean =>
      this.#barred[item] !== this.#request &&
      !memory?.owns(item) &&
      unservable(this.#productOf(item)) === undefined;

    const { limit } = wanted;
    const { history = [], remembered } = memory ?? {};
    const offers = this.#index
      .propose({ cart, history, historyWeight, limit, admits, remembered })
      .map(({ item, rule, score }): Offer => {
        // Admitted, so it has a product.
        return { item, product: this.#productOf(item)!, kind: 'cross-sell', score, cause: { rule } };
      });
    const fallback = this.#fillWithPopular(offers, memory?.number ?? -1, limit, admits);
    return { offers, fallback, unknownItems };
  }

  /** Why an offer was made. */
  explain({ cause }: Offer): Reason {
    if (cause.rule === undefined) return popularReason(cause.orders, cause.segment);
    const { antecedentOffsets, antecedentItems } = this.model.rules;
    const antecedent: Named[] = [];
    for (let i = antecedentOffsets[cause.rule]; i < antecedentOffsets[cause.rule + 1]; i++) {
      const item = antecedentItems[i];
      antecedent.push(this.#productOf(item) ?? { code: this.model.itemCodes.get(item), name: null });
    }
    return ruleReason(this.model.rules, cause.rule, antecedent);
  }

  /** Keeps an item out of this request's offers; false when it was out already. */
  #bar(item: number): boolean {
    if (this.#barred[item] === this.#request) return false;
    this.#barred[item] = this.#request;
    return true;
  }

  /** Fills up to `limit` with popular products: the segment's where it has a list, then the shop's. */
  #fillWithPopular(
    chosen: Offer[],
    customer: number,
    limit: number,
    admits: (item: number) => boolean,
  ): Offers['fallback'] {
    if (chosen.length >= limit) return undefined;
    const { popular, customerSegment, segmentNames } = this.model;
    const segment = customer < 0 ? -1 : customerSegment[customer];
    for (const { item } of chosen) this.#bar(item);
    // Below whatever a rule proposes, in each list's own order.
    let ceiling = chosen.at(-1)?.score ?? 1;
    let used: Offers['fallback'];
    for (const group of segment >= 0 ? [segment + 1, 0] : [0]) {
      const name = group > 0 ? segmentNames.get(segment) : undefined;
      const start = popular.offsets[group];
      const end = popular.offsets[group + 1];
      for (let i = start; i < end && chosen.length < limit; i++) {
        const item = popular.items[i];
        if (!admits(item)) continue;
        used ??= name === undefined ? { source: 'shop' } : { source: 'segment', segment: name };
        this.#bar(item);
        const score = (ceiling * popular.counts[i]) / (popular.counts[start] + 1);
        chosen.push({
          item,
          product: this.#productOf(item)!,
          kind: 'cross-sell',
          score,
          cause: { orders: popular.counts[i], segment: name },
        });
      }
      ceiling = chosen.at(-1)?.score ?? ceiling;
    }
    return used;
  }
}
