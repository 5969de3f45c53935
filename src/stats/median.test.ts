import { expect, it } from 'vitest';
import { medianOfSorted } from './median.ts';

it('is the middle value, or the mean of the two in the middle', () => {
  expect(medianOfSorted([4])).toBe(4);
  expect(medianOfSorted([1, 2])).toBe(1.5);
  expect(medianOfSorted(Float64Array.of(1, 2, 90))).toBe(2);
  expect(medianOfSorted([-3, 1, 4, 90])).toBe(2.5);
});
