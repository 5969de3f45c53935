import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestFirst, keepBest } from './keep-best.ts';

/** Items, in any order, that are not all there are, and scores with ties. */
const anyCase = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 60 }).chain((scores) =>
  fc.record({
    scores: fc.constant(Float32Array.from(scores)),
    items: fc.shuffledSubarray([...scores.keys()]),
    wanted: fc.integer({ min: 0, max: 70 }),
  }),
);
const sorted = (items: number[], scores: Float32Array): number[] =>
  items.toSorted((a, b) => scores[b]! - scores[a]! || a - b);

describe('keepBest', () => {
  it('brings to the front what sorting would, and loses nothing', () => {
    fc.assert(
      fc.property(anyCase, ({ scores, items, wanted }) => {
        const column = Int32Array.from(items);
        keepBest(column, items.length, wanted, scores);
        const front = [...column.subarray(0, wanted)];
        expect(sorted(front, scores)).toEqual(sorted(items, scores).slice(0, wanted));
        expect(new Set(column)).toEqual(new Set(items));
      }),
    );
  });

  it('leaves what lies behind alone', () => {
    const column = Int32Array.of(2, 1, 0, 3);
    keepBest(column, 3, 1, Float64Array.of(1, 2, 3, 4));
    expect(column[0]).toBe(2);
    expect(column[3]).toBe(3);
  });
});

describe('bestFirst', () => {
  it('gives the best as sorting does', () => {
    fc.assert(
      fc.property(anyCase, ({ scores, items, wanted }) => {
        const best = bestFirst(Int32Array.from(items), items.length, wanted, scores);
        expect([...best]).toEqual(sorted(items, scores).slice(0, wanted));
      }),
    );
  });
});
