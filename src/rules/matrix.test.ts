import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transactionCount } from '../baskets/transactions.ts';
import { anyBaskets, basketsOf } from '../mining/testing/baskets.ts';
import { groceries } from '../mining/testing/groceries.ts';
import { categoryBaskets } from '../taxonomy/levels.ts';
import { treeOf } from '../taxonomy/testing/trees.ts';
import {
  countPairs,
  maxMatrixItems,
  mostFrequentItems,
  type PairMeasure,
  pairMatrix,
  reordered,
} from './matrix.ts';

const ids = (...items: number[]): Int32Array => Int32Array.from(items);

const bySupport: PairMeasure = (count, _row, _column, transactions) => count / transactions;
const byConfidence: PairMeasure = (count, row) => count / row;
const lift: PairMeasure = (count, row, column, transactions) => (count * transactions) / (row * column);

describe('mostFrequentItems', () => {
  const baskets = basketsOf([3, 1], [3, 5], [1], [0, 5], [3]);

  it('takes the n most frequent, equal ones by id, and none that do not occur', () => {
    expect(mostFrequentItems(baskets, 3)).toEqual(ids(3, 1, 5));
    expect(mostFrequentItems(baskets, 99)).toEqual(ids(3, 1, 5, 0));
    expect(mostFrequentItems(basketsOf(), 5)).toEqual(ids());
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses to take %d', (n) => {
    expect(() => mostFrequentItems(baskets, n)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});

describe('countPairs', () => {
  it('counts listed items alone and two by two, in the order of the list', () => {
    const counts = countPairs(basketsOf([0, 1, 2], [0, 2], [1], [], [2, 3]), ids(2, 0, 1));
    expect(counts).toEqual({
      transactionCount: 5,
      items: ids(2, 0, 1),
      itemCounts: ids(3, 2, 2),
      // Rows 1 and 0, 2 and 0, 2 and 1.
      pairs: ids(2, 1, 1),
    });
  });

  it('takes an empty list, one item and no transactions', () => {
    const baskets = basketsOf([0, 1]);
    expect(countPairs(baskets, ids())).toMatchObject({ transactionCount: 1, items: ids(), pairs: ids() });
    expect(countPairs(baskets, ids(1))).toMatchObject({ itemCounts: ids(1), pairs: ids() });
    const none = { itemCount: 2, offsets: ids(0), items: ids() };
    expect(countPairs(none, ids(0, 1))).toMatchObject({ itemCounts: ids(0, 0), pairs: ids(0) });
  });

  it.each([
    [ids(0, 1, 0), 'The item 0 is listed twice'],
    [ids(0, 2), 'The item 2 is not among the 2 items'],
    [ids(-1), 'The item -1 is not among the 2 items'],
  ])('refuses the list %j', (listed, message) => {
    expect(() => countPairs(basketsOf([0, 1]), listed)).toThrow(
      expect.objectContaining({ code: 'bad-input', message: expect.stringContaining(message) }),
    );
  });

  it('refuses more items than fit, and says what they would take', () => {
    const listed = Int32Array.from({ length: maxMatrixItems + 1 }, (_, item) => item);
    const baskets = basketsOf([maxMatrixItems]);
    expect(() => countPairs(baskets, listed)).toThrow(
      expect.objectContaining({
        code: 'limit-exceeded',
        message: expect.stringContaining('161 MB; the most is 4000 items (160 MB)'),
      }),
    );
    expect(countPairs(baskets, listed.subarray(1)).itemCounts.at(-1)).toBe(1);
  });

  it('counts baskets of categories as well', () => {
    const tree = treeOf(['Home'], ['Home'], ['Garden']);
    const { transactions } = categoryBaskets(basketsOf([0, 1], [1, 2], [0, 2]), tree, 1);
    expect(countPairs(transactions, ids(0, 1))).toMatchObject({ itemCounts: ids(3, 2), pairs: ids(2) });
  });
});

describe('pairMatrix', () => {
  it('goes from the row to the column, and has no diagonal', () => {
    const counts = countPairs(basketsOf([0, 1], [0], [0, 2], [1]), ids(0, 1, 2));
    const no = Number.NaN;
    expect([...pairMatrix(counts, byConfidence).values]).toEqual([no, 1 / 3, 1 / 3, 1 / 2, no, 0, 1, 0, no]);
    expect([...pairMatrix(counts, bySupport).values]).toEqual([no, 1 / 4, 1 / 4, 1 / 4, no, 0, 1 / 4, 0, no]);
  });

  it('leaves NaN and infinity as the measure gives them', () => {
    // Item 1 is in no transaction; whoever buys item 0 buys item 2.
    const counts = countPairs(basketsOf([0, 2], [2], [3]), ids(0, 1, 2));
    expect([...pairMatrix(counts, byConfidence).values].slice(3, 6)).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
    const conviction: PairMeasure = (count, row, column, n) => (row * (n - column)) / (n * (row - count));
    const { values } = pairMatrix(counts, conviction);
    expect(values[2]).toBe(Number.POSITIVE_INFINITY);
    expect(values[6]).toBeCloseTo(4 / 3);
  });

  it('is empty without items', () => {
    expect(pairMatrix(countPairs(basketsOf([0]), ids()), lift)).toEqual({
      items: ids(),
      values: new Float64Array(0),
    });
  });

  it('agrees with counting each pair', () => {
    const list = fc.uniqueArray(fc.nat(7));
    fc.assert(
      fc.property(anyBaskets(), list, (baskets, wanted) => {
        const listed = Int32Array.from(wanted.filter((item) => item < baskets.itemCount));
        const rows = Array.from({ length: transactionCount(baskets) }, (_, t) => [
          ...baskets.items.subarray(baskets.offsets[t], baskets.offsets[t + 1]),
        ]);
        const holding = (...set: number[]): number =>
          rows.filter((row) => set.every((item) => row.includes(item))).length;
        // A figure from which all four arguments can be told.
        const all: PairMeasure = (count, row, column, n) => count + 100 * (row + 100 * (column + 100 * n));
        const expected = [...listed].flatMap((row) =>
          Array.from(listed, (column) =>
            row === column
              ? Number.NaN
              : all(holding(row, column), holding(row), holding(column), rows.length),
          ),
        );
        expect([...pairMatrix(countPairs(baskets, listed), all).values]).toEqual(expected);
      }),
    );
  });

  it('knows the lift of herbs and root vegetables in Groceries', () => {
    const { baskets, products } = groceries();
    const top = mostFrequentItems(baskets, 169);
    expect([...top.subarray(0, 3)].map((item) => products.nameOf(item))).toEqual([
      'whole milk',
      'other vegetables',
      'rolls/buns',
    ]);
    const counts = countPairs(baskets, top);
    expect(counts.pairs[0]).toBe(736);
    const [herbs, roots] = ['herbs', 'root vegetables'].map((name) => top.indexOf(products.idOf(name)!));
    const { values } = pairMatrix(counts, lift);
    expect(values[herbs! * 169 + roots!]).toBeCloseTo(3.956477, 6);
    expect(values[roots! * 169 + herbs!]).toBe(values[herbs! * 169 + roots!]);
  });
});

describe('reordered', () => {
  it('moves rows and columns together', () => {
    const matrix = { items: ids(7, 8, 9), values: Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8) };
    expect(reordered(matrix, ids(2, 0, 1))).toEqual({
      items: ids(9, 7, 8),
      values: Float64Array.of(8, 6, 7, 2, 0, 1, 5, 3, 4),
    });
    expect(reordered({ items: ids(), values: new Float64Array(0) }, ids()).items).toHaveLength(0);
  });
});
