import { describe, expect, it } from 'vitest';
import { fpGrowth } from './fp-growth.ts';
import { itemsetChunks } from './spmf-lines.ts';
import { basketsOf } from './testing/baskets.ts';
import { groceries } from './testing/groceries.ts';

const textOf = (chunks: Iterable<Uint8Array>): string => Buffer.concat([...chunks]).toString();

describe('itemsetChunks', () => {
  it('writes the names of each set and its support', () => {
    const itemsets = fpGrowth(basketsOf([0, 1], [0, 1], [1]), { minSupport: 2 });
    const lines = textOf(itemsetChunks(itemsets, ['whole milk', 'grüner Tee'])).split('\n');
    expect(lines.sort()).toEqual([
      '',
      'grüner Tee #SUP: 3',
      'whole milk #SUP: 2',
      'whole milk grüner Tee #SUP: 2',
    ]);
  });

  it('writes all sets of Groceries', () => {
    const { baskets, products } = groceries();
    const itemsets = fpGrowth(baskets, { minSupport: 10 });
    const names = Array.from({ length: products.size }, (_, item) => products.nameOf(item));
    const { offsets, items, supports } = itemsets;
    const lines = Array.from(supports, (support, s) => {
      const set = Array.from(items.subarray(offsets[s], offsets[s + 1]), (item) => names[item]);
      return `${set.join(' ')} #SUP: ${support}\n`;
    });
    expect(lines).toHaveLength(13_492);
    expect(textOf(itemsetChunks(itemsets, names))).toBe(lines.join(''));
  });

  it('writes nothing of nothing', () => {
    const itemsets = fpGrowth(basketsOf(), { minSupport: 1 });
    expect([...itemsetChunks(itemsets, [])]).toEqual([]);
  });
});
