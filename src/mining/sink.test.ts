import { describe, expect, it } from 'vitest';
import { CountingSink, ListingSink } from './sink.ts';
import { sortedLinesOf } from './testing/itemsets.ts';

const any = { minLength: 1, maxLength: 100 };
const ids = (...items: number[]) => Int32Array.from(items);
const limits = { minSupport: 1, maxItemsets: 1000 };

describe('ListingSink', () => {
  it('lists a set with every subset of its perfect extensions', () => {
    const sink = new ListingSink(any, limits);
    sink.take(ids(7), 1, ids(1, 2), 2, 5);
    expect(sortedLinesOf(sink.build())).toEqual(['7: 5', '1 7: 5', '2 7: 5', '1 2 7: 5']);
  });

  it('leaves out the empty set, and sets of other lengths than wanted', () => {
    const sink = new ListingSink({ minLength: 2, maxLength: 2 }, limits);
    sink.take(ids(), 0, ids(1, 2, 3), 3, 5);
    sink.take(ids(4, 5, 6), 3, ids(), 0, 5);
    expect(sortedLinesOf(sink.build())).toEqual(['1 2: 5', '1 3: 5', '2 3: 5']);
  });

  it('tells of each set when it is there', () => {
    const told: [number, number][] = [];
    const sink: ListingSink = new ListingSink(any, limits, (support) => told.push([sink.count, support]));
    sink.take(ids(7), 1, ids(1), 1, 5);
    expect(told).toEqual([
      [1, 5],
      [2, 5],
    ]);
  });

  it('keeps to its budget', () => {
    const sink = new ListingSink(any, { minSupport: 1, maxItemsets: 3 });
    expect(() => sink.take(ids(7), 1, ids(1, 2), 2, 5)).toThrow(
      expect.objectContaining({ code: 'limit-exceeded' }),
    );
  });
});

describe('CountingSink', () => {
  it('counts what a list would hold', () => {
    const sink = new CountingSink(any);
    sink.take(ids(7), 1, ids(1, 2), 2, 5);
    sink.take(ids(), 0, ids(1, 2, 3), 3, 5);
    expect(sink.bySize()).toEqual([1n + 3n, 2n + 3n, 1n + 1n]);
  });

  it('is exact beyond what a double holds', () => {
    const sink = new CountingSink(any);
    sink.take(ids(), 0, ids(), 90, 1);
    const counts = sink.bySize();
    expect(counts.reduce((sum, count) => sum + count, 0n)).toBe(2n ** 90n - 1n);
    expect(counts[44]).toBe(103_827_421_287_553_411_369_671_120n);
  });

  it('counts sets of the lengths wanted alone', () => {
    const sink = new CountingSink({ minLength: 2, maxLength: 3 });
    sink.add(1, 3, 10);
    expect(sink.bySize()).toEqual([0n, 30n, 30n]);
  });
});
