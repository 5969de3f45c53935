import { type RuleColumns, ruleCount } from '../../rules/rule-columns.ts';
import type { Proposal, Proposing, RuleStanding } from '../rule-index.ts';
import { terms } from '../rule-terms.ts';

/** A standing in which all rules are alike. */
export function plainStanding(rules: RuleColumns): RuleStanding {
  return { terms: new Uint8Array(ruleCount(rules)), isShown: new Uint8Array(ruleCount(rules)) };
}

/** What `RuleIndex.propose` must answer, by scoring every rule. */
export function scoreAll(rules: RuleColumns, standing: RuleStanding, proposing: Proposing): Proposal[] {
  const { cart, history, historyWeight, limit, admits, holds } = proposing;
  const found: Proposal[] = [];
  for (let rule = 0; rule < ruleCount(rules); rule++) {
    const item = rules.consequent[rule]!;
    if (cart.includes(item) || history.includes(item) || !admits(item)) continue;
    const antecedent = rules.antecedentItems.subarray(
      rules.antecedentOffsets[rule],
      rules.antecedentOffsets[rule + 1],
    );
    if (!antecedent.every((needed) => cart.includes(needed) || history.includes(needed))) continue;
    if (standing.terms[rule] === terms.never) continue;
    if (standing.terms[rule] === terms.inPromotion && !holds(rule)) continue;
    const weight = antecedent.every((needed) => cart.includes(needed)) ? 1 : historyWeight;
    const score = weight * (rules.supportCount[rule]! / rules.antecedentCount[rule]!);
    found.push({ item, rule, score });
  }
  const byMerit = (a: Proposal, b: Proposal): number =>
    b.score - a.score || standing.isShown[b.rule]! - standing.isShown[a.rule]!;
  const best = new Map<number, Proposal>();
  for (const proposal of found.sort((a, b) => byMerit(a, b) || a.rule - b.rule)) {
    if (!best.has(proposal.item)) best.set(proposal.item, proposal);
  }
  return [...best.values()].sort((a, b) => byMerit(a, b) || a.item - b.item).slice(0, limit);
}
