import { plainScorer } from '../learn/trees/plain-scorer.ts';
import type { Model } from '../model/model.ts';
import type { Lead } from '../ranking/leads.ts';
import type { MakeScorer } from '../ranking/offer-ranker.ts';
import { basketsSold, soldOfLate } from '../ranking/sales-calendar.ts';
import { isPromoted, type Product, unservable } from './catalogue.ts';
import { type Customer, CustomerMemories, type CustomerMemory } from './customer-memory.ts';
import { leadReason, type Named, popularReason, type Reason, ruleReason, sellingReason } from './explain.ts';
import { LearnedProposals } from './learned-proposals.ts';
import { type Proposal, type Proposing, RuleIndex } from './rule-index.ts';
import { ruleTerms, terms } from './rule-terms.ts';
import { type Substitutes, substitutesOf } from './substitutes.ts';

export interface Wanted {
  /** Product codes in the cart, or on the page. */
  readonly cart: readonly string[];
  readonly customer?: Customer;
  /** Product codes that must not be offered. */
  readonly exclude: readonly string[];
  readonly limit: number;
  /** The day of the request, since 1970-01-01; that after the newest purchase by default. */
  readonly today?: number;
}

/** What put an offer there: a rule by its number, what leads to it by the learnt ranking, or a place on a popularity list. */
export type Cause =
  | { readonly rule: number; readonly lead?: undefined; readonly isRanked?: undefined }
  | { readonly rule?: undefined; readonly lead: Lead; readonly isRanked?: undefined }
  /** By the learnt ranking, with nothing that leads there more than to others. */
  | { readonly rule?: undefined; readonly lead?: undefined; readonly isRanked: true }
  | {
      readonly rule?: undefined;
      readonly lead?: undefined;
      readonly isRanked?: undefined;
      readonly orders: number;
      readonly segment: string | undefined;
    };

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

/** The days of which is told how something sells. */
const sellingDays = 28;

/** What a rule is worth when bought items fire it, against 1 when the cart does. */
const historyWeight = 0.5;

/**
 * Ranks offers from one model and the live catalogue, none of them a substitute of something in the cart or of a better offer.
 * Holds work arrays: one request at a time.
 */
export class Recommender {
  readonly model: Model;
  readonly #index: RuleIndex;
  readonly #terms: Uint8Array;
  readonly #substitutes: Substitutes;
  readonly #productOf: (item: number) => Product | undefined;
  /** The items that must not be offered hold the number of the current request: nothing to clear in between. */
  readonly #barred: Float64Array;
  readonly #memories: CustomerMemories;
  readonly #learned: LearnedProposals | undefined;
  readonly #holds = (rule: number): boolean => this.serves(rule);
  #request = 0;

  /**
   * @param productOf the live product of an item number
   * @param makeScorer what scores by learnt trees; plain code by default
   */
  constructor(
    model: Model,
    productOf: (item: number) => Product | undefined,
    makeScorer: MakeScorer = plainScorer,
  ) {
    this.model = model;
    this.#productOf = productOf;
    const { rules, insights } = model;
    const itemCount = model.itemCounts.length;
    this.#substitutes = substitutesOf(insights.relations, itemCount);
    this.#terms = ruleTerms(rules, insights.promotion, this.#substitutes);
    this.#index = new RuleIndex(rules, itemCount, { terms: this.#terms, isShown: insights.tests.isShown });
    this.#barred = new Float64Array(itemCount);
    this.#memories = new CustomerMemories(model, this.#index);
    this.#learned = model.ranking ? new LearnedProposals(model.ranking, makeScorer) : undefined;
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
    // Not before the cart is read: it may hold substitutes itself.
    for (const item of cart) this.#barSubstitutes(item);
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
    const holds = this.#holds;
    const learned = this.#byRanking(cart, memory, wanted.today ?? Number.POSITIVE_INFINITY, limit, admits);
    const offers =
      learned ??
      this.#propose({ cart, history, historyWeight, limit, admits, holds, remembered }).map(
        ({ item, rule, score }): Offer => {
          // Admitted, so it has a product.
          return { item, product: this.#productOf(item)!, kind: 'cross-sell', score, cause: { rule } };
        },
      );
    const fallback = this.#fillWithPopular(offers, memory?.number ?? -1, limit, admits);
    return { offers, fallback, unknownItems };
  }

  /** Why an offer was made. */
  explain({ cause, item }: Offer): Reason {
    if (cause.lead)
      return leadReason(
        cause.lead,
        this.#named(cause.lead.from),
        basketsSold(this.model.ranking!.world.calendar),
      );
    if (cause.isRanked)
      return sellingReason(soldOfLate(this.model.ranking!.world.calendar, item, sellingDays));
    if (cause.rule === undefined) return popularReason(cause.orders, cause.segment);
    const { antecedentOffsets, antecedentItems } = this.model.rules;
    const antecedent: Named[] = [];
    for (let i = antecedentOffsets[cause.rule]; i < antecedentOffsets[cause.rule + 1]; i++) {
      const item = antecedentItems[i];
      antecedent.push(this.#named(item));
    }
    return ruleReason(this.model.rules, cause.rule, antecedent);
  }

  /** Whether a rule may be served now: not one of substitutes, nor one of a promotion outside of it. */
  serves(rule: number): boolean {
    if (this.#terms[rule] !== terms.inPromotion) return this.#terms[rule] === terms.always;
    const { antecedentOffsets, antecedentItems, consequent } = this.model.rules;
    if (this.#isPromoted(consequent[rule])) return true;
    for (let i = antecedentOffsets[rule]; i < antecedentOffsets[rule + 1]; i++) {
      if (this.#isPromoted(antecedentItems[i])) return true;
    }
    return false;
  }

  #named(item: number): Named {
    return this.#productOf(item) ?? { code: this.model.itemCodes.get(item), name: null };
  }

  /** What the learnt ranking proposes, no two of them substitutes; undefined where nothing was learnt for such a request. */
  #byRanking(
    cart: readonly number[],
    memory: CustomerMemory | undefined,
    today: number,
    limit: number,
    admits: (item: number) => boolean,
  ): Offer[] | undefined {
    const proposals = this.#learned?.propose(cart, memory, today, admits);
    if (!proposals || proposals.length === 0) return undefined;
    const offers: Offer[] = [];
    for (const { item, probability, lead } of proposals) {
      if (offers.length === limit) break;
      if (!admits(item)) continue;
      this.#barSubstitutes(item);
      const cause: Cause = lead ? { lead } : { isRanked: true };
      offers.push({ item, product: this.#productOf(item)!, kind: 'cross-sell', score: probability, cause });
    }
    return offers;
  }

  #isPromoted(item: number): boolean {
    const product = this.#productOf(item);
    return product !== undefined && isPromoted(product);
  }

  /** The best proposals of which no two are substitutes: of two the better one stays. */
  #propose(proposing: Proposing): Proposal[] {
    for (;;) {
      const proposals = this.#index.propose(proposing);
      let isClean = true;
      for (const { item } of proposals) {
        if (this.#barred[item] === this.#request) isClean = false;
        else this.#barSubstitutes(item);
      }
      // What is barred now makes room for what comes next; each time round at least one more has come to stay.
      if (isClean) return proposals;
    }
  }

  #barSubstitutes(item: number): void {
    const { offsets, items } = this.#substitutes;
    for (let i = offsets[item]; i < offsets[item + 1]; i++) this.#barred[items[i]] = this.#request;
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
        this.#barSubstitutes(item);
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
