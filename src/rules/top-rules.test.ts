import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RuleColumns, ruleCount } from './rule-columns.ts';
import { anyRules, rulesOf } from './testing/rules.ts';
import { type RankingMeasure, rankingMeasures, topRules } from './top-rules.ts';

interface Rule {
  from: number[];
  to: number;
  counts: Parameters<RankingMeasure>;
}

function rulesIn(rules: RuleColumns): Rule[] {
  const { antecedentOffsets, antecedentItems, consequent, supportCount, antecedentCount, consequentCount } =
    rules;
  return Array.from(consequent, (to, r) => ({
    from: [...antecedentItems.subarray(antecedentOffsets[r], antecedentOffsets[r + 1])],
    to,
    counts: [supportCount[r]!, antecedentCount[r]!, consequentCount[r]!, rules.transactionCount],
  }));
}

/** By measure, support, size of the antecedent, then items. */
function inOrder(rules: RuleColumns, measure: RankingMeasure): Rule[] {
  return rulesIn(rules).sort((a, b) => {
    const differences = [
      measure(...b.counts) - measure(...a.counts),
      b.counts[0] - a.counts[0],
      a.from.length - b.from.length,
      ...a.from.map((item, i) => item - (b.from[i] ?? 0)),
      a.to - b.to,
    ];
    return differences.find((difference) => difference !== 0) ?? 0;
  });
}

const rules = rulesOf(100, [
  { from: [2], to: 1, support: 10, antecedent: 20, consequent: 50 },
  { from: [0], to: 1, support: 10, antecedent: 20, consequent: 50 },
  { from: [0, 1], to: 2, support: 10, antecedent: 20, consequent: 40 },
  { from: [3], to: 4, support: 4, antecedent: 4, consequent: 5 },
  { from: [1], to: 5, support: 40, antecedent: 80, consequent: 60 },
]);
const names = (top: RuleColumns): string[] => rulesIn(top).map(({ from, to }) => `${from} > ${to}`);

describe('topRules', () => {
  it.each([
    ['support', ['1 > 5', '0 > 1', '2 > 1', '0,1 > 2', '3 > 4']],
    ['confidence', ['3 > 4', '1 > 5', '0 > 1', '2 > 1', '0,1 > 2']],
    ['lift', ['3 > 4', '0,1 > 2', '0 > 1', '2 > 1', '1 > 5']],
    ['leverage', ['3 > 4', '0,1 > 2', '0 > 1', '2 > 1', '1 > 5']],
  ] as const)('ranks by %s', (by, order) => {
    for (let k = 1; k <= 5; k++) expect(names(topRules(rules, k, by))).toEqual(order.slice(0, k));
    expect(names(topRules(rules, 100, by))).toEqual(order);
  });

  it('works out leverage', () => {
    expect(rankingMeasures.leverage(40, 80, 60, 100)).toBeCloseTo(0.4 - 0.8 * 0.6, 12);
    expect(rankingMeasures.leverage(1, 3, 3, 9)).toBe(0);
  });

  it('ranks by a measure of the caller, infinite values first and no numbers last', () => {
    const conviction: RankingMeasure = (count, antecedent, consequent, transactions) =>
      count === 40 ? Number.NaN : (1 - consequent / transactions) / (1 - count / antecedent);
    expect(names(topRules(rules, 5, conviction))).toEqual(['3 > 4', '0,1 > 2', '0 > 1', '2 > 1', '1 > 5']);
  });

  it('takes no rules', () => {
    expect(ruleCount(topRules(rulesOf(5, []), 3, 'lift'))).toBe(0);
  });

  it('agrees with sorting everything', () => {
    const by = fc.constantFrom(...(Object.keys(rankingMeasures) as (keyof typeof rankingMeasures)[]));
    fc.assert(
      fc.property(anyRules(), by, fc.integer({ min: 1, max: 50 }), (rules, by, k) => {
        const top = topRules(rules, k, by);
        expect(rulesIn(top)).toEqual(inOrder(rules, rankingMeasures[by]).slice(0, k));
        expect(top.transactionCount).toBe(rules.transactionCount);
      }),
    );
  });

  it('refuses to pick none', () => {
    expect(() => topRules(rules, 0, 'lift')).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});
