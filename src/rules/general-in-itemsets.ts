import { largestGroup } from '../baskets/offsets.ts';
import { copyWithout } from '../mining/itemset-index.ts';
import type { Itemsets } from '../mining/itemsets.ts';
import { type RuleColumns, ruleCount } from './rule-columns.ts';
import { copyWith, SubsetSupports } from './subset-supports.ts';
import type { RankingMeasure } from './top-rules.ts';

/**
 * By rule: the highest value of all more general rules, which have the same consequent and a proper subset of the
 * antecedent, whether they are in the set or not; −∞ when there is none.
 *
 * Each more general rule is valued once. Memory is 8 bytes for each item of each itemset.
 *
 * @param itemsets all frequent itemsets that the rules were made of
 * @param measure −∞ for none, never NaN
 * @throws PairwellError `bad-input` when the itemsets lack a part of a rule
 */
export function bestInItemsets(
  rules: RuleColumns,
  itemsets: Itemsets,
  measure: RankingMeasure,
): Float64Array {
  const general = new GeneralRules(itemsets, rules.transactionCount, measure);
  return Float64Array.from({ length: ruleCount(rules) }, (_, r) => general.bestBelow(rules, r));
}

/** All rules of frequent itemsets: each is known by the place of its consequent among the items of the itemsets. */
class GeneralRules {
  readonly #itemsets: Itemsets;
  readonly #supports: SubsetSupports;
  readonly #transactionCount: number;
  readonly #measure: RankingMeasure;
  /** The highest value of each rule and those more general; NaN as long as it is not known. */
  readonly #best: Float64Array;
  readonly #subset: Int32Array;

  constructor(itemsets: Itemsets, transactionCount: number, measure: RankingMeasure) {
    this.#itemsets = itemsets;
    this.#supports = new SubsetSupports(itemsets, transactionCount);
    this.#transactionCount = transactionCount;
    this.#measure = measure;
    this.#best = new Float64Array(itemsets.items.length).fill(Number.NaN);
    this.#subset = new Int32Array(largestGroup(itemsets.offsets) + 1);
  }

  /** The highest value of the rules more general than rule `r`. */
  bestBelow(
    { antecedentOffsets, antecedentItems, consequent, consequentCount }: RuleColumns,
    r: number,
  ): number {
    const from = antecedentOffsets[r];
    const to = antecedentOffsets[r + 1];
    copyWith(antecedentItems, from, to, consequent[r], this.#subset);
    const whole = this.#supports.indexOf(this.#subset, to - from + 1);
    const at = this.#itemsets.items.indexOf(consequent[r], this.#itemsets.offsets[whole]);
    return this.#bestUnder(whole, at, consequentCount[r]);
  }

  /** The highest value of the rules more general than the one with the item at `at` of itemset `s` as its consequent. */
  #bestUnder(s: number, at: number, consequentCount: number): number {
    const { offsets, items } = this.#itemsets;
    const from = offsets[s];
    const size = offsets[s + 1] - from;
    if (size < 3) return Number.NEGATIVE_INFINITY;
    let best = Number.NEGATIVE_INFINITY;
    for (let left = from; left < from + size; left++) {
      if (left === at) continue;
      copyWithout(items, from, left, this.#subset, size - 1);
      const smaller = this.#supports.indexOf(this.#subset, size - 1);
      const place = offsets[smaller] + at - from - (left < at ? 1 : 0);
      best = Math.max(best, this.#bestFrom(smaller, place, consequentCount));
    }
    return best;
  }

  /** The same, with that rule among them. */
  #bestFrom(s: number, at: number, consequentCount: number): number {
    const known = this.#best[at];
    if (!Number.isNaN(known)) return known;
    const { offsets, items, supports } = this.#itemsets;
    const size = offsets[s + 1] - offsets[s];
    copyWithout(items, offsets[s], at, this.#subset, size - 1);
    const antecedentCount = this.#supports.of(this.#subset, size - 1);
    const value = this.#measure(supports[s], antecedentCount, consequentCount, this.#transactionCount);
    const best = Math.max(value, this.#bestUnder(s, at, consequentCount));
    this.#best[at] = best;
    return best;
  }
}
