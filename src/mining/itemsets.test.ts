import { describe, expect, it } from 'vitest';
import { inCanonicalOrder, itemsetBuffers, itemsetCount, sizesHistogram } from './itemsets.ts';
import { ItemsetsBuilder } from './itemsets-builder.ts';

function itemsetsOf(...sets: [items: number[], support: number][]) {
  const builder = new ItemsetsBuilder({ maxItemsets: 10_000, minSupport: 1 });
  for (const [items, support] of sets) builder.add(Int32Array.from(items), items.length, support);
  return builder.build();
}

describe('ItemsetsBuilder', () => {
  it('sorts the items of each set', () => {
    expect(itemsetsOf([[5, 1, 3], 2], [[0], 4])).toEqual({
      offsets: Int32Array.of(0, 3, 4),
      items: Int32Array.of(1, 3, 5, 0),
      supports: Int32Array.of(2, 4),
    });
  });

  it('takes only the first items of a longer array', () => {
    const builder = new ItemsetsBuilder({ maxItemsets: 1, minSupport: 1 });
    builder.add(Int32Array.of(7, 6, 5), 2, 1);
    expect(builder.build().items).toEqual(Int32Array.of(6, 7));
  });

  it('grows', () => {
    const itemsets = itemsetsOf(
      ...Array.from({ length: 5000 }, (_, s): [number[], number] => [[s + 1, s], s]),
    );
    expect(itemsetCount(itemsets)).toBe(5000);
    expect([...itemsets.items.subarray(-2)]).toEqual([4999, 5000]);
    expect(itemsets.supports.at(-1)).toBe(4999);
  });
});

describe('inCanonicalOrder', () => {
  it('orders by size, then by items', () => {
    const mixed = itemsetsOf([[1, 2], 3], [[2], 5], [[0, 9], 2], [[0], 7], [[0, 2], 1], [[0, 1, 2], 1]);
    const ordered = itemsetsOf([[0], 7], [[2], 5], [[0, 2], 1], [[0, 9], 2], [[1, 2], 3], [[0, 1, 2], 1]);
    expect(inCanonicalOrder(mixed)).toEqual(ordered);
  });

  it('takes no itemsets', () => {
    expect(inCanonicalOrder(itemsetsOf())).toEqual(itemsetsOf());
  });
});

describe('sizesHistogram', () => {
  it('counts the sets of each size', () => {
    expect(sizesHistogram(itemsetsOf([[1], 1], [[1, 2, 3], 1], [[4], 1]))).toEqual([2, 0, 1]);
    expect(sizesHistogram(itemsetsOf())).toEqual([]);
  });
});

describe('itemsetBuffers', () => {
  it('are those of all columns', () => {
    const itemsets = itemsetsOf([[1], 1]);
    const moved = structuredClone(itemsets, { transfer: itemsetBuffers(itemsets) });
    expect(moved).toEqual(itemsetsOf([[1], 1]));
    expect(Object.values(itemsets).map((column) => column.length)).toEqual([0, 0, 0]);
  });
});
