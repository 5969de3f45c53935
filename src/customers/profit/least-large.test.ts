import fc from 'fast-check';
import { expect, it } from 'vitest';
import { leastLarge } from './least-large.ts';

it('is the last of the largest values that it takes', () => {
  // Values of one bucket and of many, in sums that are exact.
  const value = fc.oneof(fc.integer({ min: -3, max: 40 }), fc.integer({ min: 1000, max: 1040 }));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 40 }), fc.integer({ min: 1, max: 120 }), (drawn, percent) => {
      const rows = Int32Array.from(drawn.keys()).filter((row) => row % 3 > 0);
      const largest = [...rows].map((row) => drawn[row]!).filter((one) => one > 0);
      largest.sort((a, b) => b - a);
      const sum = largest.reduce((total, one) => total + one, 0);
      const wanted = Math.max(1, Math.floor((percent * sum) / 100));
      let [at, brought] = [0, 0];
      while (at < largest.length && brought < wanted) brought += largest[at++]!;
      expect(leastLarge(rows, Float64Array.from(drawn), wanted)).toBe(largest[at - 1] ?? null);
    }),
  );
});

it('reads columns that begin within others', () => {
  expect(leastLarge(Int32Array.of(0, 1), Float64Array.of(9, 9, 1, 2).subarray(2), 2)).toBe(2);
});
