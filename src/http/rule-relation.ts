import { relations } from '../insights/insights.ts';
import type { RuleBrowser } from '../rules/browse.ts';
import type { RuleBook } from '../serving/rule-book.ts';

/** What two products are to each other, as answers say it: only the best-selling ones are examined. */
export const ruleRelations = [...relations, 'not-examined'] as const;

export type RuleRelation = (typeof ruleRelations)[number];

/** Of the two products of a rule; null for rules with several on the left. */
export function relationOfRule(rules: RuleBrowser, rule: number, book: RuleBook): RuleRelation | null {
  const antecedent = rules.antecedent(rule);
  if (antecedent.length > 1) return null;
  const row = book.relationRow(antecedent[0], rules.rules.consequent[rule]);
  return row < 0 ? 'not-examined' : relations[book.insights.relations.relation[row]];
}
