import { repeatShares } from '../baskets/repeat-shares.ts';
import { plainScorer } from '../learn/trees/plain-scorer.ts';
import type { Model } from '../model/model.ts';
import type { MakeScorer } from '../ranking/offer-ranker.ts';
import type { Assortment } from './assortment.ts';
import { isPromoted } from './catalogue.ts';
import { CustomerMemories } from './customer-memory.ts';
import type { Offer, OfferCandidate, Offers } from './offer-candidate.ts';
import { type OfferKind, offerKinds } from './offer-kinds.ts';
import type { OfferQuestion, Proposed } from './offer-question.ts';
import type { OfferRequest } from './offer-request.ts';
import { type ChoiceContext, cartValueOf } from './policies/choice-context.ts';
import { OfferChooser } from './policies/offer-chooser.ts';
import { RuleIndex } from './rule-index.ts';
import { ruleTerms, terms } from './rule-terms.ts';
import { AgainSource } from './sources/again-source.ts';
import { BundleSource } from './sources/bundle-source.ts';
import { LearnedSource, type Signals } from './sources/learned-source.ts';
import { PopularSource } from './sources/popular-source.ts';
import { RuleSource } from './sources/rule-source.ts';
import { UpgradeSource } from './sources/upgrade-source.ts';
import { substitutesOf } from './substitutes.ts';
import type { UpgradeFinder } from './upgrades/upgrade-finder.ts';
import { Worth } from './worth.ts';

const msPerDay = 86_400_000;
/** Of offers that the learnt ranking may have made. */
const learnedCauses: ReadonlySet<string> = new Set(['ranking', 'lead', 'again']);

/**
 * Offers from one model and the live catalogue: sources propose candidates, each with how likely it is accepted; what that is worth to
 * the shop ranks them; policies and the placement's settings choose. Holds work arrays: one request at a time.
 */
export class Recommender {
  readonly model: Model;
  readonly #assortment: Assortment;
  readonly #terms: Uint8Array;
  readonly #memories: CustomerMemories;
  readonly #worth: Worth;
  readonly #chooser: OfferChooser<OfferCandidate>;
  readonly #learned: LearnedSource | undefined;
  readonly #rules: RuleSource;
  readonly #again = new AgainSource();
  readonly #bundles: BundleSource;
  readonly #popular: PopularSource;
  readonly #upgrades: UpgradeSource;
  readonly #repeatShares: Float32Array;
  /** The items that must not be offered hold the number of the current request: nothing to clear in between. */
  readonly #barred: Float64Array;
  #request = 0;

  /**
   * @param assortment of the items of the model
   * @param upgrades of the same
   * @param makeScorer what scores by learnt trees; plain code by default
   */
  constructor(
    model: Model,
    assortment: Assortment,
    upgrades: UpgradeFinder,
    makeScorer: MakeScorer = plainScorer,
  ) {
    const { rules, insights, ranking } = model;
    const itemCount = model.itemCounts.length;
    const substitutes = substitutesOf(insights.relations, itemCount);
    this.model = model;
    this.#assortment = assortment;
    this.#terms = ruleTerms(rules, insights.promotion, substitutes);
    const index = new RuleIndex(rules, itemCount, { terms: this.#terms, isShown: insights.tests.isShown });
    this.#memories = new CustomerMemories(model, index);
    this.#worth = new Worth(assortment, model.customers?.profit.rates);
    this.#chooser = new OfferChooser<OfferCandidate>(substitutes);
    this.#learned = ranking ? new LearnedSource(ranking, model.visits, makeScorer) : undefined;
    this.#rules = new RuleSource(index, (rule) => this.serves(rule));
    this.#bundles = new BundleSource(model, this.#worth);
    this.#popular = new PopularSource(model);
    this.#upgrades = new UpgradeSource(upgrades, this.#worth);
    this.#repeatShares = ranking?.world.calendar.again ?? repeatShares(model.purchases);
    this.#barred = new Float64Array(itemCount);
  }

  recommend(request: OfferRequest): Offers {
    const { limit = request.settings.limit } = request;
    const { question, excluded, unknownItems } = this.#questionOf(request, limit);
    const context = this.#contextOf(request, question, excluded);
    const candidates = this.#candidates(question, request);
    let choice = this.#chooser.choose(candidates, request.policies, context);
    let fallback: Offers['fallback'];
    if (choice.offers.length < limit && question.takes('cross-sell')) {
      const isProposed = new Set(candidates.map(({ item }) => item));
      const popular = this.#popularCandidates(question, isProposed, candidates);
      if (popular.length > 0) {
        choice = this.#chooser.choose([...candidates, ...popular], request.policies, context);
        fallback = fallbackOf(choice.offers);
      }
    }
    const offers = choice.offers.map((offer) => this.#accounted(offer, question));
    const { removed, skippedPins, empty } = choice;
    return { offers, fallback, unknownItems, removed, skippedPins, empty };
  }

  /** Each signal of a candidate that the learnt ranking proposed, and what it adds to the log-odds; undefined of any other. */
  signalsOf(request: OfferRequest, { item, cause }: OfferCandidate): Signals | undefined {
    if (!this.#learned || !learnedCauses.has(cause.by)) return undefined;
    const { question } = this.#questionOf(request, request.limit ?? request.settings.limit);
    return this.#learned.signalsOf(question, item);
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

  #questionOf(
    request: OfferRequest,
    limit: number,
  ): { question: OfferQuestion; excluded: number[]; unknownItems: string[] } {
    const { customer, now, settings, exclude, kinds: taken = offerKinds, explain } = request;
    const { cart, seen, unknownItems } = this.#itemsOf(request.cart);
    const excluded = exclude.map((code) => this.#assortment.numberOf(code)).filter((item) => item >= 0);
    this.#request++;
    for (const item of seen) this.#bar(item);
    for (const item of excluded) this.#bar(item);
    const question: OfferQuestion = {
      cart,
      seen,
      memory: customer && this.#memories.of(customer),
      today: Math.floor(now / msPerDay),
      limit,
      takes: (kind) => taken.includes(kind) && (settings.kinds[kind] ?? 0) > 0,
      // When each candidate is to be accounted for, none is passed over unnamed.
      admits: explain
        ? () => true
        : (item) => this.#barred[item] !== this.#request && this.#assortment.isSellable(item),
    };
    return { question, excluded, unknownItems };
  }

  #itemsOf(codes: readonly string[]): { cart: number[]; seen: number[]; unknownItems: string[] } {
    const cart: number[] = [];
    const seen: number[] = [];
    const unknownItems: string[] = [];
    for (const code of codes) {
      const item = this.#assortment.numberOf(code);
      if (item < 0 || item >= this.#assortment.known) unknownItems.push(code);
      if (item < 0 || seen.includes(item)) continue;
      seen.push(item);
      if (item < this.#assortment.known) cart.push(item);
    }
    return { cart, seen, unknownItems };
  }

  #contextOf(
    request: OfferRequest,
    { seen, memory, limit }: OfferQuestion,
    excluded: readonly number[],
  ): ChoiceContext<OfferCandidate> {
    const { placement, settings, kinds, now, segments, activity, explain } = request;
    const owns = (item: number): boolean => memory?.owns(item) ?? false;
    return {
      placement,
      settings,
      limit,
      kinds,
      now,
      cart: seen,
      cartValue: request.cartValue ?? cartValueOf(seen.map((item) => this.#assortment.product(item)?.price)),
      excluded,
      segments,
      owns,
      repeatShare: (item) => this.#repeatShares[item] ?? 0,
      activity,
      candidateFor: (code) => this.#pinned(code, owns, settings),
      explain,
    };
  }

  /** What the learnt ranking proposes, or else what rules and habits do; and whatever is of another kind. */
  #candidates(question: OfferQuestion, { settings }: OfferRequest): OfferCandidate[] {
    const candidates: OfferCandidate[] = [];
    const add = (proposed: Proposed): void => {
      const candidate = this.#candidate(proposed, settings);
      if (candidate) candidates.push(candidate);
    };
    const learned = this.#learned?.propose(question) ?? [];
    if (learned.length > 0) {
      for (const proposed of learned) if (question.takes(proposed.kind)) add(proposed);
    } else {
      if (question.takes('cross-sell')) this.#rules.propose(question).forEach(add);
      this.#again.propose(question).forEach(add);
    }
    this.#bundles.propose(question).forEach(add);
    this.#upgrades.propose(question).forEach(add);
    return candidates;
  }

  #candidate(
    { item, kind, probability, cause, gain, added, place }: Proposed,
    settings: OfferRequest['settings'],
  ): OfferCandidate | undefined {
    const product = this.#assortment.product(item);
    if (!product) return undefined;
    const value = this.#worth.valueOf(probability, gain ?? this.#worth.gainOf(item), settings);
    return { item, product, kind, probability, value, cause, added, place };
  }

  /** Below whatever else is proposed, in each list's own order. */
  #popularCandidates(
    question: OfferQuestion,
    isProposed: ReadonlySet<number>,
    others: readonly OfferCandidate[],
  ): OfferCandidate[] {
    const { proposed, places } = this.#popular.propose(question, (item) => isProposed.has(item));
    let ceiling = 1;
    let likeliest = 1;
    for (const { value, probability } of others) {
      if (value > 0) ceiling = Math.min(ceiling, value);
      likeliest = Math.min(likeliest, probability);
    }
    return proposed.map(({ item, kind, probability, cause }, n) => ({
      item,
      product: this.#assortment.product(item)!,
      kind,
      probability: Math.min(probability, likeliest),
      value: ceiling * places[n],
      cause,
      place: n,
    }));
  }

  #pinned(
    code: string,
    owns: (item: number) => boolean,
    settings: OfferRequest['settings'],
  ): OfferCandidate | undefined {
    const item = this.#assortment.numberOf(code);
    if (item < 0) return undefined;
    const kind: OfferKind = owns(item) ? 'buy-again' : 'cross-sell';
    const { itemCounts, rules } = this.model;
    const probability = (itemCounts[item] ?? 0) / Math.max(1, rules.transactionCount);
    return this.#candidate({ item, kind, probability, cause: { by: 'pin' } }, settings);
  }

  /** With what leads to it, which is not looked for before it is chosen. */
  #accounted(offer: Offer, question: OfferQuestion): Offer {
    const { candidate } = offer;
    if (candidate.cause.by !== 'ranking') return offer;
    return { ...offer, candidate: { ...candidate, cause: this.#learned!.causeOf(question, candidate) } };
  }

  #isPromoted(item: number): boolean {
    const product = this.#assortment.product(item);
    return product !== undefined && isPromoted(product);
  }

  #bar(item: number): void {
    if (item < this.#barred.length) this.#barred[item] = this.#request;
  }
}

/** The list that the first of the offers that are popular is from. */
function fallbackOf(offers: readonly Offer[]): Offers['fallback'] {
  for (const { candidate } of offers) {
    if (candidate.cause.by !== 'popular') continue;
    const { segment } = candidate.cause;
    return segment === undefined ? { source: 'shop' } : { source: 'segment', segment };
  }
  return undefined;
}
