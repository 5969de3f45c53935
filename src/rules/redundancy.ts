import { PairwellError } from '../errors.ts';
import type { Itemsets } from '../mining/itemsets.ts';
import { bestInItemsets } from './general-in-itemsets.ts';
import { bestInRules } from './general-in-rules.ts';
import type { RuleColumns } from './rule-columns.ts';
import { type RankingMeasure, rankingMeasures } from './top-rules.ts';

export interface GeneralRuleOptions {
  /** What more general rules are compared by, the higher the better. Default `confidence`. */
  by?: keyof typeof rankingMeasures | RankingMeasure;
  /**
   * All frequent itemsets that the rules were made of: more general rules are then worked out from these, whatever
   * thresholds they failed. Without them only rules of the set count.
   */
  itemsets?: Itemsets;
  /** Whether "∅ ⇒ consequent", whose left-hand side every transaction holds, is a more general rule. Default no. */
  fromNothing?: boolean;
}

export interface RedundancyOptions extends GeneralRuleOptions {
  /** How much higher than those of more general rules a value may be and still not count as higher, ≥ 0. Default 0. */
  tolerance?: number;
}

/**
 * The numbers of the redundant rules, ascending: those for which a more general rule, with the same consequent and a
 * proper subset of the antecedent, has at least the same value, so that the other items add nothing (an improvement of 0 or
 * less: Bayardo, Agrawal and Gunopulos, Data Mining and Knowledge Discovery 4, 2000, pp. 217–240; arules'
 * `is.redundant`). Rules whose value is not a number, or −∞, are neither redundant nor make others so.
 *
 * By confidence or lift and without tolerance, rules of the set suffice where it has all rules of a minimum confidence or
 * lift: a more general rule that is as good reaches these thresholds as well.
 *
 * @throws PairwellError `bad-input` for an impossible tolerance, or when the itemsets lack a part of a rule
 */
export function redundantRules(
  rules: RuleColumns,
  { tolerance = 0, ...general }: RedundancyOptions = {},
): Int32Array {
  if (!(tolerance >= 0 && tolerance < Number.POSITIVE_INFINITY)) {
    const message = `The tolerance must be a number, 0 or more, not ${tolerance}.`;
    throw new PairwellError('bad-input', message, { tolerance });
  }
  const values = valuesOf(rules, measureOf(general.by));
  const best = bestMoreGeneral(rules, general);
  const isRedundant = (r: number): boolean =>
    values[r] > Number.NEGATIVE_INFINITY && best[r] >= values[r] - tolerance;
  return rules.consequent.map((_, r) => r).filter((r) => isRedundant(r));
}

/**
 * By rule: the highest value among the more general ones, −∞ when there are none. What a rule adds to it is its
 * improvement.
 *
 * @throws PairwellError `bad-input` when the itemsets lack a part of a rule
 */
export function bestMoreGeneral(
  rules: RuleColumns,
  { by, itemsets, fromNothing = false }: GeneralRuleOptions = {},
): Float64Array {
  const measure = measureOf(by);
  const best = itemsets
    ? bestInItemsets(rules, itemsets, measure)
    : bestInRules(rules, valuesOf(rules, measure));
  if (!fromNothing) return best;
  const { consequentCount, transactionCount: n } = rules;
  return best.map((value, r) => Math.max(value, measure(consequentCount[r], n, consequentCount[r], n)));
}

function valuesOf(
  { supportCount, antecedentCount, consequentCount, transactionCount }: RuleColumns,
  measure: RankingMeasure,
): Float64Array {
  return Float64Array.from(supportCount, (count, r) =>
    measure(count, antecedentCount[r], consequentCount[r], transactionCount),
  );
}

/** The measure, −∞ where it is not a number. */
function measureOf(by: GeneralRuleOptions['by'] = 'confidence'): RankingMeasure {
  const measure: RankingMeasure = typeof by === 'function' ? by : rankingMeasures[by];
  return (...counts) => {
    const value = measure(...counts);
    return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value;
  };
}
