import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fpGrowth } from '../mining/fp-growth.ts';
import { basketsOf } from '../mining/testing/baskets.ts';
import { groceries } from '../mining/testing/groceries.ts';
import { itemsetsOf } from '../mining/testing/itemsets.ts';
import { lnShare, sum, waysByCount } from '../stats/testing/exact.ts';
import { itemLogP, productiveRules, productivityLogP } from './productivity.ts';
import { fisherLogP } from './significance.ts';
import { anyMined, counterIn, literalsOf, mined } from './testing/mined.ts';
import { rulesOf } from './testing/rules.ts';

describe('itemLogP', () => {
  it('counts every way to draw as many among the transactions with the other items, exactly', () => {
    fc.assert(
      fc.property(anyMined(), ({ baskets, itemsets, rules }) => {
        const count = counterIn(baskets);
        const expected = literalsOf(rules).flatMap(({ from, to, support, antecedent }) =>
          from.map((item) => {
            const others = from.filter((other) => other !== item);
            const ways = waysByCount(count(others), count([...others, to]), antecedent);
            return lnShare(sum(ways.slice(support)), sum(ways));
          }),
        );
        const logP = itemLogP(rules, itemsets);
        expect(logP).toHaveLength(expected.length);
        expected.forEach((value, at) => {
          expect(Math.abs(logP[at]! - value)).toBeLessThan(1e-12 * Math.max(1, -value));
        });
      }),
    );
  });

  it('is the test of the rule itself when there is one item', () => {
    const { rules, itemsets } = mined(groceries().baskets, 50);
    const [items, whole] = [itemLogP(rules, itemsets), fisherLogP(rules)];
    literalsOf(rules).forEach(({ from }, r) => {
      if (from.length === 1) expect(items[rules.antecedentOffsets[r]!]).toBe(whole[r]);
    });
  });
});

describe('productiveRules', () => {
  // Worked out with R: phyper on the transactions with the other item.
  it.each([
    [
      ['other vegetables', 'root vegetables'],
      { 'root vegetables': 1.41e-7, 'other vegetables': 0.0113 },
      { '0.05': true, '0.01': false },
    ],
    [['rolls/buns', 'soda'], { 'rolls/buns': 0.503, soda: 0.99992 }, { '0.05': false, '0.01': false }],
  ])('knows which of %o matter for whole milk in Groceries', (names, byItem, isProductive) => {
    const { baskets, products } = groceries();
    const { rules, itemsets } = mined(baskets, 50);
    const milk = products.idOf('whole milk');
    const wanted = names.map((name) => products.idOf(name)!).sort((a, b) => a - b);
    const r = literalsOf(rules).findIndex(({ from, to }) => to === milk && from.join() === wanted.join());
    const p = Object.entries(byItem).map(([, value]) => value);
    const start = rules.antecedentOffsets[r]!;
    const found = itemLogP(rules, itemsets).subarray(start, start + 2);
    // Each p-value is about the item that is dropped.
    const dropped = Object.keys(byItem).map((name) => Math.exp(found[wanted.indexOf(products.idOf(name)!)]!));
    dropped.forEach((value, i) => {
      expect(Number(value.toPrecision(p[i] === 0.99992 ? 5 : 3))).toBe(p[i]);
    });
    expect(productivityLogP(rules, itemsets)[r]).toBe(Math.max(...found));
    for (const [alpha, expected] of Object.entries(isProductive)) {
      const numbers = productiveRules(rules, itemsets, { alpha: Number(alpha), adjust: 'none' });
      expect(numbers.includes(r)).toBe(expected);
    }
  });

  it('finds rules that need both items, and not those that need one', () => {
    const times = (count: number, basket: number[]): number[][] => new Array(count).fill(basket);
    // 2 comes with 0 and 1 together; 3 comes with 0, and 1 has no part in it.
    const { rules, itemsets } = mined(
      basketsOf(...times(20, [0, 1, 2, 3]), ...times(20, [0, 3]), ...times(20, [1]), ...times(20, [])),
      1,
    );
    const isProductive = ([...from]: number[], to: number): boolean => {
      const productive = [...productiveRules(rules, itemsets)].map((r) => literalsOf(rules)[r]!);
      return productive.some((rule) => rule.to === to && rule.from.join() === from.join());
    };
    expect(isProductive([0, 1], 2)).toBe(true);
    expect(isProductive([0], 3)).toBe(true);
    expect(isProductive([0, 1], 3)).toBe(false);
  });

  it.each([
    ['all baskets are alike', basketsOf([0, 1, 2], [0, 1, 2], [0, 1, 2])],
    ['there is one basket', basketsOf([0, 1, 2])],
    ['there is none', basketsOf()],
  ])('finds none where %s', (_, baskets) => {
    const { rules, itemsets } = mined(baskets, 1);
    expect([...productivityLogP(rules, itemsets)].every((value) => value === 0)).toBe(true);
    expect(productiveRules(rules, itemsets, { adjust: 'none' })).toHaveLength(0);
  });

  it('finds none about what is in every basket', () => {
    const { rules, itemsets } = mined(basketsOf([0, 1], [0], [0, 1, 2], [0, 2]), 1);
    const numbers = productiveRules(rules, itemsets, { adjust: 'none', alpha: 0.999 });
    expect([...numbers].filter((r) => rules.consequent[r] === 0)).toEqual([]);
  });

  it('refuses itemsets without the parts of a rule', () => {
    const rules = rulesOf(10, [{ from: [0, 1], to: 2, support: 2, antecedent: 4, consequent: 4 }]);
    for (const itemsets of [itemsetsOf([[0, 1, 2], 2]), fpGrowth(basketsOf(), { minSupport: 1 })]) {
      expect(() => productiveRules(rules, itemsets)).toThrow(
        expect.objectContaining({
          code: 'bad-input',
          message: expect.stringContaining('all frequent itemsets'),
        }),
      );
    }
  });
});
