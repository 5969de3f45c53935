import type { Itemsets } from '../mining/itemsets.ts';
import { rulesAt } from './constrain-rules.ts';
import { productivityLogP } from './productivity.ts';
import { redundantRules } from './redundancy.ts';
import { type RuleColumns, ruleCount } from './rule-columns.ts';
import { fisherLogP, fromLogs, type SignificanceOptions, significantAmong } from './significance.ts';
import { type RankingMeasure, type rankingMeasures, topRules } from './top-rules.ts';

export interface BestProductiveOptions extends SignificanceOptions {
  /** How many rules, ≥ 1. */
  k: number;
  /** Default `leverage`: how many transactions more than by chance. */
  by?: keyof typeof rankingMeasures | RankingMeasure;
}

export interface BestProductiveRules {
  /** The best first. */
  readonly rules: RuleColumns;
  /** By rule: ln of the highest p-value of its tests, not adjusted. */
  readonly logP: Float64Array;
  /** How many rules there were, and how many of them were left after each step. */
  readonly left: {
    readonly all: number;
    readonly significant: number;
    readonly productive: number;
    readonly notRedundant: number;
  };
}

/**
 * The rules to show: the k best of those that are neither chance nor a longer form of another. A rule is left when Fisher's test
 * finds both sides dependent and the consequent more probable with each item of the antecedent than without it (Webb,
 * Machine Learning 68, 2007); the highest of its p-values is adjusted for the number of rules, so that with `holm` the chance of
 * any false rule is at most alpha. Nor may a more general rule, "∅ ⇒ consequent" included, be as confident.
 *
 * Of rules of hundreds of thousands, that leaves few with more than one item on the left-hand side: `benjamini-hochberg`
 * leaves more, a share alpha of them false.
 *
 * @param rules as they were mined: rules that were dropped before are not counted in the adjustment
 * @param itemsets all frequent itemsets that the rules were made of
 * @throws PairwellError `bad-input` for an impossible option, or when the itemsets lack a part of a rule
 */
export function bestProductiveRules(
  rules: RuleColumns,
  itemsets: Itemsets,
  { k, by = 'leverage', ...significance }: BestProductiveOptions,
): BestProductiveRules {
  const dependence = fisherLogP(rules);
  const productivity = productivityLogP(rules, itemsets);
  const highest = dependence.map((value, r) => Math.max(value, productivity[r]));
  const significant = significantAmong(fromLogs(dependence), significance);
  const productive = rulesAt(rules, significantAmong(fromLogs(highest), significance));
  const redundant = new Set(redundantRules(productive, { itemsets, fromNothing: true }));
  const notRedundant = rulesAt(
    productive,
    productive.consequent.map((_, r) => r).filter((r) => !redundant.has(r)),
  );
  const best = topRules(notRedundant, k, by);
  const [d, p] = [fisherLogP(best), productivityLogP(best, itemsets)];
  return {
    rules: best,
    logP: d.map((value, r) => Math.max(value, p[r])),
    left: {
      all: ruleCount(rules),
      significant: significant.length,
      productive: ruleCount(productive),
      notRedundant: ruleCount(notRedundant),
    },
  };
}
