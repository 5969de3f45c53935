import type { Itemsets } from '../mining/itemsets.ts';
import { rulesAt } from './constrain-rules.ts';
import { productivityLogP } from './productivity.ts';
import { type RuleColumns, ruleCount } from './rule-columns.ts';
import { evidenceOf, type ProofOptions, rulesLeft } from './rule-evidence.ts';
import { fisherLogP } from './significance.ts';
import { type RankingMeasure, type rankingMeasures, topRules } from './top-rules.ts';

export interface BestProductiveOptions extends ProofOptions {
  /** How many rules, ≥ 1. */
  k: number;
  /** Default `leverage`: the share of transactions that hold the rule beyond what chance would bring about. */
  by?: keyof typeof rankingMeasures | RankingMeasure;
}

export interface BestProductiveRules {
  /** The best first. */
  readonly rules: RuleColumns;
  /** By rule: ln of the p-values of its tests, not adjusted; see `fisherLogP` and `productivityLogP`. */
  readonly significance: Float64Array;
  readonly productivity: Float64Array;
  /** How many rules there were, and how many of them were left after each step. */
  readonly left: {
    readonly all: number;
    readonly significant: number;
    readonly productive: number;
    readonly notRedundant: number;
  };
}

/**
 * The rules to show: the k best of those that are neither chance nor longer than they need be. Fisher's test finds their
 * sides dependent, and the consequent more probable with each item of the antecedent than without it (Webb, Machine Learning
 * 68, 2007, pp. 1–33); no more general rule, "∅ ⇒ consequent" included, is as confident.
 *
 * After `holm` few long rules are left of hundreds of thousands, as each of so many could be chance. Mine fewer, confirm
 * rules in other transactions (`hold-out.ts`) or choose `benjamini-hochberg`, which lets a share alpha of false ones pass.
 *
 * @param rules as they were mined: any that were dropped before are not counted in the adjustments
 * @param itemsets all frequent itemsets that the rules were made of
 * @throws PairwellError `bad-input` for an impossible option, or when the itemsets lack a part of a rule
 */
export function bestProductiveRules(
  rules: RuleColumns,
  itemsets: Itemsets,
  { k, by = 'leverage', ...proof }: BestProductiveOptions,
): BestProductiveRules {
  const evidence = evidenceOf(rules, itemsets);
  const { significant, productive, notRedundant } = rulesLeft(evidence, proof);
  const best = topRules(rulesAt(rules, notRedundant), k, by);
  return {
    rules: best,
    significance: fisherLogP(best),
    productivity: productivityLogP(best, itemsets),
    left: {
      all: ruleCount(rules),
      significant: significant.length,
      productive: productive.length,
      notRedundant: notRedundant.length,
    },
  };
}
