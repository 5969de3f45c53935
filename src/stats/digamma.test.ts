import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digamma, trigamma } from './digamma.ts';
import { logGamma } from './log-gamma.ts';
import { relativeError } from './testing/exact.ts';

const euler = 0.5772156649015329;

describe('digamma', () => {
  // Abramowitz and Stegun 6.3.2 to 6.3.5: ψ(1) = −γ, ψ(n) = −γ + Σ 1 / k, ψ(½) = −γ − 2 ln 2.
  it.each([
    [1, -euler],
    [0.5, -euler - 2 * Math.LN2],
    [2, 1 - euler],
    [6, 137 / 60 - euler],
    [21, 3.597739657143682 - euler],
  ])('of %d', (x, expected) => {
    expect(Math.abs(digamma(x) - expected)).toBeLessThan(2e-15);
  });

  it('is the slope of ln Γ', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 500, noNaN: true }), (x) => {
        const step = x * 1e-5;
        const slope = (logGamma(x + step) - logGamma(x - step)) / (2 * step);
        expect(Math.abs(digamma(x) - slope)).toBeLessThan(1e-8 * Math.max(1, 1 / x, Math.log(x)));
      }),
    );
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d', (x) => {
    expect(() => digamma(x)).toThrow(expect.objectContaining({ code: 'bad-input' }));
    expect(() => trigamma(x)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});

describe('trigamma', () => {
  // Abramowitz and Stegun 6.4.2 and 6.4.4: ψ′(1) = π² / 6, ψ′(½) = π² / 2.
  it.each([
    [1, Math.PI ** 2 / 6],
    [0.5, Math.PI ** 2 / 2],
    [3, Math.PI ** 2 / 6 - 5 / 4],
    [1e-6, 1e12 + Math.PI ** 2 / 6],
  ])('of %d', (x, expected) => {
    expect(relativeError(trigamma(x), expected)).toBeLessThan(1e-14);
  });

  it('falls by 1 / x² from x to x + 1, and about like 1 / x + 1 / 2x²', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e4, noNaN: true }), (x) => {
        expect(relativeError(trigamma(x), trigamma(x + 1) + 1 / (x * x))).toBeLessThan(1e-13);
      }),
    );
    expect(relativeError(trigamma(1e8), 1e-8 + 0.5e-16)).toBeLessThan(1e-14);
  });
});
