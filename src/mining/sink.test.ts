import { describe, expect, it } from 'vitest';
import { CountingSink, ListingSink } from './sink.ts';
import { sortedLinesOf } from './testing/itemsets.ts';

const any = { minLength: 1, maxLength: 100 };
const ids = (...items: number[]) => Int32Array.from(items);

describe('ListingSink', () => {
  it('lists a set with every subset of its perfect extensions', () => {
    const sink = new ListingSink(any);
    sink.take(ids(7), 1, ids(1, 2), 2, 5);
    expect(sortedLinesOf(sink.build())).toEqual(['7: 5', '1 7: 5', '2 7: 5', '1 2 7: 5']);
  });

  it('leaves out the empty set, and sets of other lengths than wanted', () => {
    const sink = new ListingSink({ minLength: 2, maxLength: 2 });
    sink.take(ids(), 0, ids(1, 2, 3), 3, 5);
    sink.take(ids(4, 5, 6), 3, ids(), 0, 5);
    expect(sortedLinesOf(sink.build())).toEqual(['1 2: 5', '1 3: 5', '2 3: 5']);
  });

  it('tells of each set when it is there', () => {
    const told: [number, number][] = [];
    const onEach = (support: number): number => told.push([sink.count, support]);
    const sink: ListingSink = new ListingSink({ minLength: 1, maxLength: 2 }, { onEach });
    sink.take(ids(7), 1, ids(1), 1, 5);
    sink.takeMany(ids(3, 1, 2, 3), ids(1, 4), ids(8, 9));
    expect(told).toEqual([
      [1, 5],
      [2, 5],
      [3, 8],
    ]);
  });

  it('takes many at once, of the lengths that are wanted', () => {
    const sink = new ListingSink({ minLength: 2, maxLength: 3 });
    sink.takeMany(ids(8, 3, 9, 5, 6, 7, 1, 2, 3, 4), ids(1, 3, 6, 10), ids(5, 4, 3, 2));
    sink.takeMany(ids(1, 2, 1, 3), ids(2, 4), ids(7, 6));
    expect(sortedLinesOf(sink.build())).toEqual(['1 2: 7', '1 3: 6', '3 9: 4', '5 6 7: 3']);
  });

  it('tells now and then', () => {
    let times = 0;
    const sink = new ListingSink(any, { onMany: () => times++ });
    sink.take(ids(), 0, ids(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), 12, 5);
    expect(sink.count).toBe(4095);
    expect(times).toBe(3);
    const many = Int32Array.from({ length: 2000 }, (_, n) => n + 1);
    sink.takeMany(many, many, many);
    expect(times).toBe(4);
  });

  it('lists no more than the best need of sets that differ in perfect extensions alone', () => {
    const perfect = ids(...Array.from({ length: 30 }, (_, i) => i));
    const listed = (top: number, minLength = 1) => {
      const sink = new ListingSink({ minLength, maxLength: 100, top });
      sink.take(ids(70, 71), 2, perfect, 30, 5);
      return sink.count;
    };
    expect([1, 2, 31, 32].map((top) => listed(top))).toEqual([1, 31, 31, 31 + 435]);
    expect(listed(1, 32)).toBe(1);
    expect(listed(2, 31)).toBe(30);
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
