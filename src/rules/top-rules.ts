import { BestOf } from '../mining/best-of.ts';
import { rulesAt } from './constrain-rules.ts';
import { confidence, lift, support } from './measures/support-confidence-lift.ts';
import { type RuleColumns, ruleCount } from './rule-columns.ts';

/** Works out a figure of a rule from numbers of transactions; the higher, the better. */
export type RankingMeasure = (
  count: number,
  antecedentCount: number,
  consequentCount: number,
  transactions: number,
) => number;

/** Measures by name. */
export const rankingMeasures = {
  support: (count, _antecedentCount, _consequentCount, transactions) => support(count, transactions),
  confidence: (count, antecedentCount) => confidence(count, antecedentCount),
  lift,
  /**
   * By how much the share of transactions that hold the rule exceeds the share expected if its sides were independent
   * (Piatetsky-Shapiro, Knowledge Discovery in Databases, 1991).
   */
  leverage: (count, antecedentCount, consequentCount, transactions) =>
    (count * transactions - antecedentCount * consequentCount) / transactions ** 2,
} as const satisfies Record<string, RankingMeasure>;

export type RankingMeasureName = keyof typeof rankingMeasures;

/**
 * The k best rules by a measure, the best first, or all when there are fewer. Of rules of equal measure those of higher
 * support come first, then those with fewer items in the antecedent, then those with lower item ids, item by item, the
 * consequent last.
 *
 * @param by a measure's name, or one of the caller's own; rules for which it is not a number come last
 * @throws PairwellError `bad-input` when `k` is not a whole number ≥ 1
 */
export function topRules(
  rules: RuleColumns,
  k: number,
  by: RankingMeasureName | RankingMeasure,
): RuleColumns {
  const { supportCount, antecedentCount, consequentCount, transactionCount } = rules;
  const measure: RankingMeasure = typeof by === 'function' ? by : rankingMeasures[by];
  const values = Float64Array.from(supportCount, (count, rule) => {
    const value = measure(count, antecedentCount[rule], consequentCount[rule], transactionCount);
    return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value;
  });
  const best = new BestOf(k, (a, b) => {
    // No difference of values, as both may be infinite.
    if (values[a] !== values[b]) return values[a] > values[b] ? -1 : 1;
    return supportCount[b] - supportCount[a] || byItems(rules, a, b);
  });
  for (let rule = 0; rule < ruleCount(rules); rule++) best.offer(rule);
  return rulesAt(rules, best.sorted());
}

function byItems(
  { antecedentOffsets, antecedentItems, consequent }: RuleColumns,
  a: number,
  b: number,
): number {
  const [fromA, fromB] = [antecedentOffsets[a], antecedentOffsets[b]];
  const size = antecedentOffsets[a + 1] - fromA;
  const bySize = size - (antecedentOffsets[b + 1] - fromB);
  if (bySize !== 0) return bySize;
  for (let i = 0; i < size; i++) {
    const byItem = antecedentItems[fromA + i] - antecedentItems[fromB + i];
    if (byItem !== 0) return byItem;
  }
  return consequent[a] - consequent[b];
}
