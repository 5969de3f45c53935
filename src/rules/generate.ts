import { largestGroup } from '../baskets/offsets.ts';
import { PairwellError } from '../errors.ts';
import { copyWithout, ItemsetIndex } from '../mining/itemset-index.ts';
import type { Itemsets } from '../mining/itemsets.ts';
import { checkCount } from '../mining/options.ts';
import { confidence, lift } from './measures/support-confidence-lift.ts';
import type { RuleColumns } from './rule-columns.ts';
import { RulesBuilder, type RulesRoom } from './rules-builder.ts';

export interface RuleOptions {
  /** The least confidence of a rule, 0 … 1. */
  minConfidence: number;
  /** The least lift of a rule, ≥ 0; without it any. */
  minLift?: number;
  /** The most rules, ≥ 1: more is an error, never a cut list. Default {@link defaultMaxRules}. */
  maxRules?: number;
}

/** Ten million rules of some five items take about 400 MB. */
export const defaultMaxRules = 10_000_000;

/**
 * The rules "antecedent ⇒ one item" of frequent itemsets (ap-genrules with consequents of one item: Agrawal and
 * Srikant, VLDB 1994, section 3). Rules from few transactions can be chance: confidence and lift do not tell.
 *
 * @param itemsets all frequent itemsets, so that the subsets of each are there too; those without their largest
 *   sizes will do, closed or maximal ones will not
 * @param transactionCount how many transactions they were mined from, empty ones included
 * @throws PairwellError `bad-input` for an impossible option or when a subset is missing, `limit-exceeded` when
 *   there are more rules than `options.maxRules`
 */
export function generateRules(
  itemsets: Itemsets,
  transactionCount: number,
  options: RuleOptions,
): RuleColumns {
  const { minConfidence, minLift, maxRules } = checkedOptions(options);
  const { offsets, items, supports } = itemsets;
  const takesAll = minConfidence === 0 && minLift === 0;
  const rules = new RulesBuilder(transactionCount, maxRules, takesAll ? roomForAll(itemsets) : undefined);
  const itemCounts = countsOfItems(itemsets);
  const largest = largestGroup(offsets);
  const antecedent = new Int32Array(largest);
  // Antecedents of one item are counted already.
  const index = largest > 2 ? new ItemsetIndex(itemsets, largest - 1) : undefined;
  const countOfAntecedent = (length: number): number => {
    if (!index || length === 1) return itemCounts[antecedent[0]];
    const s = index.indexOf(antecedent, length);
    return s < 0 ? 0 : supports[s];
  };
  for (let s = 0; s < supports.length; s++) {
    const from = offsets[s];
    const length = offsets[s + 1] - from - 1;
    if (length === 0) continue;
    const count = supports[s];
    for (let consequentAt = from; consequentAt <= from + length; consequentAt++) {
      const consequent = items[consequentAt];
      copyWithout(items, from, consequentAt, antecedent, length);
      const antecedentCount = countOfAntecedent(length);
      const consequentCount = itemCounts[consequent];
      if (antecedentCount < 1 || consequentCount < 1) throw missingSubset();
      // The quotients are compared, as a product with the limit may round to either side of it, while a division
      // rounds to the double nearest to the true share, and so does a literal of that share.
      if (confidence(count, antecedentCount) < minConfidence) continue;
      if (lift(count, antecedentCount, consequentCount, transactionCount) < minLift) continue;
      rules.add(antecedent, length, consequent, {
        support: count,
        antecedent: antecedentCount,
        consequent: consequentCount,
      });
    }
  }
  return rules.build();
}

/** How many rules there are without thresholds: one for each item of a set of two or more. */
function roomForAll({ offsets, supports }: Itemsets): RulesRoom {
  let rules = 0;
  let antecedentItems = 0;
  for (let s = 0; s < supports.length; s++) {
    const size = offsets[s + 1] - offsets[s];
    if (size < 2) continue;
    rules += size;
    antecedentItems += size * (size - 1);
  }
  return { rules, antecedentItems };
}

/** By item id: in how many transactions it is; 0 when its set of one is not among the itemsets. */
function countsOfItems({ offsets, items, supports }: Itemsets): Int32Array {
  let largest = -1;
  for (let at = 0; at < items.length; at++) largest = Math.max(largest, items[at]);
  const counts = new Int32Array(largest + 1);
  for (let s = 0; s < supports.length; s++) {
    if (offsets[s + 1] - offsets[s] === 1) counts[items[offsets[s]]] = supports[s];
  }
  return counts;
}

function missingSubset(): PairwellError {
  return new PairwellError(
    'bad-input',
    'Rules need the supports of all subsets of an itemset: give all frequent itemsets, not only closed or maximal ones.',
  );
}

function checkedOptions({
  minConfidence,
  minLift = 0,
  maxRules = defaultMaxRules,
}: RuleOptions): Required<RuleOptions> {
  if (!(minConfidence >= 0 && minConfidence <= 1)) {
    const message = `The minimum confidence must lie between 0 and 1, not at ${minConfidence}.`;
    throw new PairwellError('bad-input', message, { minConfidence });
  }
  if (!(minLift >= 0)) {
    throw new PairwellError('bad-input', `The minimum lift must be 0 or more, not ${minLift}.`, { minLift });
  }
  checkCount('maximum number of rules', maxRules);
  return { minConfidence, minLift, maxRules };
}
