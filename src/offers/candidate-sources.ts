import type { Model } from '../model/model.ts';
import { acceptance } from '../ranking/acceptance.ts';
import type { MakeScorer } from '../ranking/row-scorer.ts';
import type { Assortment } from './assortment.ts';
import type { Cause } from './cause.ts';
import type { LiveRules } from './live-rules.ts';
import type { OfferCandidate } from './offer-candidate.ts';
import type { OfferQuestion, Proposed } from './offer-question.ts';
import type { PlacementSettings } from './placements.ts';
import { AgainSource } from './sources/again-source.ts';
import { BundleSource } from './sources/bundle-source.ts';
import { CategorySource } from './sources/category-source.ts';
import { LearnedSource, type Signals } from './sources/learned-source.ts';
import { NewcomerSource } from './sources/newcomer-source.ts';
import { PopularSource } from './sources/popular-source.ts';
import { RuleSource } from './sources/rule-source.ts';
import { UpgradeSource } from './sources/upgrade-source.ts';
import type { UpgradeFinder } from './upgrades/upgrade-finder.ts';
import { type Valuation, Worth } from './worth.ts';

/** Of offers that the learnt ranking may have made. */
const learnedCauses: ReadonlySet<string> = new Set(['ranking', 'lead', 'again']);

/** All that proposes offers from one model and the live catalogue. Holds work arrays: one request at a time. */
export class CandidateSources {
  readonly #model: Model;
  readonly #assortment: Assortment;
  readonly #worth: Worth;
  readonly #learned: LearnedSource | undefined;
  readonly #rules: RuleSource;
  readonly #again = new AgainSource();
  readonly #categories: CategorySource;
  readonly #bundles: BundleSource;
  readonly #newcomers: NewcomerSource;
  readonly #upgrades: UpgradeSource;
  readonly #popular: PopularSource;
  /** By item of the model: how likely it is accepted alone, of the request; 0 of what is not proposed. */
  readonly #chances: Float64Array;

  /** @param makeScorer what scores by learnt trees */
  constructor(
    model: Model,
    assortment: Assortment,
    rules: LiveRules,
    upgrades: UpgradeFinder,
    makeScorer: MakeScorer,
  ) {
    this.#model = model;
    this.#assortment = assortment;
    this.#worth = new Worth(assortment, model.customers?.profit.rates);
    this.#learned = model.ranking ? new LearnedSource(model.ranking, model.visits, makeScorer) : undefined;
    this.#rules = new RuleSource(rules.index, (rule) => rules.serves(rule));
    this.#categories = new CategorySource(model);
    this.#bundles = new BundleSource(model, this.#worth);
    this.#newcomers = new NewcomerSource(assortment);
    this.#upgrades = new UpgradeSource(assortment, upgrades, this.#worth);
    this.#popular = new PopularSource(model);
    this.#chances = new Float64Array(model.itemCounts.length);
  }

  /** What is proposed, but for what is only popular; in no order. */
  candidates(question: OfferQuestion, settings: PlacementSettings): OfferCandidate[] {
    const candidates: OfferCandidate[] = [];
    const valuation = this.#worth.under(settings);
    const add = (proposed: Proposed, atLeast?: number): void => {
      const candidate = this.#candidate(proposed, question, valuation, atLeast);
      if (candidate) candidates.push(candidate);
    };
    const singles = this.#singles(question);
    for (const proposed of singles) if (question.takes(proposed.kind)) add(proposed);
    if (question.takes('bundle') && this.#bundles.isAbout(question.cart)) {
      const chances = this.#chances;
      for (const { item, probability } of singles) chances[item] = probability;
      for (const proposed of this.#bundles.propose(question, chances)) {
        // It stands where its item would stand alone, unless more of it makes it worth more than that.
        const gain = this.#worth.gainOf(proposed.item);
        const alone = valuation.of(chances[proposed.item], gain);
        add({ ...proposed, place: -1 }, alone);
      }
      for (const { item } of singles) chances[item] = 0;
    }
    for (const proposed of this.#newcomers.propose(question, singles)) add(proposed);
    for (const proposed of this.#upgrades.propose(question)) add(proposed);
    return candidates;
  }

  /** What is popular and none of the others, below all of them, in each list's own order. */
  popular(question: OfferQuestion, others: readonly OfferCandidate[]): OfferCandidate[] {
    const proposedBefore = new Set<number>();
    let ceiling = 1;
    const least = { chance: 1, probability: 1 };
    for (const { item, value, chance, probability } of others) {
      proposedBefore.add(item);
      if (value > 0) ceiling = Math.min(ceiling, value);
      least.chance = Math.min(least.chance, chance);
      least.probability = Math.min(least.probability, probability);
    }
    const { proposed, places } = this.#popular.propose(question, (item) => proposedBefore.has(item));
    return proposed.flatMap(({ item, kind, probability: share, cause }, place) => {
      const product = this.#assortment.product(item);
      if (!product) return [];
      const chance = Math.min(share, least.chance);
      const accepted = acceptance(this.#model.answers, question.placement, chance);
      return {
        item,
        product,
        kind,
        probability: Math.min(accepted, least.probability),
        chance,
        value: ceiling * places[place],
        cause,
        place,
      };
    });
  }

  /** A product that a pin wants offered, whatever speaks for it; undefined where there is none by that code. */
  pinned(code: string, question: OfferQuestion, settings: PlacementSettings): OfferCandidate | undefined {
    const item = this.#assortment.numberOf(code);
    if (item < 0) return undefined;
    const { itemCounts, rules } = this.#model;
    const probability = (itemCounts[item] ?? 0) / Math.max(1, rules.transactionCount);
    const kind = question.memory?.owns(item) ? 'buy-again' : 'cross-sell';
    return this.#candidate(
      { item, kind, probability, cause: { by: 'pin' } },
      question,
      this.#worth.under(settings),
    );
  }

  /** What put a candidate there, with what leads to it: that is not looked for before it is asked for. */
  causeOf(question: OfferQuestion, candidate: OfferCandidate): Cause {
    return candidate.cause.by === 'ranking' && this.#learned
      ? this.#learned.causeOf(question, candidate)
      : candidate.cause;
  }

  /** Each signal of a candidate of the learnt ranking, and what it adds to the log-odds; undefined of any other. */
  signalsOf(question: OfferQuestion, { item, cause }: OfferCandidate): Signals | undefined {
    return learnedCauses.has(cause.by) ? this.#learned?.signalsOf(question, item) : undefined;
  }

  /** Products for themselves: what the learnt ranking proposes, or else what rules and habits do. */
  #singles(question: OfferQuestion): readonly Proposed[] {
    const learned = this.#learned?.propose(question) ?? [];
    if (learned.length > 0) return learned;
    const byRules = this.#rules.propose(question);
    const ruled = new Set(byRules.map(({ item }) => item));
    const byCategory = this.#categories.propose(question).filter(({ item }) => !ruled.has(item));
    return [...byRules, ...byCategory, ...this.#again.propose(question)];
  }

  #candidate(
    { item, kind, probability: chance, cause, gain, added, place }: Proposed,
    { placement }: OfferQuestion,
    valuation: Valuation,
    atLeast = Number.NEGATIVE_INFINITY,
  ): OfferCandidate | undefined {
    const product = this.#assortment.product(item);
    if (!product) return undefined;
    const probability = acceptance(this.#model.answers, placement, chance);
    const value = gain ? valuation.of(probability, gain) : valuation.ofItem(probability, item);
    return { item, product, kind, probability, chance, value: Math.max(value, atLeast), cause, added, place };
  }
}
