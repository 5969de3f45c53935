import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Transactions } from '../baskets/transactions.ts';
import { restrictItems, withoutLong } from './constrain.ts';
import { anyBaskets, basketsOf } from './testing/baskets.ts';
import { bruteForce } from './testing/brute-force.ts';
import { sortedLinesOf } from './testing/itemsets.ts';

const ids = (...items: number[]): Int32Array => Int32Array.from(items);

describe('restrictItems', () => {
  const baskets = basketsOf([0, 1, 3], [2], [], [1, 2, 3]);

  it.each([
    [{}, baskets],
    [{ only: ids(1, 3) }, basketsOf([1, 3], [], [], [1, 3])],
    [{ never: ids(3, 0) }, basketsOf([1], [2], [], [1, 2])],
    [{ only: ids(1, 3), never: ids(1) }, basketsOf([3], [], [], [3])],
    [{ only: ids() }, basketsOf([], [], [], [])],
    [{ only: ids(0, 1, 2, 3, 99, -1), never: ids(77, -2) }, baskets],
  ])('keeps %o', (constraint, { offsets, items }) => {
    expect(restrictItems(baskets, constraint)).toEqual({ itemCount: 4, offsets, items });
  });

  it('takes no transactions', () => {
    expect(restrictItems(basketsOf(), { only: ids(1) }).offsets).toHaveLength(1);
  });

  it('lays the columns in shared memory unless told otherwise', () => {
    const shared = restrictItems(baskets, { never: ids(1) });
    expect(shared.offsets.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(shared.items.buffer).toBeInstanceOf(SharedArrayBuffer);
    const own = restrictItems(baskets, { never: ids(1) }, { shared: false });
    expect(own.offsets.buffer).toBeInstanceOf(ArrayBuffer);
    expect(own.items.buffer).toBeInstanceOf(ArrayBuffer);
  });

  it('leaves the itemsets of the items that are kept as they were', () => {
    const items = fc.option(fc.array(fc.nat(9)), { nil: undefined });
    fc.assert(
      fc.property(anyBaskets(), items, items, (baskets, only, never) => {
        const left = restrictItems(baskets, { only: only && ids(...only), never: never && ids(...never) });
        const isKept = (line: string): boolean =>
          line
            .split(':')[0]!
            .split(' ')
            .map(Number)
            .every((item) => (only?.includes(item) ?? true) && !never?.includes(item));
        const all = sortedLinesOf(bruteForce(baskets, { minSupport: 1 }));
        expect(sortedLinesOf(bruteForce(left, { minSupport: 1 }))).toEqual(all.filter(isKept));
        expect(left.offsets).toHaveLength(baskets.offsets.length);
      }),
      { numRuns: 50 },
    );
  });
});

describe('withoutLong', () => {
  const baskets = basketsOf([0, 1, 3], [2], [], [1, 2, 3], [0, 3]);

  it.each([
    [0, basketsOf([])],
    [1, basketsOf([2], [])],
    [2, basketsOf([2], [], [0, 3])],
    [3, baskets],
    [2 ** 31 - 1, baskets],
  ])('keeps transactions of at most %i items', (most, { offsets, items }) => {
    expect(withoutLong(baskets, most)).toEqual({ itemCount: 4, offsets, items });
  });

  it('takes no transactions', () => {
    expect(withoutLong(basketsOf(), 1).offsets).toHaveLength(1);
  });

  it('lays the columns in shared memory unless told otherwise', () => {
    for (const shared of [true, false]) {
      const memory = shared ? SharedArrayBuffer : ArrayBuffer;
      const { offsets, items } = withoutLong(baskets, 2, { shared });
      expect([offsets.buffer, items.buffer]).toEqual([expect.any(memory), expect.any(memory)]);
    }
  });

  it('keeps the transactions that are not too long, and their order', () => {
    const listed = ({ offsets, items }: Transactions): string[] =>
      Array.from({ length: offsets.length - 1 }, (_, t) => items.subarray(offsets[t], offsets[t + 1]).join());
    fc.assert(
      fc.property(anyBaskets(), fc.nat(8), (baskets, most) => {
        const isShort = (basket: string): boolean => basket.split(',').filter(Boolean).length <= most;
        expect(listed(withoutLong(baskets, most))).toEqual(listed(baskets).filter(isShort));
      }),
    );
  });
});
