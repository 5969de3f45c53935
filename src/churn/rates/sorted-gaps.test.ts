import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SortedGaps } from './sorted-gaps.ts';

const middle = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

it('knows the median of what it was given so far, and the median distance from it', () => {
  const gaps = new SortedGaps();
  expect([gaps.median(), gaps.spread()]).toEqual([Number.NaN, Number.NaN]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 60 }), (values) => {
      gaps.clear();
      values.forEach((value, n) => {
        gaps.add(value);
        const known = values.slice(0, n + 1);
        const median = middle(known);
        expect(gaps.median()).toBe(median);
        expect(gaps.spread()).toBe(middle(known.map((each) => Math.abs(each - median))));
      });
    }),
  );
});
