import { repeatShares } from '../baskets/repeat-shares.ts';
import { leavingOverPrice } from '../churn/outlook/leaving-over-price.ts';
import { plainScorer } from '../learn/trees/plain-scorer.ts';
import type { Model } from '../model/model.ts';
import type { MakeScorer } from '../ranking/row-scorer.ts';
import type { Assortment } from './assortment.ts';
import { CandidateSources } from './candidate-sources.ts';
import { CustomerMemories, customersRemembered } from './customer-memory.ts';
import { LiveRules } from './live-rules.ts';
import type { Offer, OfferCandidate, Offers } from './offer-candidate.ts';
import { offerKinds } from './offer-kinds.ts';
import type { OfferQuestion } from './offer-question.ts';
import type { OfferRequest } from './offer-request.ts';
import { type ChoiceContext, cartValueOf } from './policies/choice-context.ts';
import { OfferChooser } from './policies/offer-chooser.ts';
import type { Signals } from './sources/learned-source.ts';
import { substitutesOf } from './substitutes.ts';
import type { UpgradeFinder } from './upgrades/upgrade-finder.ts';

const msPerDay = 86_400_000;

/** A request in item numbers. */
interface Read {
  readonly question: OfferQuestion;
  readonly excluded: readonly number[];
  readonly unknownItems: readonly string[];
}

/**
 * Offers from one model and the live catalogue: sources propose candidates, each with how likely it is accepted; what that is worth to
 * the shop ranks them; policies and the placement's settings choose. Holds work arrays: one request at a time.
 */
export class Recommender {
  readonly model: Model;
  readonly #assortment: Assortment;
  readonly #rules: LiveRules;
  readonly #memories: CustomerMemories;
  readonly #sources: CandidateSources;
  readonly #chooser: OfferChooser<OfferCandidate>;
  readonly #repeatShares: Float32Array;
  /** By customer; of nobody where nobody has studied who leaves. */
  readonly #leavingOverPrice: Uint8Array;
  /** The items that must not be offered hold the number of the current request: nothing to clear in between. */
  readonly #barred: Float64Array;
  #request = 0;

  /**
   * @param assortment of the items of the model
   * @param upgrades of the same
   * @param makeScorer what scores by learnt trees; plain code by default
   * @param customersKept how many customers are remembered from one request to the next
   */
  constructor(
    model: Model,
    assortment: Assortment,
    upgrades: UpgradeFinder,
    makeScorer: MakeScorer = plainScorer,
    customersKept = customersRemembered,
  ) {
    const itemCount = model.itemCounts.length;
    const substitutes = substitutesOf(model.insights.relations, itemCount);
    this.model = model;
    this.#assortment = assortment;
    this.#rules = new LiveRules(model, assortment, substitutes);
    this.#memories = new CustomerMemories(model, this.#rules.index, customersKept);
    this.#sources = new CandidateSources(model, assortment, this.#rules, upgrades, makeScorer);
    this.#chooser = new OfferChooser<OfferCandidate>(substitutes);
    this.#repeatShares = model.ranking?.world.calendar.again ?? repeatShares(model.purchases);
    this.#leavingOverPrice = model.churn ? leavingOverPrice(model.churn) : new Uint8Array(0);
    this.#barred = new Float64Array(itemCount);
  }

  /** Lets go of what was worked out for a customer. */
  forgetCustomer(code: string): void {
    this.#memories.forget(code);
  }

  recommend(request: OfferRequest): Offers {
    const { settings, policies, explain } = request;
    const { question, excluded, unknownItems } = this.#read(request);
    const context = this.#contextOf(request, question, excluded);
    const candidates = this.#sources.candidates(question, settings);
    if (explain) candidates.push(...this.#passedOver(question, settings, candidates));
    let choice = this.#chooser.choose(candidates, policies, context);
    let fallback: Offers['fallback'];
    if (choice.offers.length < question.limit && question.takes('cross-sell')) {
      const popular = this.#sources.popular(question, candidates);
      if (popular.length > 0) {
        choice = this.#chooser.choose([...candidates, ...popular], policies, context);
        fallback = fallbackOf(choice.offers);
      }
    }
    const { removed, skippedPins, empty } = choice;
    const offers = choice.offers.map((offer): Offer => {
      const { candidate } = offer;
      const cause = this.#sources.causeOf(question, candidate);
      return cause === candidate.cause ? offer : { ...offer, candidate: { ...candidate, cause } };
    });
    return { offers, fallback, unknownItems, removed, skippedPins, empty };
  }

  /** Each signal of a candidate that the learnt ranking proposed, and what it adds to the log-odds; undefined of any other. */
  signalsOf(request: OfferRequest, candidate: OfferCandidate): Signals | undefined {
    return this.#sources.signalsOf(this.#read(request).question, candidate);
  }

  /** Whether a rule may be served now: not one of substitutes, nor one of a promotion outside of it. */
  serves(rule: number): boolean {
    return this.#rules.serves(rule);
  }

  #read(request: OfferRequest): Read {
    const { customer, now, settings, exclude, limit = settings.limit, kinds: taken = offerKinds } = request;
    const { cart, seen, unknownItems } = this.#itemsOf(request.cart);
    const excluded = exclude.map((code) => this.#assortment.numberOf(code)).filter((item) => item >= 0);
    this.#request++;
    for (const item of seen) this.#bar(item);
    for (const item of excluded) this.#bar(item);
    const question: OfferQuestion = {
      placement: request.placement,
      cart,
      seen,
      memory: customer && this.#memories.of(customer),
      today: Math.floor(now / msPerDay),
      limit,
      takes: (kind) => taken.includes(kind) && (settings.kinds[kind] ?? 0) > 0,
      admits: (item) => this.#barred[item] !== this.#request && this.#assortment.isSellable(item),
    };
    return { question, excluded, unknownItems };
  }

  #itemsOf(codes: readonly string[]): { cart: number[]; seen: number[]; unknownItems: string[] } {
    const cart: number[] = [];
    const seen: number[] = [];
    const unknownItems: string[] = [];
    for (const code of codes) {
      const item = this.#assortment.numberOf(code);
      const isKnown = item >= 0 && item < this.#assortment.known;
      if (!isKnown) unknownItems.push(code);
      if (item < 0 || seen.includes(item)) continue;
      seen.push(item);
      if (isKnown) cart.push(item);
    }
    return { cart, seen, unknownItems };
  }

  #contextOf(
    request: OfferRequest,
    question: OfferQuestion,
    excluded: readonly number[],
  ): ChoiceContext<OfferCandidate> {
    const { placement, settings, kinds, now, segments, activity, explain } = request;
    const { seen, memory, limit } = question;
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
      owns: (item) => memory?.owns(item) ?? false,
      repeatShare: (item) => this.#repeatShares[item] ?? 0,
      leavingOverPrice: (memory && this.#leavingOverPrice[memory.number]) ?? 0,
      activity,
      candidateFor: (code) => this.#sources.pinned(code, question, settings),
      explain,
    };
  }

  /** What was not even proposed because it may not be offered: whoever wants an account of all candidates is told of it as well. */
  #passedOver(
    question: OfferQuestion,
    settings: OfferRequest['settings'],
    proposed: readonly OfferCandidate[],
  ): OfferCandidate[] {
    const known = new Set(proposed.map(({ item, kind }) => `${item} ${kind}`));
    return this.#sources
      .candidates({ ...question, admits: () => true }, settings)
      .filter(({ item, kind }) => !question.admits(item) && !known.has(`${item} ${kind}`));
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
