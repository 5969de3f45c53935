import { describe, expect, it } from 'vitest';
import { chiSquareTest, chiSquareUpperTail } from './chi-square.ts';
import { normalUpperTail } from './normal.ts';
import { relativeError } from './testing/exact.ts';

describe('chiSquareUpperTail', () => {
  // By mpmath, 50 digits.
  it.each([
    [3.841458820694124, 1, 0.05000000000000006],
    [448.56987, 1, 1.4769048923352723e-99],
    [1000, 1, 1.7958327848007262e-219],
    [18.825513705236013, 5, 0.0020713903499180206],
    [50, 50, 0.47339846855634937],
    [0, 3, 1],
  ])('at %d with %d degrees of freedom', (x, df, expected) => {
    expect(relativeError(chiSquareUpperTail(x, df), expected)).toBeLessThan(1e-13);
  });

  it('is a two-sided normal test with one degree of freedom', () => {
    for (const z of [0.1, 1, 1.7, 3, 12, 30]) {
      expect(relativeError(chiSquareUpperTail(z * z, 1), 2 * normalUpperTail(z))).toBeLessThan(2e-13);
    }
  });

  it.each([
    [-1, 1],
    [1, 0],
    [Number.NaN, 1],
  ])('refuses %d with %d degrees of freedom', (x, df) => {
    expect(() => chiSquareUpperTail(x, df)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});

describe('chiSquareTest', () => {
  it('knows its p-value', () => {
    expect(chiSquareTest(0, 2)).toEqual({ statistic: 0, degreesOfFreedom: 2, p: 1 });
  });
});
