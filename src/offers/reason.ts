import type { Model } from '../model/model.ts';
import { basketsSold, soldOfLate } from '../ranking/sales-calendar.ts';
import { confidence, lift, support } from '../rules/measures/support-confidence-lift.ts';
import type { Assortment } from './assortment.ts';
import type { Cause } from './cause.ts';
import type { OfferCandidate } from './offer-candidate.ts';

/** What the words of a reason are chosen by. */
export const reasonKeys = [
  'goes-with-one',
  'goes-with-several',
  'of-kind',
  'bought-next',
  'bought-by-same',
  'selling',
  'popular',
  'popular-in-segment',
  'habit',
  'habit-once',
  'upgrade',
  'upgrade-alike',
  'bundle',
  'alike',
  'chosen',
] as const;
export type ReasonKey = (typeof reasonKeys)[number];

export interface Named {
  readonly code: string;
  readonly name: string | null;
}

/** Why something is offered: what to put into words for the customer, and figures for the analyst. */
export interface Reason {
  readonly key: ReasonKey;
  /** The products it rests on. */
  readonly because: readonly Named[];
  readonly support?: number;
  readonly confidence?: number;
  readonly lift?: number;
  /** Recent orders with the product, where popularity is the reason; those with the whole bundle, where that is. */
  readonly orders?: number;
  readonly segment?: string;
  /** On how many days the customer bought it, how many days lie between, in the mean, and since the last. */
  readonly times?: number;
  readonly everyDays?: number;
  readonly sinceDays?: number;
  /** Customers who bought one of these and later the better one. */
  readonly customers?: number;
}

/** The days of which is told how something sells. */
const sellingDays = 28;

/** Finds out what to say of offers of one model. */
export class Reasons {
  readonly #model: Model;
  readonly #assortment: Assortment;

  constructor(model: Model, assortment: Assortment) {
    this.#model = model;
    this.#assortment = assortment;
  }

  of({ cause, item }: Pick<OfferCandidate, 'cause' | 'item'>): Reason {
    switch (cause.by) {
      case 'rule':
        return this.#ofRule(cause.rule);
      case 'lead':
        return this.#ofLead(cause);
      case 'ranking': {
        const { calendar } = this.#model.ranking!.world;
        return { key: 'selling', because: [], orders: soldOfLate(calendar, item, sellingDays) };
      }
      case 'popular': {
        const { orders, segment } = cause;
        if (segment === undefined) return { key: 'popular', because: [], orders };
        return { key: 'popular-in-segment', because: [], orders, segment };
      }
      case 'again': {
        const { times, every, since } = cause.habit;
        const figures = { because: [], times, sinceDays: since };
        return times > 1 ? { key: 'habit', ...figures, everyDays: every } : { key: 'habit-once', ...figures };
      }
      case 'upgrade': {
        const because = [this.#named(cause.of)];
        if (cause.steppedUp === 0) return { key: 'upgrade-alike', because };
        const share = cause.steppedUp / cause.buyers;
        return { key: 'upgrade', because, customers: cause.steppedUp, confidence: share };
      }
      case 'bundle': {
        const because = cause.items.filter((other) => other !== item).map((other) => this.#named(other));
        return { key: 'bundle', because, confidence: cause.confidence, orders: cause.baskets };
      }
      case 'category':
        return { key: 'of-kind', because: [this.#named(cause.from)], confidence: cause.confidence };
      case 'alike':
        return { key: 'alike', because: [this.#named(cause.to)] };
      case 'pin':
        return { key: 'chosen', because: [] };
    }
  }

  #ofRule(rule: number): Reason {
    const { rules } = this.#model;
    const { antecedentOffsets, antecedentItems, supportCount, antecedentCount, consequentCount } = rules;
    const antecedent = antecedentItems.subarray(antecedentOffsets[rule], antecedentOffsets[rule + 1]);
    const count = supportCount[rule];
    return {
      key: antecedent.length > 1 ? 'goes-with-several' : 'goes-with-one',
      because: Array.from(antecedent, (item) => this.#named(item)),
      support: support(count, rules.transactionCount),
      confidence: confidence(count, antecedentCount[rule]),
      lift: lift(count, antecedentCount[rule], consequentCount[rule], rules.transactionCount),
    };
  }

  #ofLead({ lead }: Extract<Cause, { by: 'lead' }>): Reason {
    const { kind, both, left, right, confidence: sure } = lead;
    const because = [this.#named(lead.from)];
    if (kind === 'next') return { key: 'bought-next', because, confidence: sure };
    if (kind === 'fellows') return { key: 'bought-by-same', because, confidence: sure };
    const baskets = basketsSold(this.#model.ranking!.world.calendar);
    return {
      key: 'goes-with-one',
      because,
      support: support(both, baskets),
      confidence: sure,
      lift: lift(both, left, right, baskets),
    };
  }

  #named(item: number): Named {
    const { code, name } = this.#assortment.product(item) ?? {
      code: this.#assortment.codeOf(item),
      name: null,
    };
    return { code, name };
  }
}
