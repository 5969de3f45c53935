import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fpGrowth } from './fp-growth.ts';
import { inCanonicalOrder } from './itemsets.ts';
import { anyBaskets } from './testing/baskets.ts';
import { groceries } from './testing/groceries.ts';
import { itemsetsOf, linesOf } from './testing/itemsets.ts';
import { TopThreshold, topItemsets } from './top-itemsets.ts';

describe('TopThreshold', () => {
  it('is 1 until there are k, then the k-th highest support', () => {
    const top = new TopThreshold(2);
    const thresholds = [5, 3, 2, 4, 9, 9].map((support) => {
      top.offer(support);
      return top.threshold;
    });
    expect(thresholds).toEqual([1, 3, 3, 4, 5, 9]);
  });

  it('lets a search that keeps to it miss none of the best', () => {
    fc.assert(
      fc.property(anyBaskets(), fc.integer({ min: 1, max: 30 }), (baskets, k) => {
        const all = fpGrowth(baskets, { minSupport: 1 });
        const top = new TopThreshold(k);
        const seen = all.supports.filter((support) => {
          const isSearched = support >= top.threshold;
          if (isSearched) top.offer(support);
          return isSearched;
        });
        const best = [...all.supports].sort((a, b) => b - a);
        expect([...seen].sort((a, b) => b - a).slice(0, k)).toEqual(best.slice(0, k));
        expect(top.threshold).toBe(best[k - 1] ?? 1);
      }),
    );
  });

  it('refuses to want none', () => {
    expect(() => new TopThreshold(0)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});

describe('topItemsets', () => {
  const some = itemsetsOf([[1, 2], 3], [[2], 4], [[0, 9], 3], [[9], 3], [[1], 4], [[0, 2], 3], [[0], 9]);

  it.each([
    [1, ['0: 9'], false],
    [2, ['0: 9', '1: 4'], true],
    [3, ['0: 9', '1: 4', '2: 4'], false],
    [5, ['0: 9', '1: 4', '2: 4', '9: 3', '0 2: 3'], true],
    [7, ['0: 9', '1: 4', '2: 4', '9: 3', '0 2: 3', '0 9: 3', '1 2: 3'], false],
  ])('picks the best %i and tells of ties', (k, lines, tied) => {
    const top = topItemsets(some, k);
    expect(linesOf(top.itemsets)).toEqual(lines);
    expect(top.tied).toBe(tied);
  });

  it('returns all when there are fewer', () => {
    expect(linesOf(topItemsets(some, 100).itemsets)).toHaveLength(7);
    expect(topItemsets(some, 100).tied).toBe(false);
    expect(topItemsets(itemsetsOf(), 1)).toEqual({ itemsets: itemsetsOf(), tied: false });
  });

  it('agrees with sorting everything', () => {
    fc.assert(
      fc.property(anyBaskets(), fc.integer({ min: 1, max: 40 }), (baskets, k) => {
        const all = fpGrowth(baskets, { minSupport: 1 });
        const sorted = linesOf(inCanonicalOrder(all))
          .map((line) => ({ line, support: Number(line.split(': ')[1]) }))
          .sort((a, b) => b.support - a.support);
        const top = topItemsets(all, k);
        expect(linesOf(top.itemsets)).toEqual(sorted.slice(0, k).map(({ line }) => line));
        expect(top.tied).toBe(k < sorted.length && sorted[k - 1]!.support === sorted[k]!.support);
      }),
    );
  });

  it('finds whole milk first in Groceries', () => {
    const { baskets, products } = groceries();
    const { itemsets, tied } = topItemsets(fpGrowth(baskets, { minSupport: 400 }), 3);
    expect(Array.from(itemsets.items, (item) => products.nameOf(item))).toEqual([
      'whole milk',
      'other vegetables',
      'rolls/buns',
    ]);
    expect([...itemsets.supports]).toEqual([2513, 1903, 1809]);
    expect(tied).toBe(false);
  });

  it('refuses to pick none', () => {
    expect(() => topItemsets(some, 0)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});
