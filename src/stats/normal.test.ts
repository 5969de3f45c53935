import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCriticalValue, normalQuantile, normalUpperTail } from './normal.ts';
import { relativeError } from './testing/exact.ts';

describe('normalUpperTail', () => {
  // By mpmath, 50 digits.
  it.each([
    [0, 0.5],
    [0.5, 0.3085375387259869],
    [1, 0.15865525393145705],
    [1.4, 0.08075665923377107],
    [2, 0.02275013194817921],
    [5, 2.866515718791939e-7],
    [10, 7.619853024160525e-24],
    [20, 2.7536241186062337e-89],
    [37, 5.725571222524577e-300],
  ])('at %d is %d', (z, expected) => {
    expect(relativeError(normalUpperTail(z), expected)).toBeLessThan(5e-15);
    expect(normalUpperTail(-z)).toBe(z === 0 ? 0.5 : 1 - normalUpperTail(z));
  });

  it('falls without a step', () => {
    let before = 1;
    for (let z = -9; z < 40; z += 1 / 128) {
      const tail = normalUpperTail(z);
      expect(tail).toBeLessThanOrEqual(before);
      before = tail;
    }
  });

  it('has ends', () => {
    expect(normalUpperTail(Number.POSITIVE_INFINITY)).toBe(0);
    expect(normalUpperTail(Number.NEGATIVE_INFINITY)).toBe(1);
    expect(normalUpperTail(Number.NaN)).toBeNaN();
  });
});

describe('normalQuantile', () => {
  // By mpmath, 50 digits.
  it.each([
    [1e-300, -37.0470962993612],
    [1e-20, -9.262340089798407],
    [1e-5, -4.264890793922825],
    [0.025, -1.9599639845400543],
    [0.3, -0.5244005127080408],
    [0.975, 1.9599639845400538],
  ])('at %d is %d', (p, expected) => {
    expect(relativeError(normalQuantile(p), expected)).toBeLessThan(1e-15);
  });

  it('undoes the distribution function', () => {
    fc.assert(
      fc.property(fc.double({ min: -37, max: 5, noNaN: true }), (z) => {
        expect(normalQuantile(normalUpperTail(-z))).toBeCloseTo(z, z < 3 ? 11 : 8);
      }),
    );
  });

  it('ends at −∞ and ∞', () => {
    expect([0, 0.5, 1].map(normalQuantile)).toEqual([Number.NEGATIVE_INFINITY, 0, Number.POSITIVE_INFINITY]);
  });

  it.each([-0.1, 1.1, Number.NaN])('refuses %d', (p) => {
    expect(() => normalQuantile(p)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});

describe('normalCriticalValue', () => {
  it('leaves half of the rest on either side', () => {
    expect(normalCriticalValue(0.95)).toBeCloseTo(1.9599639845400545, 14);
    expect(normalCriticalValue(0.99)).toBeCloseTo(2.575829303548901, 13);
  });
});
