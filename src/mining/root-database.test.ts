import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeRoot,
  type RootDatabase,
  rowCountOf,
  rowEnd,
  rowEntries,
  rowStart,
  rowWeight,
} from './root-database.ts';
import { anyBaskets, basketsOf } from './testing/baskets.ts';

/** The ranks and the weight of each row. */
function rowsIn(root: RootDatabase): { ranks: Int32Array; weight: number }[] {
  return Array.from({ length: rowCountOf(root) }, (_, r) => {
    const row = root.rows.subarray(rowEntries * r, rowEntries * (r + 1));
    return { ranks: root.content.subarray(row[rowStart], row[rowEnd]), weight: row[rowWeight] };
  });
}

/** Rows as lines such as `2 x 0 3`: a weight and item ids. */
function rowsOf(root: RootDatabase): string[] {
  return rowsIn(root).map(
    ({ ranks, weight }) => `${weight} x ${Array.from(ranks, (rank) => root.items[rank]).join(' ')}`,
  );
}

describe('encodeRoot', () => {
  it('merges transactions that are equal once rare items are gone', () => {
    const root = encodeRoot(basketsOf([0, 1, 5], [1, 0], [1, 2], [4], [1, 2], [1]), 2);
    expect([...root.items]).toEqual([1, 0, 2]);
    expect([...root.supports]).toEqual([5, 2, 2]);
    expect(rowsOf(root)).toEqual(['2 x 1 0', '2 x 1 2', '1 x 1']);
    expect(root).toMatchObject({ transactionCount: 6, everywhere: { length: 0 } });
  });

  it('sets items aside that are everywhere', () => {
    const root = encodeRoot(basketsOf([0, 1, 2], [1, 2], [2, 1]), 1);
    expect([...root.everywhere]).toEqual([1, 2]);
    expect([...root.items]).toEqual([0]);
    expect(rowsOf(root)).toEqual(['1 x 0']);
  });

  it('may hold nothing', () => {
    expect(encodeRoot(basketsOf(), 1)).toMatchObject({ transactionCount: 0, rows: { length: 0 } });
    expect(encodeRoot(basketsOf([0], []), 2)).toMatchObject({ items: { length: 0 }, rows: { length: 0 } });
  });

  it('lies in shared memory', () => {
    const { transactionCount, ...columns } = encodeRoot(basketsOf([0, 1], [1]), 1);
    for (const { buffer } of Object.values(columns) as Int32Array[])
      expect(buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(transactionCount).toBe(2);
  });

  it('holds every frequent item of every transaction, once', () => {
    fc.assert(
      fc.property(anyBaskets(), fc.integer({ min: 1, max: 6 }), (baskets, minSupport) => {
        const root = encodeRoot(baskets, minSupport);
        const { holderStarts, holders, supports } = root;
        const rows = rowsIn(root);
        expect(new Set(rows.map(({ ranks }) => String(ranks))).size).toBe(rows.length);
        supports.forEach((support, rank) => {
          const holding = rows.flatMap(({ ranks }, r) => (ranks.includes(rank) ? [r] : []));
          expect([...holders.subarray(holderStarts[rank], holderStarts[rank + 1])]).toEqual(holding);
          expect(holding.reduce((sum, r) => sum + rows[r].weight, 0)).toBe(support);
        });
        const frequent = new Set([...root.items, ...root.everywhere]);
        const expected = new Map<string, number>();
        for (let t = 0; t < root.transactionCount; t++) {
          const ids = [...baskets.items.subarray(baskets.offsets[t], baskets.offsets[t + 1])];
          const key = ids.filter((id) => frequent.has(id) && !root.everywhere.includes(id)).join(' ');
          if (key !== '') expected.set(key, (expected.get(key) ?? 0) + 1);
        }
        const found = rows.map(({ ranks, weight }) => {
          const ids = Array.from(ranks, (rank) => root.items[rank]);
          expect([...ranks]).toEqual([...ranks].toSorted((a, b) => a - b));
          return [ids.sort((a, b) => a - b).join(' '), weight];
        });
        expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
      }),
      { numRuns: 300 },
    );
  });
});
