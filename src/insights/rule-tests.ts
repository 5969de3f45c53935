import { type Transactions, transactionCount } from '../baskets/transactions.ts';
import { PairwellError } from '../errors.ts';
import type { Itemsets } from '../mining/itemsets.ts';
import { rulesAt } from '../rules/constrain-rules.ts';
import { transactionsWhere } from '../rules/hold-out.ts';
import { recount } from '../rules/recount.ts';
import { type RuleColumns, ruleCount } from '../rules/rule-columns.ts';
import { evidenceOf, rulesLeft } from '../rules/rule-evidence.ts';
import { fisherLogP } from '../rules/significance.ts';
import { benjaminiHochbergLogs } from '../stats/adjust.ts';
import type { RuleTests } from './insights.ts';

export interface RuleTestOptions {
  /** Level of the tests after the adjustment of Benjamini and Hochberg, 0 < alpha ≤ 1. */
  readonly alpha: number;
  /** The newest baskets that rules are tested in once more: a share of all, 0 ≤ share < 1. */
  readonly laterShare: number;
}

/**
 * Tests every rule. Those to show are significant and productive, each after adjustment for all rules, and not redundant.
 *
 * @param itemsets all frequent itemsets that the rules were made of
 * @param day by basket
 * @throws PairwellError `bad-input` for an impossible option, or when the itemsets lack a part of a rule
 */
export function ruleTests(
  rules: RuleColumns,
  itemsets: Itemsets,
  baskets: Transactions,
  day: Int32Array,
  { alpha, laterShare }: RuleTestOptions,
): RuleTests {
  const evidence = evidenceOf(rules, itemsets);
  const { notRedundant } = rulesLeft(evidence, { significance: { alpha, adjust: 'benjamini-hochberg' } });
  const isShown = new Uint8Array(ruleCount(rules));
  for (const r of notRedundant) isShown[r] = 1;
  return {
    ...evidence,
    adjustedLogP: benjaminiHochbergLogs(evidence.logP),
    laterLogP: laterLogP(rules, baskets, day, { alpha, laterShare }),
    isShown,
  };
}

/**
 * ln p by rule in the newest baskets alone, of the rules that the earlier baskets by themselves find significant; NaN for the
 * others, and for all where there are no later days. A day belongs to one side, so the newer side may be smaller than asked for.
 *
 * The choice and the test are of different baskets. Yet which rules there are at all was decided by all of them, as thresholds
 * were: where few rules are significant in the earlier part, this confirms less than `mineAndConfirm`, which mines there alone.
 *
 * @throws PairwellError `bad-input` for a share below 0, or of 1 or more
 */
export function laterLogP(
  rules: RuleColumns,
  baskets: Transactions,
  day: Int32Array,
  { alpha, laterShare }: RuleTestOptions,
): Float64Array {
  if (!(laterShare >= 0 && laterShare < 1)) {
    const message = `The share of newest baskets must be 0 or more and below 1, not ${laterShare}.`;
    throw new PairwellError('bad-input', message, { laterShare });
  }
  const logP = new Float64Array(ruleCount(rules)).fill(Number.NaN);
  const lastEarlier = day.toSorted()[Math.ceil((1 - laterShare) * day.length) - 1];
  const later = transactionsWhere(baskets, (t) => day[t] > lastEarlier);
  if (transactionCount(later) === 0) return logP;
  const earlier = transactionsWhere(baskets, (t) => day[t] <= lastEarlier);
  const adjusted = benjaminiHochbergLogs(fisherLogP(recount(rules, earlier)));
  const chosen = rules.consequent.map((_, r) => r).filter((r) => adjusted[r] <= Math.log(alpha));
  const inLater = fisherLogP(recount(rulesAt(rules, chosen), later));
  chosen.forEach((r, n) => {
    logP[r] = inLater[n];
  });
  return logP;
}
