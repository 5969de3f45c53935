import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { basketsOf } from '../mining/testing/baskets.ts';
import { groceries } from '../mining/testing/groceries.ts';
import { bestProductiveRules } from './best-productive.ts';
import { rulesAt } from './constrain-rules.ts';
import { productiveRules, productivityLogP } from './productivity.ts';
import { redundantRules } from './redundancy.ts';
import { ruleCount } from './rule-columns.ts';
import { fisherLogP, type SignificanceOptions, significantRules } from './significance.ts';
import { anyMined, literalsOf, mined } from './testing/mined.ts';
import { topRules } from './top-rules.ts';

describe('bestProductiveRules', () => {
  it('shows the best of the rules that pass every test', () => {
    const level = fc.record<SignificanceOptions>({
      alpha: fc.constantFrom(0.1, 0.5),
      adjust: fc.constantFrom('none', 'benjamini-hochberg', 'holm'),
    });
    const by = fc.constantFrom('leverage', 'lift');
    fc.assert(
      fc.property(anyMined(), level, level, by, ({ rules, itemsets }, significance, productivity, by) => {
        const significant = [...significantRules(rules, significance)];
        const areProductive = new Set(productiveRules(rules, itemsets, productivity));
        const areRedundant = new Set(redundantRules(rules, { itemsets, fromNothing: true }));
        const productive = significant.filter((r) => areProductive.has(r));
        const left = productive.filter((r) => !areRedundant.has(r));
        const best = topRules(rulesAt(rules, Int32Array.from(left)), 5, by);
        expect(bestProductiveRules(rules, itemsets, { k: 5, by, significance, productivity })).toEqual({
          rules: best,
          significance: fisherLogP(best),
          productivity: productivityLogP(best, itemsets),
          left: {
            all: ruleCount(rules),
            significant: significant.length,
            productive: productive.length,
            notRedundant: left.length,
          },
        });
      }),
    );
  });

  it('shows what goes together in Groceries', () => {
    const { baskets, products } = groceries();
    const { rules, itemsets } = mined(baskets, 60, 0.25);
    const {
      rules: best,
      significance,
      productivity,
      left,
    } = bestProductiveRules(rules, itemsets, { k: 100 });
    expect(left).toEqual({ all: 463, significant: 451, productive: 183, notRedundant: 183 });
    expect(ruleCount(best)).toBe(100);
    const names = literalsOf(best).map(
      ({ from, to }) => `${from.map((item) => products.nameOf(item)).join(' + ')} > ${products.nameOf(to)}`,
    );
    expect(names.slice(0, 3)).toEqual([
      'root vegetables > other vegetables',
      'whole milk > other vegetables',
      'other vegetables > whole milk',
    ]);
    expect(Math.exp(significance[0]!)).toBeCloseTo(1.657676e-83, 89);
    expect(productivity[0]).toBe(significance[0]);
  });

  it('asks for as much productivity as significance unless told otherwise', () => {
    const { rules, itemsets } = mined(groceries().baskets, 60, 0.25);
    const left = (options: object): number =>
      bestProductiveRules(rules, itemsets, { k: 1, ...options }).left.productive;
    const significance = { alpha: 0.01, adjust: 'bonferroni' } as const;
    expect(left({ significance })).toBe(left({ significance, productivity: significance }));
    expect(left({ productivity: { adjust: 'none' } })).toBe(364);
  });

  it.each([
    ['all baskets are alike', basketsOf([0, 1, 2], [0, 1, 2], [0, 1, 2])],
    ['there is one basket', basketsOf([0, 1])],
    ['there is none', basketsOf()],
    ['the consequent is in every basket', basketsOf([0, 1], [0], [0, 1], [0])],
  ])('shows none where %s', (_, baskets) => {
    const { rules, itemsets } = mined(baskets, 1);
    const best = bestProductiveRules(rules, itemsets, { k: 3, significance: { adjust: 'none' } });
    expect(ruleCount(best.rules)).toBe(0);
    expect(best.left).toEqual({ all: ruleCount(rules), significant: 0, productive: 0, notRedundant: 0 });
  });

  it('refuses to show none', () => {
    const { rules, itemsets } = mined(basketsOf([0, 1]), 1);
    expect(() => bestProductiveRules(rules, itemsets, { k: 0 })).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    );
  });
});
