import fc from 'fast-check';
import type { RuleColumns } from '../rule-columns.ts';
import { RulesBuilder } from '../rules-builder.ts';

/** A rule as tests write it: counts are of transactions. */
export interface RuleLiteral {
  from: number[];
  to: number;
  support: number;
  antecedent: number;
  consequent: number;
}

export function rulesOf(transactionCount: number, literals: readonly RuleLiteral[]): RuleColumns {
  const builder = new RulesBuilder(transactionCount, Number.MAX_SAFE_INTEGER);
  for (const { from, to, support, antecedent, consequent } of literals) {
    builder.add(Int32Array.from(from), from.length, to, { support, antecedent, consequent });
  }
  return builder.build();
}

/** Rules as lines such as `0 1 > 2: 5 of 6, 7`, in one order, whatever order they were found in. */
export function listedRules(rules: RuleColumns): string[] {
  const { antecedentOffsets, antecedentItems, consequent, supportCount, antecedentCount, consequentCount } =
    rules;
  return Array.from(consequent, (item, r) => {
    const antecedent = antecedentItems.subarray(antecedentOffsets[r], antecedentOffsets[r + 1]).join(' ');
    return `${antecedent} > ${item}: ${supportCount[r]} of ${antecedentCount[r]}, ${consequentCount[r]}`;
  }).sort();
}

/** Items that rules of {@link anyRules} are about: 0 … itemCount − 1. */
export const itemCount = 8;

const transactionCount = 12;

/** Any few rules over a handful of items, many of them equally confident. */
export function anyRules(): fc.Arbitrary<RuleColumns> {
  const sides = fc.uniqueArray(fc.nat(itemCount - 1), { minLength: 2, maxLength: 4 });
  const counts = fc.record({
    support: fc.integer({ min: 1, max: 3 }),
    more: fc.nat(3),
    consequent: fc.integer({ min: 3, max: transactionCount }),
  });
  const rule = fc.tuple(sides, counts).map(([[to, ...from], { support, more, consequent }]) => ({
    from: from.sort((a, b) => a - b),
    to: to!,
    support,
    antecedent: support + more,
    consequent,
  }));
  const distinct = fc.uniqueArray(rule, {
    selector: ({ from, to }) => `${from}>${to}`,
    maxLength: 40,
  });
  return distinct.map((literals) => rulesOf(transactionCount, literals));
}
