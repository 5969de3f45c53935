import { type Lead, leadTo } from '../ranking/leads.ts';
import type { Ranking } from '../ranking/learn-ranking.ts';
import { type MakeScorer, OfferRanker } from '../ranking/offer-ranker.ts';
import { lastSaleDay } from '../ranking/sales-calendar.ts';
import { guest, type Shopper } from '../ranking/shopper.ts';
import type { CustomerMemory } from './customer-memory.ts';

/** An item that the learnt ranking proposes. */
export interface LearnedProposal {
  readonly item: number;
  /** How likely it is bought, 0 … 1. */
  readonly probability: number;
  /** What most of all leads there; undefined where it is how it sells. */
  readonly lead: Lead | undefined;
}

/**
 * So many days after the newest sale a model knows nothing any more of how things sell: it is asked as if it were that day. What is
 * bought meanwhile by the customer counts all the same.
 */
const daysTrusted = 7;
/** Proposals kept of a customer who comes without a cart: a page, with some to spare for what cannot be sold. */
const proposalsKept = 40;
const nothing: readonly LearnedProposal[] = [];

/** Proposes by the learnt ranking what is new to the customer. Holds work arrays: one request at a time. */
export class LearnedProposals {
  readonly #ranking: Ranking;
  readonly #ranker: OfferRanker;
  readonly #lastDay: number;
  readonly #visits = new WeakMap<CustomerMemory, { day: number; proposals: readonly LearnedProposal[] }>();

  constructor(ranking: Ranking, makeScorer: MakeScorer) {
    this.#ranking = ranking;
    this.#ranker = new OfferRanker(ranking, makeScorer);
    this.#lastDay = lastSaleDay(ranking.world.calendar);
  }

  /**
   * The best first. Whoever comes with an empty cart is remembered: ask whether a product can be sold afterwards.
   *
   * @param cart item numbers, each once
   * @param memory of the customer; undefined for a guest
   * @param today days since 1970-01-01
   * @param admits is asked for a cart alone
   */
  propose(
    cart: readonly number[],
    memory: CustomerMemory | undefined,
    today: number,
    admits: (item: number) => boolean,
  ): readonly LearnedProposal[] {
    const day = Math.min(today, this.#lastDay + daysTrusted);
    if (cart.length > 0)
      return this.#ranked({ ...(memory?.bought ?? guest([], 0)), cart, today: day }, admits);
    if (!memory || memory.bought.days.length === 0) return nothing;
    const known = this.#visits.get(memory);
    if (known?.day === day) return known.proposals;
    const isNew = (item: number): boolean => !memory.owns(item);
    const proposals = this.#ranked({ ...memory.bought, cart, today: day }, isNew);
    this.#visits.set(memory, { day, proposals });
    return proposals;
  }

  #ranked(shopper: Shopper, admits: (item: number) => boolean): LearnedProposal[] {
    const count = Math.min(this.#ranker.rank(shopper, admits, sizes), proposalsKept);
    const { items, probabilities } = this.#ranker.ranked;
    return Array.from({ length: count }, (_, n) => ({
      item: items[n],
      probability: probabilities[n],
      lead: leadTo(this.#ranking.world, shopper, items[n]),
    }));
  }
}

/** What is owned is never proposed. */
const sizes = { owned: 0, fresh: 60 };
