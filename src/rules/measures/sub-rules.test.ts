import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Transactions, transactionCount } from '../../baskets/transactions.ts';
import { fpGrowth } from '../../mining/fp-growth.ts';
import { groceries } from '../../mining/testing/groceries.ts';
import { generateRules } from '../generate.ts';
import { type RuleColumns, ruleCount } from '../rule-columns.ts';
import { anyRules, rulesOf } from '../testing/rules.ts';
import { measureColumn } from './measure-column.ts';
import { SubRules } from './sub-rules.ts';

/** By looking at every pair of rules. */
function bruteForce(rules: RuleColumns, among: RuleColumns, rule: number): number {
  const antecedent = (of: RuleColumns, r: number): number[] => [
    ...of.antecedentItems.subarray(of.antecedentOffsets[r], of.antecedentOffsets[r + 1]),
  ];
  const own = antecedent(rules, rule);
  let best = 0;
  for (let other = 0; other < ruleCount(among); other++) {
    const its = antecedent(among, other);
    if (among.consequent[other] !== rules.consequent[rule] || its.length >= own.length) continue;
    if (!its.every((item) => own.includes(item))) continue;
    best = Math.max(best, among.supportCount[other]! / among.antecedentCount[other]!);
  }
  return best;
}

const minedFrom = (baskets: Transactions, minSupport: number, minConfidence: number): RuleColumns =>
  generateRules(fpGrowth(baskets, { minSupport }), transactionCount(baskets), { minConfidence });

describe('SubRules', () => {
  it('finds what looking at every pair of rules finds', () => {
    fc.assert(
      fc.property(anyRules(), anyRules(), (rules, among) => {
        const subRules = new SubRules(among);
        for (let rule = 0; rule < ruleCount(rules); rule++) {
          expect(subRules.bestConfidence(rules, rule)).toBe(bruteForce(rules, among, rule));
        }
      }),
    );
  });

  it('grows', () => {
    const rules = minedFrom(groceries().baskets, 20, 0.3);
    expect(ruleCount(rules)).toBeGreaterThan(3000);
    const subRules = new SubRules(rules);
    for (let rule = 0; rule < ruleCount(rules); rule += 50) {
      expect(subRules.bestConfidence(rules, rule)).toBe(bruteForce(rules, rules, rule));
    }
  });

  it('does not try all subsets of a long antecedent', () => {
    const from = Array.from({ length: 60 }, (_, item) => item);
    const counts = { support: 5, antecedent: 6, consequent: 9 };
    const rules = rulesOf(10, [
      { from, to: 60, ...counts },
      { from: from.slice(1), to: 60, ...counts, antecedent: 8 },
      { from: [59], to: 60, ...counts, antecedent: 9 },
    ]);
    expect(new SubRules(rules).bestConfidence(rules, 0)).toBe(5 / 8);
  });
});

describe('improvement, boost and LIC', () => {
  const rules = rulesOf(100, [
    { from: [0], to: 2, support: 30, antecedent: 60, consequent: 50 },
    { from: [1], to: 2, support: 20, antecedent: 50, consequent: 50 },
    { from: [0, 1], to: 2, support: 12, antecedent: 16, consequent: 50 },
    { from: [0, 1], to: 3, support: 12, antecedent: 16, consequent: 50 },
    { from: [0, 1, 3], to: 2, support: 3, antecedent: 6, consequent: 50 },
  ]);

  it('compare with the best of the more general rules', () => {
    expect([...measureColumn(rules, 'improvement')]).toEqual([0.5, 0.4, 0.25, 0.75, -0.25]);
    expect([...measureColumn(rules, 'boost')]).toEqual([Infinity, Infinity, 1.5, Infinity, 0.5 / 0.75]);
    expect(measureColumn(rules, 'LIC')).toEqual(measureColumn(rules, 'boost'));
  });

  it('look among other rules where they are given', () => {
    const among = rulesOf(100, [{ from: [1], to: 2, support: 30, antecedent: 40, consequent: 50 }]);
    expect([...measureColumn(rules, 'improvement', { among })]).toEqual([0.5, 0.4, 0, 0.75, -0.25]);
  });

  // Rules that no more general one is as confident as, as counted by arules 1.7.13.
  it.each([
    { minSupport: 99, minConfidence: 0.5, count: 15 },
    { minSupport: 99, minConfidence: 0.25, count: 168 },
    { minSupport: 50, minConfidence: 0.5, count: 119 },
    { minSupport: 50, minConfidence: 0.25, count: 635 },
    { minSupport: 10, minConfidence: 0.8, count: 392 },
    { minSupport: 10, minConfidence: 0.5, count: 5096 },
    { minSupport: 5, minConfidence: 0.8, count: 7610 },
  ])(
    'tell the $count rules of Groceries at $minSupport and $minConfidence that are not redundant',
    (known) => {
      const mined = minedFrom(groceries().baskets, known.minSupport, known.minConfidence);
      expect(measureColumn(mined, 'improvement').filter((value) => value > 0)).toHaveLength(known.count);
      expect(measureColumn(mined, 'LIC').filter((value) => value > 1)).toHaveLength(known.count);
    },
  );
});
