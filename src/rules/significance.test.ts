import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { basketsOf } from '../mining/testing/baskets.ts';
import { groceries } from '../mining/testing/groceries.ts';
import { lnShare, relativeError, sum, waysByCount } from '../stats/testing/exact.ts';
import { ruleCount } from './rule-columns.ts';
import {
  type Adjustment,
  adjustments,
  fisherLogP,
  fromLogs,
  significantAmong,
  significantRules,
} from './significance.ts';
import { anyMined, literalsOf, mined } from './testing/mined.ts';
import { rulesOf } from './testing/rules.ts';

const listed = (numbers: Int32Array): number[] => [...numbers];

describe('fisherLogP', () => {
  it.each([
    // {herbs} ⇒ root vegetables and {root vegetables} ⇒ other vegetables of Groceries, by R's phyper.
    [{ support: 69, antecedent: 160, consequent: 1072 }, 6.170028e-26],
    [{ support: 466, antecedent: 1072, consequent: 1903 }, 1.657676e-83],
  ])('is as probable as R says: %o', (counts, p) => {
    const rules = rulesOf(9835, [{ from: [0], to: 1, ...counts }]);
    expect(relativeError(fromLogs(fisherLogP(rules))[0]!, p)).toBeLessThan(1e-6);
  });

  it('counts every way to draw as many, exactly', () => {
    fc.assert(
      fc.property(anyMined(), ({ rules }) => {
        const logP = fisherLogP(rules);
        literalsOf(rules).forEach(({ support, antecedent, consequent }, r) => {
          const ways = waysByCount(rules.transactionCount, consequent, antecedent);
          const expected = lnShare(sum(ways.slice(support)), sum(ways));
          expect(Math.abs(logP[r]! - expected)).toBeLessThan(1e-12 * Math.max(1, -expected));
        });
      }),
    );
  });

  it('tells apart what is too improbable for a probability', () => {
    const rules = rulesOf(100_000, [
      { from: [0], to: 1, support: 40_000, antecedent: 50_000, consequent: 50_000 },
      { from: [2], to: 1, support: 41_000, antecedent: 50_000, consequent: 50_000 },
    ]);
    const logP = fisherLogP(rules);
    expect([...fromLogs(logP)]).toEqual([0, 0]);
    expect(logP[1]).toBeLessThan(logP[0]!);
  });
});

describe('significantRules', () => {
  // arules 1.7.13: is.significant with an alpha of 0.01; the last two of these rows are of a support of 0.6 % and of 1 %.
  it.each([
    [10, 0.8, { none: 410, holm: 410, bonferroni: 377, 'benjamini-hochberg': 410 }],
    [10, 0.5, { none: 5594, holm: 1939, bonferroni: 1815, 'benjamini-hochberg': 5594 }],
    [60, 0.25, { none: 453, holm: 437, bonferroni: 410, 'benjamini-hochberg': 453 }],
    [99, 0.5, { none: 15, holm: 15, bonferroni: 15, 'benjamini-hochberg': 15 }],
  ])(
    'finds as many as arules in Groceries at %i baskets and confidence %f',
    (minSupport, minConfidence, counts) => {
      const { rules } = mined(groceries().baskets, minSupport, minConfidence);
      const found = Object.keys(adjustments).map((adjust) => [
        adjust,
        significantRules(rules, { alpha: 0.01, adjust: adjust as Adjustment }).length,
      ]);
      expect(Object.fromEntries(found)).toEqual(counts);
    },
  );

  it('finds none where all baskets are alike', () => {
    const { rules } = mined(basketsOf([0, 1, 2], [0, 1, 2], [0, 1, 2]), 1);
    expect(ruleCount(rules)).toBe(9);
    expect([...fisherLogP(rules)]).toEqual(new Array(9).fill(0));
    expect(listed(significantRules(rules))).toEqual([]);
  });

  it('finds none in one basket', () => {
    const { rules } = mined(basketsOf([0, 1]), 1);
    expect(listed(significantRules(rules, { adjust: 'none' }))).toEqual([]);
  });

  it('finds none about what is in every basket', () => {
    const { rules } = mined(basketsOf([0, 1], [0], [0, 1], [0], [0]), 1);
    expect([...fisherLogP(rules)]).toEqual([0, 0]);
    expect(listed(significantRules(rules, { adjust: 'none', alpha: 0.5 }))).toEqual([]);
  });

  it('finds none among no rules', () => {
    for (const adjust of Object.keys(adjustments) as Adjustment[])
      expect(listed(significantRules(rulesOf(5, []), { adjust }))).toEqual([]);
  });
});

describe('significantAmong', () => {
  const p = Float64Array.of(0.03, 0.01, 0.04, 0.005);

  it.each([
    ['none', 0.03, [0, 1, 3]],
    ['bonferroni', 0.04, [1, 3]],
    ['bonferroni', 0.03, [3]],
    ['holm', 0.03, [1, 3]],
    ['holm', 0.06, [0, 1, 2, 3]],
    ['benjamini-hochberg', 0.04, [0, 1, 2, 3]],
    ['benjamini-hochberg', 0.02, [1, 3]],
  ] as const)('takes those that %s leaves at %f or below', (adjust, alpha, expected) => {
    expect(listed(significantAmong(p, { adjust, alpha }))).toEqual(expected);
  });

  it('keeps the chance of any false one at 5 % unless told otherwise', () => {
    expect(listed(significantAmong(p))).toEqual(listed(significantAmong(p, { adjust: 'holm', alpha: 0.05 })));
  });

  it.each([0, -0.1, 1.1, Number.NaN])('refuses a level of %f', (alpha) => {
    expect(() => significantAmong(p, { alpha })).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});
