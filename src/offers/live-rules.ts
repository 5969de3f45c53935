import type { Model } from '../model/model.ts';
import type { Assortment } from './assortment.ts';
import { isPromoted } from './catalogue.ts';
import { RuleIndex } from './rule-index.ts';
import { ruleTerms, terms } from './rule-terms.ts';
import type { Substitutes } from './substitutes.ts';

/** The rules of a model, and which of them may be served now. */
export class LiveRules {
  readonly index: RuleIndex;
  readonly #rules: Model['rules'];
  readonly #assortment: Assortment;
  readonly #terms: Uint8Array;

  constructor({ rules, insights, itemCounts }: Model, assortment: Assortment, substitutes: Substitutes) {
    this.#rules = rules;
    this.#assortment = assortment;
    this.#terms = ruleTerms(rules, insights.promotion, substitutes);
    const { isShown } = insights.tests;
    this.index = new RuleIndex(rules, itemCounts.length, { terms: this.#terms, isShown });
  }

  /** Whether a rule may be served now: not one of substitutes, nor one of a promotion outside of it. */
  serves(rule: number): boolean {
    if (this.#terms[rule] !== terms.inPromotion) return this.#terms[rule] === terms.always;
    const { antecedentOffsets, antecedentItems, consequent } = this.#rules;
    if (this.#isPromoted(consequent[rule])) return true;
    for (let i = antecedentOffsets[rule]; i < antecedentOffsets[rule + 1]; i++) {
      if (this.#isPromoted(antecedentItems[i])) return true;
    }
    return false;
  }

  #isPromoted(item: number): boolean {
    const product = this.#assortment.product(item);
    return product !== undefined && isPromoted(product);
  }
}
