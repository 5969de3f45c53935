import fc from 'fast-check';
import { expect, it } from 'vitest';
import { firstAtLeast } from './first-at-least.ts';

it('is where a value stands or would stand in a part of a column, the first of equal ones', () => {
  const values = fc.array(fc.integer({ min: -5, max: 20 }), { maxLength: 30 });
  const place = fc.nat({ max: 30 });
  fc.assert(
    fc.property(values, fc.integer({ min: -7, max: 22 }), place, place, (some, wanted, one, other) => {
      const column = Int32Array.from(some).sort();
      const start = Math.min(one, other, column.length);
      const end = Math.min(Math.max(one, other), column.length);
      const found = column.findIndex((value, at) => at >= start && at < end && value >= wanted);
      expect(firstAtLeast(column, wanted, start, end)).toBe(found < 0 ? end : found);
    }),
  );
});
