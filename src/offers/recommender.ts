import type { Model } from '../model/model.ts';
import { Candidates } from './candidates.ts';
import { type Product, unservable } from './catalogue.ts';
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

/** What is known of a customer when the request comes. */
export interface Customer {
  readonly code: string;
  /** Products of orders that came after the model, the newest first. */
  readonly recentPurchases: readonly string[];
}

export interface Offer {
  readonly productId: string;
  readonly kind: 'cross-sell';
  /** From 1. */
  readonly position: number;
  /** Comparable within one answer only; between 0 and 1. */
  readonly score: number;
  readonly pinned: false;
  readonly reason: Reason;
  readonly product: Product;
}

export interface Offers {
  readonly offers: readonly Offer[];
  /** Whether popularity had to fill places that no rule could. */
  readonly fallbackUsed: boolean;
  /** Which list filled them. */
  readonly fallback: { source: 'segment' | 'shop'; segment?: string } | undefined;
  /** Products of the cart that the model does not know. */
  readonly unknownItems: readonly string[];
}

/** The most bought items of a customer that rules start from: the newest say most, and requests stay short. */
const historyLength = 50;

interface Scored {
  readonly item: number;
  readonly product: Product;
  readonly score: number;
  readonly reason: Reason;
}

/** Ranks offers from one model and the live catalogue. Holds work arrays: one request at a time. */
export class Recommender {
  readonly model: Model;
  readonly #candidates: Candidates;
  readonly #productOf: (item: number) => Product | undefined;

  /** @param productOf the live product of an item number */
  constructor(model: Model, productOf: (item: number) => Product | undefined) {
    this.model = model;
    this.#productOf = productOf;
    this.#candidates = new Candidates(new RuleIndex(model.rules, model.itemCounts), model.itemCounts.length);
  }

  recommend(wanted: Wanted): Offers {
    const { itemCodes } = this.model;
    const cart: number[] = [];
    const unknownItems: string[] = [];
    for (const code of new Set(wanted.cart)) {
      const item = itemCodes.indexOf(code);
      if (item < 0) unknownItems.push(code);
      else cart.push(item);
    }
    const customer = wanted.customer ? this.model.customerCodes.indexOf(wanted.customer.code) : -1;
    const owned = this.#owned(wanted.customer, customer);
    const barred = new Set([...cart, ...wanted.exclude.map((code) => itemCodes.indexOf(code))]);
    const chosen = this.#fromRules(cart, owned, barred, wanted.limit);
    const ruled = chosen.length;
    const fallback = this.#fillWithPopular(chosen, barred, owned, customer, wanted.limit);
    return {
      offers: chosen.map(({ product, score, reason }, n) => ({
        productId: product.code,
        kind: 'cross-sell',
        position: n + 1,
        score,
        pinned: false,
        reason,
        product,
      })),
      fallbackUsed: chosen.length > ruled,
      fallback: chosen.length > ruled ? fallback : undefined,
      unknownItems,
    };
  }

  /** What the customer has bought, the newest first. */
  #owned(customer: Customer | undefined, number: number): Set<number> {
    const owned = new Set<number>();
    for (const code of customer?.recentPurchases ?? []) {
      const item = this.model.itemCodes.indexOf(code);
      if (item >= 0) owned.add(item);
    }
    if (number >= 0) {
      const { offsets, items } = this.model.histories;
      for (let i = offsets[number]; i < offsets[number + 1]; i++) owned.add(items[i]);
    }
    return owned;
  }

  #fromRules(
    cart: readonly number[],
    owned: Set<number>,
    barred: ReadonlySet<number>,
    limit: number,
  ): Scored[] {
    const candidates = this.#candidates;
    const history = [...owned].filter((item) => !barred.has(item)).slice(0, historyLength);
    candidates.gather(cart, history);
    const { items } = candidates;
    items.sort((a, b) => candidates.score(b) - candidates.score(a) || a - b);
    const chosen: Scored[] = [];
    for (const item of items) {
      if (chosen.length === limit) break;
      // Bought already: a cross-sell shows what is new to the customer.
      if (barred.has(item) || owned.has(item)) continue;
      const product = this.#productOf(item);
      if (!product || unservable(product)) continue;
      chosen.push({
        item,
        product,
        score: candidates.score(item),
        reason: this.#ruleReason(candidates.bestRule(item)),
      });
    }
    return chosen;
  }

  #ruleReason(rule: number): Reason {
    const { antecedentOffsets, antecedentItems } = this.model.rules;
    const antecedent: Named[] = [];
    for (let i = antecedentOffsets[rule]; i < antecedentOffsets[rule + 1]; i++) {
      antecedent.push(this.#named(antecedentItems[i]));
    }
    return ruleReason(this.model.rules, rule, antecedent);
  }

  #named(item: number): Named {
    return this.#productOf(item) ?? { code: this.model.itemCodes.get(item), name: null };
  }

  /** Fills up to `limit` with popular products: the segment's where it has a list, then the shop's. */
  #fillWithPopular(
    chosen: Scored[],
    barred: ReadonlySet<number>,
    owned: ReadonlySet<number>,
    customer: number,
    limit: number,
  ): Offers['fallback'] {
    const { popular, customerSegment, segmentNames } = this.model;
    const segment = customer < 0 ? -1 : customerSegment[customer];
    const taken = new Set(chosen.map(({ item }) => item));
    const floor = chosen.at(-1)?.score ?? 1;
    let source: Offers['fallback'];
    for (const group of segment >= 0 ? [segment + 1, 0] : [0]) {
      const name = group > 0 ? segmentNames.get(segment) : undefined;
      const most = popular.counts[popular.offsets[group]];
      for (let i = popular.offsets[group]; i < popular.offsets[group + 1] && chosen.length < limit; i++) {
        const item = popular.items[i];
        if (barred.has(item) || taken.has(item) || owned.has(item)) continue;
        const product = this.#productOf(item);
        if (!product || unservable(product)) continue;
        source ??= name === undefined ? { source: 'shop' } : { source: 'segment', segment: name };
        taken.add(item);
        // Below whatever a rule proposes, in the list's own order.
        const score = (floor * popular.counts[i]) / (most + 1);
        chosen.push({ item, product, score, reason: popularReason(popular.counts[i], name) });
      }
    }
    return source;
  }
}
