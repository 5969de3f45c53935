import { type RuleColumns, ruleCount } from './rule-columns.ts';
import { RulesBuilder } from './rules-builder.ts';

export interface RuleConstraint {
  /** Ids of the only items allowed in antecedents; without it any. */
  left?: Int32Array;
  /** Ids of the only items allowed as consequents; without it any. */
  right?: Int32Array;
  /** The fewest items of a rule, both sides counted; without it any. */
  minLength?: number | undefined;
}

/**
 * The rules whose antecedent is made up of items in `left`, whose consequent is in `right` and that are long enough, in the
 * same order.
 */
export function constrainRules(
  rules: RuleColumns,
  { left, right, minLength = 1 }: RuleConstraint,
): RuleColumns {
  const { antecedentOffsets, antecedentItems, consequent } = rules;
  const onLeft = left && new Set(left);
  const onRight = right && new Set(right);
  const isAllowed = (rule: number): boolean => {
    if (onRight && !onRight.has(consequent[rule])) return false;
    if (antecedentOffsets[rule + 1] - antecedentOffsets[rule] + 1 < minLength) return false;
    if (!onLeft) return true;
    for (let at = antecedentOffsets[rule]; at < antecedentOffsets[rule + 1]; at++) {
      if (!onLeft.has(antecedentItems[at])) return false;
    }
    return true;
  };
  return rulesAt(
    rules,
    consequent.map((_, rule) => rule).filter((rule) => isAllowed(rule)),
  );
}

/** The rules of these numbers, in this order. */
export function rulesAt(rules: RuleColumns, numbers: Int32Array): RuleColumns {
  const { antecedentOffsets, antecedentItems, consequent } = rules;
  const chosen = new RulesBuilder(rules.transactionCount, ruleCount(rules));
  for (const rule of numbers) {
    const antecedent = antecedentItems.subarray(antecedentOffsets[rule], antecedentOffsets[rule + 1]);
    chosen.add(antecedent, antecedent.length, consequent[rule], {
      support: rules.supportCount[rule],
      antecedent: rules.antecedentCount[rule],
      consequent: rules.consequentCount[rule],
    });
  }
  return chosen.build();
}
