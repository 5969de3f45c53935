import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fpGrowth } from './fp-growth.ts';
import { ItemsetTrie } from './itemset-trie.ts';
import type { Itemsets } from './itemsets.ts';
import { anyBaskets } from './testing/baskets.ts';
import { itemsetsOf } from './testing/itemsets.ts';

/** The node of a set, looked up item by item; -1 when it is not there. */
function nodeOf(trie: ItemsetTrie, set: Iterable<number>): number {
  const ranks = Array.from(set, (item) => trie.rankOfItem(item)).sort((a, b) => a - b);
  return ranks.reduce((node, rank) => (node < 0 ? node : trie.child(node, rank)), 0);
}

describe('ItemsetTrie', () => {
  it('puts rare items first and lays each level behind the one before', () => {
    const trie = new ItemsetTrie(itemsetsOf([[4], 9], [[1, 4], 2], [[1], 3], [[2], 3], [[2, 4], 3]));
    expect([1, 2, 4].map((item) => trie.rankOfItem(item))).toEqual([0, 1, 2]);
    expect([...trie.nodeOf]).toEqual([3, 4, 1, 2, 5]);
    expect([...trie.childStarts]).toEqual([1, 4, 5, 6, 6, 6, 6]);
    expect(trie.depth).toBe(2);
  });

  it('knows no rank of other items', () => {
    const trie = new ItemsetTrie(itemsetsOf([[1], 1]));
    expect([0, 1, 2].map((item) => trie.rankOfItem(item))).toEqual([-1, 0, -1]);
  });

  it('takes no itemsets', () => {
    const trie = new ItemsetTrie(itemsetsOf());
    expect(trie.child(0, 0)).toBe(-1);
    expect(trie.depth).toBe(0);
  });

  it('finds each itemset at its node, and no other', () => {
    fc.assert(
      fc.property(anyBaskets(), fc.integer({ min: 1, max: 4 }), (baskets, minSupport) => {
        const itemsets: Itemsets = fpGrowth(baskets, { minSupport });
        const { offsets, items, supports } = itemsets;
        const trie = new ItemsetTrie(itemsets);
        supports.forEach((_, s) => {
          expect(nodeOf(trie, items.subarray(offsets[s], offsets[s + 1]))).toBe(trie.nodeOf[s]);
        });
        expect([...trie.nodeOf].sort((a, b) => a - b)).toEqual(Array.from(supports, (_, s) => s + 1));
        expect(trie.childStarts.at(-1)).toBe(supports.length + 1);
      }),
    );
  });

  const singles: [number[], number][] = [0, 1, 2].map((item) => [[item], 4]);
  it.each<[string, [number[], number][]]>([
    [
      'an item is missing',
      [
        [[0], 2],
        [[0, 1], 2],
      ],
    ],
    [
      'an item beyond all others is missing',
      [
        [[0], 2],
        [[0, 9], 2],
      ],
    ],
    ['a prefix is missing', [...singles, [[0, 2], 2], [[1, 2], 2], [[0, 1, 2], 2]]],
    ['another subset is missing', [...singles, [[0, 1], 2], [[0, 2], 2], [[0, 1, 2], 2]]],
    ['a whole size is missing', [...singles, [[0, 1, 2], 2]]],
    [
      'an item is there twice',
      [
        [[0], 2],
        [[0], 2],
      ],
    ],
    ['a set is there twice', [...singles, [[0, 1], 2], [[0, 1], 2]]],
    ['the empty set is among them', [[[], 2]]],
  ])('refuses itemsets when %s', (_, sets) => {
    expect(() => new ItemsetTrie(itemsetsOf(...sets))).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    );
  });
});
