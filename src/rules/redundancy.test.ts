import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fpGrowth } from '../mining/fp-growth.ts';
import { basketsOf } from '../mining/testing/baskets.ts';
import { groceries } from '../mining/testing/groceries.ts';
import { itemsetsOf } from '../mining/testing/itemsets.ts';
import { rulesAt } from './constrain-rules.ts';
import { bestMoreGeneral, type RedundancyOptions, redundantRules } from './redundancy.ts';
import { type RuleColumns, ruleCount } from './rule-columns.ts';
import { anyMined, counterIn, literalsOf, mined } from './testing/mined.ts';
import { anyRules, type RuleLiteral, rulesOf } from './testing/rules.ts';
import { type RankingMeasure, rankingMeasures } from './top-rules.ts';

const none = Number.NEGATIVE_INFINITY;

/** Higher for rare antecedents, infinite for rare consequents, and often no number. */
const odd: RankingMeasure = (count, antecedent, consequent, transactions) =>
  (transactions - antecedent) / (antecedent - count) / (consequent > 4 ? 1 : 0);

const measures = { ...rankingMeasures, odd };
const anyMeasure = fc.constantFrom(...(Object.keys(measures) as (keyof typeof measures)[]));

/** The highest value among other rules that are more general. */
function bruteForce(
  rule: RuleLiteral,
  others: readonly RuleLiteral[],
  measure: RankingMeasure,
  n: number,
  fromNothing: boolean,
): number {
  const { from, to, consequent } = rule;
  const general = others.filter(
    (other) =>
      other.to === to && other.from.length < from.length && other.from.every((item) => from.includes(item)),
  );
  const counts = general.map(
    (other): Parameters<RankingMeasure> => [other.support, other.antecedent, other.consequent, n],
  );
  if (fromNothing) counts.push([consequent, n, consequent, n]);
  return Math.max(...counts.map((count) => measure(...count)).filter((value) => !Number.isNaN(value)));
}

function subsetsOf(items: readonly number[]): number[][] {
  return Array.from({ length: 2 ** items.length }, (_, subset) => items.filter((_, i) => (subset >> i) & 1));
}

const redundant = (rules: RuleColumns, options?: RedundancyOptions): number[] => [
  ...redundantRules(rules, options),
];

describe('bestMoreGeneral', () => {
  it('finds the best of the set on any rules', () => {
    fc.assert(
      fc.property(anyRules(), anyMeasure, fc.boolean(), (rules, name, fromNothing) => {
        const all = literalsOf(rules);
        const best = bestMoreGeneral(rules, { by: measures[name], fromNothing });
        expect([...best]).toEqual(
          all.map((rule) => bruteForce(rule, all, measures[name], rules.transactionCount, fromNothing)),
        );
      }),
    );
  });

  it('finds the best of the set on the rules of any baskets, with gaps or without', () => {
    fc.assert(
      fc.property(anyMined(), anyMeasure, ({ rules }, name) => {
        const all = literalsOf(rules);
        expect([...bestMoreGeneral(rules, { by: measures[name] })]).toEqual(
          all.map((rule) => bruteForce(rule, all, measures[name], rules.transactionCount, false)),
        );
      }),
    );
  });

  it('finds the best of all rules by the supports of itemsets', () => {
    fc.assert(
      fc.property(anyMined(), anyMeasure, fc.boolean(), ({ baskets, itemsets, rules }, name, fromNothing) => {
        const count = counterIn(baskets);
        const best = bestMoreGeneral(rules, { by: measures[name], itemsets, fromNothing });
        const expected = literalsOf(rules).map((rule) => {
          const general = subsetsOf(rule.from)
            .filter((from) => from.length > 0)
            .map((from) => ({ ...rule, from, support: count([...from, rule.to]), antecedent: count(from) }));
          return bruteForce(rule, general, measures[name], rules.transactionCount, fromNothing);
        });
        expect([...best]).toEqual(expected);
      }),
    );
  });

  it('goes by confidence unless told otherwise', () => {
    const rules = rulesOf(10, [
      { from: [0], to: 2, support: 3, antecedent: 6, consequent: 4 },
      { from: [1], to: 2, support: 1, antecedent: 4, consequent: 4 },
      { from: [0, 1], to: 2, support: 1, antecedent: 3, consequent: 4 },
      { from: [0, 1], to: 3, support: 1, antecedent: 3, consequent: 9 },
    ]);
    expect([...bestMoreGeneral(rules)]).toEqual([none, none, 0.5, none]);
    expect([...bestMoreGeneral(rules, { fromNothing: true })]).toEqual([0.4, 0.4, 0.5, 0.9]);
  });

  it('takes long antecedents whose parts are not there', () => {
    const items = Array.from({ length: 60 }, (_, i) => i);
    const counts = { antecedent: 4, consequent: 4 };
    const rules = rulesOf(9, [
      { from: items, to: 60, support: 3, ...counts },
      { from: items.slice(1), to: 60, support: 1, ...counts },
      { from: [0, 17, 59], to: 60, support: 2, ...counts },
      { from: [17, 59], to: 60, support: 1, ...counts },
    ]);
    expect([...bestMoreGeneral(rules)]).toEqual([0.5, 0.25, 0.25, none]);
  });

  it('takes a consequent in every basket, where measures are no numbers', () => {
    const conviction: RankingMeasure = (count, antecedent, consequent, n) =>
      (1 - consequent / n) / (1 - count / antecedent);
    const items = Array.from({ length: 14 }, (_, i) => i);
    const { rules, itemsets } = mined(basketsOf(items, items), 1);
    const fewer = rulesAt(
      rules,
      Int32Array.from({ length: 50 }, (_, r) => ruleCount(rules) - 1 - r),
    );
    for (const options of [{ itemsets }, {}])
      expect([...bestMoreGeneral(fewer, { by: conviction, ...options })]).toEqual(new Array(50).fill(none));
  });
});

describe('redundantRules', () => {
  // arules 1.7.13: is.redundant; with "∅ ⇒ y" where its rules are mined from one item on.
  it.each([
    [60, 0.25, 17, 18],
    [10, 0.8, 18, 18],
    [10, 0.5, 572, 572],
    [99, 0.5, 0, 0],
  ])(
    'finds as many as arules in Groceries at %i baskets and confidence %f',
    (minSupport, minConfidence, inSet, withNothing) => {
      const { rules, itemsets } = mined(groceries().baskets, minSupport, minConfidence);
      for (const by of ['confidence', 'lift'] as const) {
        expect(redundant(rules, { by })).toHaveLength(inSet);
        expect(redundant(rules, { by, itemsets })).toEqual(redundant(rules, { by }));
        expect(redundant(rules, { by, fromNothing: true })).toHaveLength(withNothing);
        expect(redundant(rules, { by, itemsets, fromNothing: true })).toHaveLength(withNothing);
      }
    },
  );

  const rules = rulesOf(10, [
    { from: [0], to: 2, support: 3, antecedent: 6, consequent: 4 },
    { from: [0, 1], to: 2, support: 2, antecedent: 4, consequent: 4 },
    { from: [0, 3], to: 2, support: 3, antecedent: 5, consequent: 4 },
    { from: [0, 1, 3], to: 2, support: 1, antecedent: 1, consequent: 4 },
  ]);

  it('takes equal values for redundant', () => {
    expect(redundant(rules)).toEqual([1]);
  });

  it('takes values for redundant that are higher by the tolerance at most', () => {
    expect(redundant(rules, { tolerance: 0.05 })).toEqual([1]);
    expect(redundant(rules, { tolerance: 0.11 })).toEqual([1, 2]);
    expect(redundant(rules, { tolerance: 0.5 })).toEqual([1, 2, 3]);
    expect(redundant(rules, { tolerance: 0.11, fromNothing: true })).toEqual([0, 1, 2]);
  });

  it('finds general rules that failed a threshold', () => {
    const baskets = basketsOf([0, 1, 2], [0, 1, 2], [0, 1], [0, 2], [0], [1]);
    const { rules, itemsets } = mined(baskets, 1, 0.65);
    const long = literalsOf(rules).findIndex(({ from, to }) => from.join() === '0,1' && to === 2);
    // Two in three; {0} ⇒ 2 holds in three of five.
    expect(redundant(rules, { tolerance: 0.1 })).not.toContain(long);
    expect(redundant(rules, { tolerance: 0.1, itemsets })).toContain(long);
    expect(redundant(rules, { tolerance: 0.06, itemsets })).not.toContain(long);
  });

  it('leaves rules alone whose value is not a number', () => {
    expect(redundant(rules, { by: () => Number.NaN, fromNothing: true })).toEqual([]);
    const infinite = { by: () => Number.POSITIVE_INFINITY };
    expect(redundant(rules, infinite)).toEqual([1, 2, 3]);
  });

  it('takes all long rules for redundant where all baskets are alike', () => {
    const { rules, itemsets } = mined(basketsOf([0, 1, 2], [0, 1, 2]), 1);
    const long = literalsOf(rules).flatMap(({ from }, r) => (from.length > 1 ? [r] : []));
    expect(redundant(rules)).toEqual(long);
    expect(redundant(rules, { itemsets })).toEqual(long);
    expect(redundant(rules, { fromNothing: true })).toHaveLength(ruleCount(rules));
  });

  it('takes no rules', () => {
    expect(redundant(rulesOf(5, []))).toEqual([]);
    expect(redundant(rulesOf(5, []), { itemsets: fpGrowth(basketsOf(), { minSupport: 1 }) })).toEqual([]);
  });

  it('refuses itemsets without the parts of a rule', () => {
    const itemsets = itemsetsOf([[0, 1, 2], 2], [[0], 6], [[2], 4]);
    expect(() => redundant(rules, { itemsets })).toThrow(
      expect.objectContaining({
        code: 'bad-input',
        message: expect.stringContaining('all frequent itemsets'),
      }),
    );
  });

  it.each([-0.1, Number.NaN, Number.POSITIVE_INFINITY])('refuses a tolerance of %f', (tolerance) => {
    expect(() => redundant(rules, { tolerance })).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});
