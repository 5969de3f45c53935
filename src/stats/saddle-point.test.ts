import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviance, halfLogTwoPi, stirlingError, stirlingErrorOfCount } from './saddle-point.ts';
import { relativeError } from './testing/exact.ts';

describe('stirlingError', () => {
  // By mpmath, 50 digits.
  it.each([
    [0.1, 0.512740081331915],
    [1, 0.08106146679532726],
    [7.5, 0.011104559758206917],
    [15, 0.005554733551962801],
    [16, 0.0052076559196096404],
    [1000, 8.333333055555635e-5],
  ])('of %d', (x, expected) => {
    expect(Math.abs(stirlingError(x) - expected)).toBeLessThan(1e-15);
  });

  it('is quick for counts, and makes 0! right', () => {
    for (let n = 1; n < 100; n++) expect(stirlingErrorOfCount(n)).toBe(stirlingError(n));
    expect(halfLogTwoPi + stirlingErrorOfCount(0)).toBe(0);
  });
});

describe('deviance', () => {
  // By mpmath; the differences are exact.
  it.each([
    [10, 10.000001, -9.999999992515995e-7, 4.999999659182688e-14],
    [3, 2.9, 0.10000000000000009, 0.0017046550270440478],
    [1000, 1100, -100, 4.68982019567514],
    [5, 50, -45, 33.48707453502977],
    [0, 7.5, -7.5, 7.5],
    [0, 0, 0, 0],
  ])('of %d where %d are expected', (observed, expected, difference, value) => {
    expect(relativeError(deviance(observed, expected, difference), value)).toBeLessThan(1e-14);
  });

  it('is the same by series and by logarithm', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 1e6, noNaN: true }), (observed) => {
        for (const share of [0.3, 0.81, 0.82, 0.9, 1.1, 1.22, 1.23, 3]) {
          const expected = observed * share;
          const plain = observed * Math.log(observed / expected) - (observed - expected);
          expect(relativeError(deviance(observed, expected, observed - expected), plain)).toBeLessThan(1e-12);
        }
      }),
    );
  });
});
