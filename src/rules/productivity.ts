import { largestGroup } from '../baskets/offsets.ts';
import { copyWithout } from '../mining/itemset-index.ts';
import type { Itemsets } from '../mining/itemsets.ts';
import { logUpperTail } from '../stats/hypergeometric.ts';
import { type RuleColumns, ruleCount } from './rule-columns.ts';
import { fromLogs, type SignificanceOptions, significantAmong } from './significance.ts';
import { copyWith, SubsetSupports } from './subset-supports.ts';

/**
 * ln p by rule: how probable the rule would be if one item of its antecedent told nothing that the others do not (Webb,
 * "Discovering significant patterns", Machine Learning 68, 2007, pp. 1–33). For each item Fisher's one-sided test compares, among
 * the transactions with the other items, those with and without it, and the highest p-value counts. For an
 * antecedent of one item these are all transactions, and it is the test of the rule itself.
 *
 * @param itemsets all frequent itemsets that the rules were made of
 * @throws PairwellError `bad-input` when the itemsets lack a part of a rule, or do not go with its counts
 */
export function productivityLogP(rules: RuleColumns, itemsets: Itemsets): Float64Array {
  const { antecedentOffsets, antecedentItems, consequent, supportCount, antecedentCount } = rules;
  const supports = new SubsetSupports(itemsets, rules.transactionCount);
  const longest = largestGroup(antecedentOffsets);
  const others = new Int32Array(longest);
  const othersAndConsequent = new Int32Array(longest + 1);
  const logP = new Float64Array(ruleCount(rules));
  for (let r = 0; r < logP.length; r++) {
    const from = antecedentOffsets[r];
    const size = antecedentOffsets[r + 1] - from;
    let highest = Number.NEGATIVE_INFINITY;
    for (let left = from; left < from + size; left++) {
      copyWithout(antecedentItems, from, left, others, size - 1);
      copyWith(others, 0, size - 1, consequent[r], othersAndConsequent);
      const total = supports.of(others, size - 1);
      const successes = supports.of(othersAndConsequent, size);
      highest = Math.max(highest, logUpperTail(supportCount[r], total, successes, antecedentCount[r]));
    }
    logP[r] = highest;
  }
  return logP;
}

/**
 * The numbers of the productive rules, ascending: each item of the antecedent makes the consequent more probable, significantly
 * so. The adjustment counts the rules of the set; that several tests have to be passed needs none.
 *
 * @throws PairwellError `bad-input` for an impossible option; see {@link productivityLogP}
 */
export function productiveRules(
  rules: RuleColumns,
  itemsets: Itemsets,
  options: SignificanceOptions = {},
): Int32Array {
  return significantAmong(fromLogs(productivityLogP(rules, itemsets)), options);
}
