import { promotionVerdicts, relations } from '../../insights/insights.ts';
import type { Model } from '../../model/model.ts';
import { ruleCount } from '../../rules/rule-columns.ts';

export interface Known {
  /** Pairs of products, in any order; of those that the model does not have nothing is known. */
  readonly substitutes?: readonly (readonly [string, string])[];
  readonly complements?: readonly (readonly [string, string])[];
  /** Of a rule by its number; false for all unless stated. */
  readonly onlyInPromotion?: (rule: number) => boolean;
  readonly isShown?: (rule: number) => boolean;
}

/** The same model, knowing of its rules and products what is given, and no more than that. */
export function withInsights(model: Model, known: Known): Model {
  const { substitutes = [], complements = [], onlyInPromotion = () => false, isShown = () => false } = known;
  const pairs = [
    ...substitutes.map((codes) => ({ codes, relation: relations.indexOf('substitute') })),
    ...complements.map((codes) => ({ codes, relation: relations.indexOf('complement') })),
  ]
    .map(({ codes, relation }) => ({
      items: codes.map((code) => model.itemCodes.indexOf(code)).sort((a, b) => a - b),
      relation,
    }))
    .filter(({ items: [first, second] }) => first! >= 0 && first !== second);
  const rules = Array.from({ length: ruleCount(model.rules) }, (_, rule) => rule);
  const figures = new Float64Array(pairs.length).fill(Number.NaN);
  return {
    ...model,
    insights: {
      ...model.insights,
      tests: {
        ...model.insights.tests,
        isShown: Uint8Array.from(rules, (rule) => Number(isShown(rule))),
      },
      promotion: Uint8Array.from(rules, (rule) =>
        promotionVerdicts.indexOf(onlyInPromotion(rule) ? 'only-in-promotion' : 'holds'),
      ),
      relations: {
        a: Int32Array.from(pairs, ({ items }) => items[0]!),
        b: Int32Array.from(pairs, ({ items }) => items[1]!),
        relation: Uint8Array.from(pairs, ({ relation }) => relation),
        together: new Int32Array(pairs.length),
        lift: figures,
        logP: figures,
        logPBeyondSize: figures,
        similarity: figures,
        confidence: figures,
      },
    },
  };
}
