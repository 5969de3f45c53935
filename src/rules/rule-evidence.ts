import type { Itemsets } from '../mining/itemsets.ts';
import { confidence } from './measures/support-confidence-lift.ts';
import { productivityLogP } from './productivity.ts';
import { bestMoreGeneral } from './redundancy.ts';
import type { RuleColumns } from './rule-columns.ts';
import { fisherLogP, fromLogs, type SignificanceOptions, significantAmong } from './significance.ts';

/** What speaks for each rule of a set. */
export interface RuleEvidence {
  /** ln p of its tests, not adjusted: see `fisherLogP` and `productivityLogP`. */
  readonly logP: Float64Array;
  readonly productivityLogP: Float64Array;
  /** Its confidence less that of the best more general rule, "∅ ⇒ consequent" included. Where it is 0 or less, the rule is redundant. */
  readonly improvement: Float64Array;
}

export interface ProofOptions {
  /** How sure it must be that the sides of a rule depend on each other. Default: an alpha of 0.05 after `holm`. */
  significance?: SignificanceOptions;
  /** How sure it must be that each item of an antecedent matters. Default: as sure as of the significance. */
  productivity?: SignificanceOptions;
}

/** The numbers of the rules that are left after each step, ascending. */
export interface RulesLeft {
  readonly significant: Int32Array;
  readonly productive: Int32Array;
  readonly notRedundant: Int32Array;
}

/**
 * @param itemsets all frequent itemsets that the rules were made of
 * @throws PairwellError `bad-input` for impossible counts, or when the itemsets lack a part of a rule
 */
export function evidenceOf(rules: RuleColumns, itemsets: Itemsets): RuleEvidence {
  const best = bestMoreGeneral(rules, { itemsets, fromNothing: true });
  const { supportCount, antecedentCount } = rules;
  return {
    logP: fisherLogP(rules),
    productivityLogP: productivityLogP(rules, itemsets),
    improvement: best.map((general, r) => confidence(supportCount[r], antecedentCount[r]) - general),
  };
}

/**
 * The rules that are neither chance nor longer than they need be: significant, then productive as well, then not redundant
 * either. Each adjustment counts all rules of the set.
 *
 * @throws PairwellError `bad-input` for an impossible option
 */
export function rulesLeft(
  { logP, productivityLogP: itemLogP, improvement }: RuleEvidence,
  { significance = {}, productivity = significance }: ProofOptions = {},
): RulesLeft {
  const significant = significantAmong(fromLogs(logP), significance);
  const areProductive = new Set(significantAmong(fromLogs(itemLogP), productivity));
  const productive = significant.filter((r) => areProductive.has(r));
  return { significant, productive, notRedundant: productive.filter((r) => improvement[r] > 0) };
}
