import { promotionVerdicts } from '../insights/insights.ts';
import { type RuleColumns, ruleCount } from '../rules/rule-columns.ts';
import type { Substitutes } from './substitutes.ts';

/** When a rule may propose something. */
export const terms = {
  always: 0,
  /** While one of its items is on promotion. */
  inPromotion: 1,
  never: 2,
} as const;

const onlyInPromotion = promotionVerdicts.indexOf('only-in-promotion');

/**
 * By rule, when it may propose, in {@link terms}. Never where what it proposes is a substitute of what it rests on: the offer
 * would pair the two.
 *
 * @param promotion by rule, in `promotionVerdicts`
 */
export function ruleTerms(
  rules: RuleColumns,
  promotion: Uint8Array,
  { offsets, items }: Substitutes,
): Uint8Array {
  const { antecedentOffsets, antecedentItems, consequent } = rules;
  const found = new Uint8Array(ruleCount(rules));
  for (let rule = 0; rule < found.length; rule++) {
    if (promotion[rule] === onlyInPromotion) found[rule] = terms.inPromotion;
    const proposed = consequent[rule];
    if (offsets[proposed] === offsets[proposed + 1]) continue;
    const replaced = items.subarray(offsets[proposed], offsets[proposed + 1]);
    for (let i = antecedentOffsets[rule]; i < antecedentOffsets[rule + 1]; i++) {
      if (replaced.includes(antecedentItems[i])) found[rule] = terms.never;
    }
  }
  return found;
}
