import { CandidateRows } from '../../ranking/candidate-rows.ts';
import { contributionsOf } from '../../ranking/contributions.ts';
import { type CustomerRankings, visitKept, visitSizes } from '../../ranking/customer-rankings.ts';
import { LeadFinder } from '../../ranking/lead-finder.ts';
import type { OfferRanker } from '../../ranking/offer-ranker.ts';
import { rankerOf } from '../../ranking/ranker-of.ts';
import type { Ranking } from '../../ranking/ranking.ts';
import type { MakeScorer } from '../../ranking/row-scorer.ts';
import { lastSaleDay } from '../../ranking/sales-calendar.ts';
import { guest, type Shopper } from '../../ranking/shopper.ts';
import type { ShortlistSizes } from '../../ranking/shortlist.ts';
import { type SignalName, signalCount, signalNames } from '../../ranking/signal-names.ts';
import type { Cause } from '../cause.ts';
import type { CustomerMemory } from '../customer-memory.ts';
import { habitOf } from '../habits.ts';
import type { OfferQuestion, Proposed } from '../offer-question.ts';

/**
 * So many days after the newest sale a model knows nothing any more of how things sell: it is asked as if it were that day. What is
 * bought meanwhile by the customer counts all the same.
 */
const daysTrusted = 7;
const cartSizes: ShortlistSizes = { owned: 30, fresh: 48 };

/** How many more than fit are proposed of those: policies may remove some, and money rank them otherwise. */
const spare = { owned: 8, fresh: 24 };

const nothing: readonly Proposed[] = [];
const nobody = guest([], 0);
/** Until it is asked for, what leads to an item is not looked for. */
const byRanking: Cause = { by: 'ranking' };

/** What was proposed to a customer who came without a cart. */
interface Visit {
  readonly day: number;
  readonly proposed: readonly Proposed[];
  readonly causes: Map<number, Cause>;
}

/** By name: the value, NaN where it has no meaning, and what it adds to the log-odds. */
export type Signals = Readonly<Record<SignalName, { readonly value: number; readonly contribution: number }>>;

/** Proposes by the learnt ranking. Holds work arrays: one request at a time. */
export class LearnedSource {
  readonly #ranking: Ranking;
  readonly #stored: CustomerRankings | null;
  readonly #ranker: OfferRanker;
  readonly #leads: LeadFinder;
  readonly #lastDay: number;
  /** For who wants to know how an offer came about. */
  #tracing: CandidateRows | undefined;
  readonly #visits = new WeakMap<CustomerMemory, Visit>();
  /** Who asked last, and whose leads were looked for last: of one request there are several questions. */
  #question: OfferQuestion | undefined;
  #shopper: Shopper = nobody;
  #led: Shopper | undefined;

  /** @param stored what was worked out already for customers without a cart */
  constructor(ranking: Ranking, stored: CustomerRankings | null, makeScorer: MakeScorer) {
    this.#ranking = ranking;
    this.#stored = stored;
    this.#ranker = rankerOf(ranking, makeScorer);
    this.#leads = new LeadFinder(ranking.world);
    this.#lastDay = lastSaleDay(ranking.world.calendar);
  }

  /**
   * In no order; nothing where nothing was learnt for such a question. Whoever comes with an empty cart is remembered, so
   * that some of it may not be admitted now, or be of a kind that is not wanted.
   */
  propose(question: OfferQuestion): readonly Proposed[] {
    const { cart, memory, takes, admits, limit } = question;
    if (cart.length === 0) return memory ? this.#visit(memory, this.#dayOf(question)).proposed : nothing;
    const sizes = memory && takes('buy-again') ? cartSizes : { ...cartSizes, owned: 0 };
    const most = { owned: limit + spare.owned, fresh: limit + spare.fresh };
    return this.#ranked(this.#shopperOf(question), admits, sizes, most);
  }

  /** Why an item was proposed: the customer's habit, or what leads there most surely. */
  causeOf(question: OfferQuestion, { item, kind }: Pick<Proposed, 'item' | 'kind'>): Cause {
    const { cart, memory } = question;
    const causes =
      cart.length === 0 && memory ? this.#visit(memory, this.#dayOf(question)).causes : undefined;
    const known = causes?.get(item);
    if (known) return known;
    const cause = this.#findCause(this.#shopperOf(question), item, kind === 'buy-again');
    causes?.set(item, cause);
    return cause;
  }

  /** Each signal of an item, and what it adds to the log-odds that it is accepted; undefined where it is not considered. */
  signalsOf(question: OfferQuestion, item: number): Signals | undefined {
    this.#tracing ??= new CandidateRows(this.#ranking.world);
    const { items, rows } = this.#tracing;
    const count = this.#tracing.fill(this.#shopperOf(question), visitSizes, () => true);
    const row = items.subarray(0, count).indexOf(item);
    if (row < 0) return undefined;
    const kind = question.cart.length > 0 ? 'cart' : 'visit';
    const contributions = contributionsOf(this.#ranking, kind, rows, row);
    if (!contributions) return undefined;
    return Object.fromEntries(
      signalNames.map((name, n) => [
        name,
        { value: rows[row * signalCount + n], contribution: contributions[n] },
      ]),
    ) as Signals;
  }

  #findCause(shopper: Shopper, item: number, isAgain: boolean): Cause {
    if (isAgain) return { by: 'again', habit: habitOf(shopper, item, shopper.today) };
    if (this.#led !== shopper) this.#leads.begin(shopper);
    this.#led = shopper;
    const lead = this.#leads.leadTo(item);
    return lead ? { by: 'lead', lead } : byRanking;
  }

  #visit(memory: CustomerMemory, day: number): Visit {
    const known = this.#visits.get(memory);
    if (known?.day === day) return known;
    const proposed = this.#storedVisit(memory, day) ?? this.#rankVisit(memory, day);
    const visit = { day, proposed, causes: new Map<number, Cause>() };
    this.#visits.set(memory, visit);
    return visit;
  }

  /** What was worked out when the model was made: of who has bought nothing since, on the day that it was worked out for. */
  #storedVisit({ number, recentPurchases }: CustomerMemory, day: number): Proposed[] | undefined {
    const stored = this.#stored;
    if (!stored || stored.day !== day || number < 0 || recentPurchases.length > 0) return undefined;
    const { offsets, items, probabilities, ownedCounts } = stored;
    const start = offsets[number];
    const fresh = start + ownedCounts[number];
    const proposed: Proposed[] = [];
    for (let at = start; at < offsets[number + 1]; at++) {
      const kind = at < fresh ? 'buy-again' : 'cross-sell';
      proposed.push({ item: items[at], kind, probability: probabilities[at], cause: byRanking });
    }
    return proposed;
  }

  #rankVisit({ bought }: CustomerMemory, day: number): readonly Proposed[] {
    if (bought.days.length === 0) return nothing;
    return this.#ranked({ ...bought, cart: [], today: day }, () => true, visitSizes, visitKept);
  }

  #ranked(
    shopper: Shopper,
    admits: (item: number) => boolean,
    sizes: ShortlistSizes,
    most: ShortlistSizes,
  ): Proposed[] {
    const count = this.#ranker.rank(shopper, admits, sizes);
    const { items, probabilities, isOwned } = this.#ranker.ranked;
    const proposed: Proposed[] = [];
    const room = { ...most };
    for (let n = 0; n < count; n++) {
      const side = isOwned[n] === 1 ? 'owned' : 'fresh';
      if (room[side] === 0) continue;
      room[side]--;
      const kind = side === 'owned' ? 'buy-again' : 'cross-sell';
      proposed.push({ item: items[n], kind, probability: probabilities[n], cause: byRanking });
    }
    return proposed;
  }

  #shopperOf(question: OfferQuestion): Shopper {
    if (this.#question === question) return this.#shopper;
    const { cart, memory } = question;
    const { items, starts, days } = memory?.bought ?? nobody;
    this.#question = question;
    this.#shopper = { items, starts, days, cart, today: this.#dayOf(question) };
    return this.#shopper;
  }

  #dayOf({ today }: OfferQuestion): number {
    return Math.min(today, this.#lastDay + daysTrusted);
  }
}
