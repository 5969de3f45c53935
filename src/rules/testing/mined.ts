import fc from 'fast-check';
import { type Transactions, transactionCount } from '../../baskets/transactions.ts';
import { fpGrowth } from '../../mining/fp-growth.ts';
import type { Itemsets } from '../../mining/itemsets.ts';
import { anyBaskets } from '../../mining/testing/baskets.ts';
import { rulesAt } from '../constrain-rules.ts';
import { generateRules } from '../generate.ts';
import { type RuleColumns, ruleCount } from '../rule-columns.ts';
import type { RuleLiteral } from './rules.ts';

/** Rules with the itemsets and the transactions that they come from. */
export interface Mined {
  readonly baskets: Transactions;
  readonly itemsets: Itemsets;
  readonly rules: RuleColumns;
}

export function mined(baskets: Transactions, minSupport: number, minConfidence = 0): Mined {
  const itemsets = fpGrowth(baskets, { minSupport });
  return { baskets, itemsets, rules: generateRules(itemsets, transactionCount(baskets), { minConfidence }) };
}

/** All rules of any few baskets, or some of them. */
export function anyMined(): fc.Arbitrary<Mined> {
  return fc
    .tuple(anyBaskets(), fc.integer({ min: 1, max: 4 }), fc.constantFrom(1, 2, 5), fc.nat(4))
    .map(([baskets, minSupport, each, from]) => {
      const all = mined(baskets, minSupport);
      const kept = all.rules.consequent.map((_, r) => r).filter((r) => r % each === from % each);
      return { ...all, rules: rulesAt(all.rules, kept) };
    });
}

/** Rules as tests write them. */
export function literalsOf(rules: RuleColumns): RuleLiteral[] {
  const { antecedentOffsets, antecedentItems, consequent, supportCount, antecedentCount, consequentCount } =
    rules;
  return Array.from({ length: ruleCount(rules) }, (_, r) => ({
    from: [...antecedentItems.subarray(antecedentOffsets[r], antecedentOffsets[r + 1])],
    to: consequent[r]!,
    support: supportCount[r]!,
    antecedent: antecedentCount[r]!,
    consequent: consequentCount[r]!,
  }));
}

/** Tells how many transactions hold all of some items, by looking into each. */
export function counterIn({ offsets, items }: Transactions): (set: readonly number[]) => number {
  const rows = Array.from({ length: offsets.length - 1 }, (_, t) =>
    items.subarray(offsets[t], offsets[t + 1]),
  );
  return (set) => rows.filter((row) => set.every((item) => row.includes(item))).length;
}
