import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Transactions, transactionCount } from '../baskets/transactions.ts';
import { fpGrowth } from '../mining/fp-growth.ts';
import { anyBaskets, basketsOf } from '../mining/testing/baskets.ts';
import { itemsetsOf, linesOf, sortedLinesOf } from '../mining/testing/itemsets.ts';
import { ancestorsOf, levelCount, nodesAtLevel, treeFromPaths } from './category-tree.ts';
import {
  categoryBaskets,
  categoryItem,
  extendedBaskets,
  isTrivial,
  itemParents,
  levelOfItems,
  nodeOfItem,
  withoutTrivial,
} from './levels.ts';
import { anyTree, treeOf } from './testing/trees.ts';

const rowsOf = (transactions: Transactions): number[][] =>
  Array.from({ length: transactionCount(transactions) }, (_, t) => [
    ...transactions.items.subarray(transactions.offsets[t], transactions.offsets[t + 1]),
  ]);

const ascending = (items: Iterable<number>): number[] => [...new Set(items)].sort((a, b) => a - b);

// Nodes: 0 Home, 1 Garden, 2 Home > Kitchen, 3 Home > Light, 4 Garden > Light; items 5 … 9.
const tree = treeOf(['Home', 'Kitchen'], ['Home', 'Light'], [], ['Garden'], ['Garden', 'Light']);
const baskets = basketsOf([0, 1], [], [2, 3], [0, 4], [3, 4, 2]);

describe('categoryBaskets', () => {
  it('holds each category once, keeps empty baskets and counts what is in no category', () => {
    const { transactions, leftOut } = categoryBaskets(baskets, tree, 1);
    expect(rowsOf(transactions)).toEqual([[0], [], [1], [0, 1], [1]]);
    expect(leftOut).toBe(2);
    expect(transactions.itemCount).toBe(5);
  });

  it('leaves out products that stand above the level', () => {
    const { transactions, leftOut } = categoryBaskets(baskets, tree, 2, { shared: false });
    expect(rowsOf(transactions)).toEqual([[2, 3], [], [], [2, 4], [4]]);
    expect(leftOut).toBe(4);
    expect(transactions.items.buffer).toBeInstanceOf(ArrayBuffer);
  });

  it.each([0, 3, 1.5, -1, Number.NaN])('refuses level %d of two', (level) => {
    expect(() => categoryBaskets(baskets, tree, level)).toThrow(
      expect.objectContaining({ code: 'bad-input', message: expect.stringContaining('have 2 levels') }),
    );
  });

  it('refuses products that the tree does not know', () => {
    const refusal = expect.objectContaining({ code: 'bad-input', details: { itemCount: 5, products: 1 } });
    expect(() => categoryBaskets(baskets, treeOf(['Home']), 1)).toThrow(refusal);
    expect(() => extendedBaskets(baskets, treeOf(['Home']))).toThrow(refusal);
  });

  it('agrees with going up from each product', () => {
    fc.assert(
      fc.property(anyBaskets(), anyTree(8), (baskets, tree) => {
        for (let level = 1; level <= levelCount(tree); level++) {
          const nodes = new Set(nodesAtLevel(tree, level));
          const above = rowsOf(baskets).map((row) =>
            row.map((item) => ancestorsOf(tree, item).filter((node) => nodes.has(node))),
          );
          const { transactions, leftOut } = categoryBaskets(baskets, tree, level);
          expect(rowsOf(transactions)).toEqual(above.map((row) => ascending(row.flat())));
          expect(leftOut).toBe(above.flat().filter((found) => found.length === 0).length);
        }
      }),
    );
  });
});

describe('extendedBaskets', () => {
  it('adds all categories of the products, behind them', () => {
    const transactions = extendedBaskets(baskets, tree);
    expect(rowsOf(transactions)).toEqual([
      [0, 1, 5, 7, 8],
      [],
      [2, 3, 6],
      [0, 4, 5, 6, 7, 9],
      [2, 3, 4, 6, 9],
    ]);
    expect(transactions.itemCount).toBe(10);
    expect(categoryItem(tree, 4)).toBe(9);
    expect([0, 4, 5, 9].map((item) => nodeOfItem(tree, item))).toEqual([-1, -1, 0, 4]);
    expect([...itemParents(tree)]).toEqual([7, 8, -1, 6, 9, -1, -1, 5, 5, 6]);
  });

  it('takes no baskets and no categories', () => {
    expect(rowsOf(extendedBaskets(basketsOf(), tree))).toEqual([]);
    expect(rowsOf(extendedBaskets(baskets, treeFromPaths(['a', 'b', 'c', 'd', 'e'], [])))).toEqual(
      rowsOf(baskets),
    );
  });

  it('agrees with going up from each product', () => {
    fc.assert(
      fc.property(anyBaskets(), anyTree(8), (baskets, tree) => {
        const expected = rowsOf(baskets).map((row) =>
          ascending(
            row.flatMap((item) => [item, ...ancestorsOf(tree, item).map((node) => categoryItem(tree, node))]),
          ),
        );
        expect(rowsOf(extendedBaskets(baskets, tree))).toEqual(expected);
      }),
    );
  });
});

describe('isTrivial', () => {
  const parents = itemParents(tree);

  it.each([
    [[], false],
    [[0], false],
    [[0, 7], true],
    [[0, 5], true],
    [[5, 7], true],
    [[0, 1], false],
    [[7, 8], false],
    [[0, 8], false],
    [[0, 6, 9], true],
    [[2, 5, 6], false],
  ])('of %j is %s', (set, expected) => {
    expect(isTrivial(Int32Array.from(set), parents)).toBe(expected);
  });

  it('drops the itemsets that it is true of', () => {
    const itemsets = itemsetsOf([[0], 3], [[0, 7], 3], [[0, 8], 2], [[0, 7, 8], 2], [[7, 8], 4]);
    expect(linesOf(withoutTrivial(itemsets, parents))).toEqual(['0: 3', '0 8: 2', '7 8: 4']);
  });

  it('leaves every subset of what is left', () => {
    fc.assert(
      fc.property(anyBaskets(), anyTree(8), (baskets, tree) => {
        const left = withoutTrivial(
          fpGrowth(extendedBaskets(baskets, tree), { minSupport: 2, maxLength: 4 }),
          itemParents(tree),
        );
        const sets = new Set(sortedLinesOf(left).map((line) => line.split(':')[0]));
        for (const set of sets) {
          const items = set!.split(' ');
          if (items.length < 2) continue;
          for (const item of items) expect(sets).toContain(items.filter((other) => other !== item).join(' '));
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('levelOfItems', () => {
  it.each([
    [[0, 4], 'product'],
    [[5, 9], 'category'],
    [[4, 5], 'across'],
  ])('of %j is %s', (set, level) => {
    expect(levelOfItems(Int32Array.from(set), tree)).toBe(level);
  });
});
