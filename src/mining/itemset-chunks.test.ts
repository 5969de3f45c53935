import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ItemsetChunks, inOne, joined } from './itemset-chunks.ts';
import { itemsetCount } from './itemsets.ts';
import { ItemsetsBuilder } from './itemsets-builder.ts';

const ids = (...items: number[]) => Int32Array.from(items);

describe('ItemsetChunks', () => {
  it('holds what a builder would, however much it is', () => {
    const chunks = new ItemsetChunks();
    const builder = new ItemsetsBuilder({ maxItemsets: 1e6, minSupport: 1 });
    const column = Int32Array.from({ length: 400 }, (_, i) => (i * 7919) % 400);
    for (let n = 0; n < 150_000; n++) {
      const size = 1 + ((n * n) % 9);
      const from = (n * 31) % 390;
      chunks.add(column, from, size, n);
      builder.add(column.subarray(from), size, n);
    }
    expect(chunks.count).toBe(150_000);
    expect(chunks.chunks().length).toBeGreaterThan(3);
    expect(inOne(chunks.chunks())).toEqual(builder.build());
    expect(chunks.byteLength).toBeGreaterThan(150_000 * 28);
  });

  it('takes a set that is larger than a chunk', () => {
    const chunks = new ItemsetChunks();
    const large = Int32Array.from({ length: 300_000 }, (_, i) => i);
    chunks.add(ids(5), 0, 1, 2);
    chunks.add(large, 0, large.length, 3);
    const { offsets, items, supports } = inOne(chunks.chunks());
    expect([...offsets]).toEqual([0, 1, 300_001]);
    expect(items[300_000]).toBe(299_999);
    expect([...supports]).toEqual([2, 3]);
  });

  it('may hold nothing', () => {
    expect(inOne(new ItemsetChunks().chunks())).toEqual({ offsets: ids(0), items: ids(), supports: ids() });
  });
});

describe('joined', () => {
  it('puts ranges one after the other', () => {
    const sets = fc.array(fc.uniqueArray(fc.nat(9), { minLength: 1, maxLength: 4 }), { maxLength: 8 });
    const cut = fc.tuple(sets, fc.nat(8), fc.nat(8));
    const property = fc.property(fc.array(cut, { maxLength: 5 }), (cuts) => {
      const ranges = cuts.map(([sets, a, b]) => {
        const chunks = new ItemsetChunks();
        sets.forEach((set, support) => {
          chunks.add(ids(...set), 0, set.length, support);
        });
        const itemsets = inOne(chunks.chunks());
        const [from, to] = [a, b].map((at) => Math.min(at, itemsetCount(itemsets))).sort((x, y) => x - y);
        return { itemsets, from: from!, to: to!, sets };
      });
      const wanted = ranges.flatMap(({ sets, from, to }) =>
        sets.map((set, support) => [support, ...set.sort((x, y) => x - y)]).slice(from, to),
      );
      const { offsets, items, supports } = joined(ranges);
      const found = Array.from(supports, (support, s) => [
        support,
        ...items.subarray(offsets[s], offsets[s + 1]),
      ]);
      expect(found).toEqual(wanted);
    });
    fc.assert(property);
  });
});
