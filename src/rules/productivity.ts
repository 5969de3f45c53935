import { largestGroup } from '../baskets/offsets.ts';
import { copyWithout } from '../mining/itemset-index.ts';
import type { Itemsets } from '../mining/itemsets.ts';
import { logUpperTail } from '../stats/hypergeometric.ts';
import { RememberedCounts } from './remembered-counts.ts';
import { type RuleColumns, ruleCount } from './rule-columns.ts';
import { fromLogs, type SignificanceOptions, significantAmong } from './significance.ts';
import { copyWith, SubsetSupports } from './subset-supports.ts';

/**
 * ln p for each item of the antecedents, in the places of `antecedentItems`: how probable the rule would be if the item
 * told nothing that the others do not. Among the transactions with the other items of the antecedent, Fisher's one-sided test
 * compares those with the item and those without it (Webb, "Discovering significant patterns", Machine Learning 68, 2007,
 * pp. 1–33). For an antecedent of one item these are all transactions, and it is the test of the rule itself.
 *
 * @param itemsets all frequent itemsets that the rules were made of
 * @throws PairwellError `bad-input` when the itemsets lack a part of a rule, or do not go with its counts
 */
export function itemLogP(rules: RuleColumns, itemsets: Itemsets): Float64Array {
  const { antecedentOffsets, antecedentItems, consequent, supportCount, antecedentCount } = rules;
  const supports = new SubsetSupports(itemsets, rules.transactionCount);
  const longest = largestGroup(antecedentOffsets);
  const others = new Int32Array(longest);
  const othersAndConsequent = new Int32Array(longest + 1);
  const logP = new Float64Array(antecedentItems.length);
  // Without other items the total is the same for all rules, and most counts come again.
  const amongAll = new RememberedCounts(
    (together, fewer, more) => logUpperTail(together, rules.transactionCount, more, fewer),
    antecedentItems.length,
  );
  for (let r = 0; r < ruleCount(rules); r++) {
    const from = antecedentOffsets[r];
    const to = antecedentOffsets[r + 1];
    const otherCount = to - from - 1;
    for (let left = from; left < to; left++) {
      copyWithout(antecedentItems, from, left, others, otherCount);
      copyWith(others, 0, otherCount, consequent[r], othersAndConsequent);
      const total = supports.of(others, otherCount);
      const successes = supports.of(othersAndConsequent, otherCount + 1);
      logP[left] =
        otherCount === 0
          ? amongAll.of(supportCount[r], antecedentCount[r], successes)
          : logUpperTail(supportCount[r], total, successes, antecedentCount[r]);
    }
  }
  return logP;
}

/**
 * ln p by rule: the highest of {@link itemLogP} among its items, each of which has to matter.
 *
 * @throws PairwellError see {@link itemLogP}
 */
export function productivityLogP(rules: RuleColumns, itemsets: Itemsets): Float64Array {
  const { antecedentOffsets } = rules;
  const byItem = itemLogP(rules, itemsets);
  const logP = new Float64Array(ruleCount(rules)).fill(Number.NEGATIVE_INFINITY);
  for (let r = 0; r < logP.length; r++) {
    for (let at = antecedentOffsets[r]; at < antecedentOffsets[r + 1]; at++) {
      if (byItem[at] > logP[r]) logP[r] = byItem[at];
    }
  }
  return logP;
}

/**
 * The numbers of the productive rules, ascending: each item of the antecedent makes the consequent significantly more
 * probable. The adjustment counts the rules of the set; that a rule has to pass several tests needs none.
 *
 * @throws PairwellError `bad-input` for an impossible option; see {@link itemLogP}
 */
export function productiveRules(
  rules: RuleColumns,
  itemsets: Itemsets,
  options: SignificanceOptions = {},
): Int32Array {
  return significantAmong(fromLogs(productivityLogP(rules, itemsets)), options);
}
