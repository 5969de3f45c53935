import { type BasketHistories, historyCount } from '../baskets/basket-histories.ts';
import { confidence, support } from '../rules/measures/support-confidence-lift.ts';
import { type RuleColumns, ruleCount } from '../rules/rule-columns.ts';
import type { CustomerOdds } from './customer-odds.ts';

export interface RuleOddsOptions {
  readonly rules: RuleColumns;
  /** By item: baskets with it. */
  readonly itemCounts: Int32Array;
  /** With items as in the rules. */
  readonly histories: BasketHistories;
  readonly items: Int32Array;
  /** Of the items, in their order; their sum is 1. */
  readonly weights: Float64Array;
  /** Whether a rule may be gone by. */
  readonly serves: (rule: number) => boolean;
}

/** The rules that lead to an item, the surest first; of equally sure ones the lower number. */
export function rulesTo(rules: RuleColumns, item: number, serves: (rule: number) => boolean): number[] {
  const found: number[] = [];
  for (let rule = 0; rule < ruleCount(rules); rule++)
    if (rules.consequent[rule] === item && serves(rule)) found.push(rule);
  return found.sort((a, b) => sureness(rules, b) - sureness(rules, a) || a - b);
}

/** The share of the antecedent's baskets that have the consequent. */
export const sureness = ({ supportCount, antecedentCount }: RuleColumns, rule: number): number =>
  confidence(supportCount[rule], antecedentCount[rule]);

/** The first of some rules whose antecedent is owned altogether; −1 where there is none. */
export function firstFired(
  { antecedentOffsets, antecedentItems }: RuleColumns,
  rules: readonly number[],
  owns: (item: number) => boolean,
): number {
  for (const rule of rules) {
    let at = antecedentOffsets[rule];
    while (at < antecedentOffsets[rule + 1] && owns(antecedentItems[at])) at++;
    if (at === antecedentOffsets[rule + 1]) return rule;
  }
  return -1;
}

/**
 * What the surest rule from all that a customer has bought says of an item, or the item's share of all baskets where none does: for
 * shops in which no ranking could be learnt.
 *
 * @returns undefined where no rule leads to any of the items: all customers would be alike
 */
export function ruleOdds({
  rules,
  itemCounts,
  histories,
  items,
  weights,
  serves,
}: RuleOddsOptions): CustomerOdds | undefined {
  const leading = Array.from(items, (item) => rulesTo(rules, item, serves));
  if (leading.every(({ length }) => length === 0)) return undefined;
  const { offsets, itemOffsets } = histories;
  const owner = new Int32Array(histories.itemCount).fill(-1);
  return {
    customers: historyCount(histories),
    fill(from, to, out) {
      for (let customer = from; customer < to; customer++) {
        const isKnown = offsets[customer] < offsets[customer + 1];
        for (let p = itemOffsets[offsets[customer]]; p < itemOffsets[offsets[customer + 1]]; p++)
          owner[histories.items[p]] = customer;
        const owns = (item: number): boolean => owner[item] === customer;
        let mean = isKnown ? 0 : Number.NaN;
        for (let n = 0; n < items.length; n++) {
          const rule = firstFired(rules, leading[n], owns);
          const share = support(itemCounts[items[n]], rules.transactionCount);
          mean += weights[n] * (rule < 0 ? share : sureness(rules, rule));
        }
        out[customer - from] = mean;
      }
    },
  };
}
