import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regularisedGammaP, regularisedGammaQ } from './gamma-distribution.ts';
import { relativeError } from './testing/exact.ts';

describe('regularisedGammaP and regularisedGammaQ', () => {
  // By mpmath, 50 digits: P and Q.
  it.each([
    [0.5, 0.1, 0.345279153981423, 0.654720846018577],
    [1e-8, 0.5, 0.9999999944022641, 5.597735977099587e-9],
    [0.3, 1.2, 0.9366052804307409, 0.0633947195692591],
    [2.5, 9.4, 0.9979058531853747, 0.0020941468146252833],
    [10, 3, 0.0011024881301154798, 0.9988975118698845],
    [100, 130, 0.9972495916326934, 0.002750408367306526],
    [1000, 1000, 0.5042052441802155, 0.4957947558197845],
    [50, 300, 1, 2.418828583346486e-72],
  ])('of shape %d at %d', (a, x, p, q) => {
    expect(relativeError(regularisedGammaP(a, x), p)).toBeLessThan(1e-13);
    expect(relativeError(regularisedGammaQ(a, x), q)).toBeLessThan(1e-13);
  });

  it('are sums of Poisson probabilities for whole shapes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 100, noNaN: true }), (a, x) => {
        let term = Math.exp(-x);
        let sum = term;
        for (let n = 1; n < a; n++) {
          term *= x / n;
          sum += term;
        }
        expect(relativeError(regularisedGammaQ(a, x), sum)).toBeLessThan(1e-12);
        expect(regularisedGammaP(a, x)).toBeCloseTo(1 - sum, 13);
      }),
    );
  });

  it('end at 0 and ∞', () => {
    for (const a of [0.2, 1, 30]) {
      expect([regularisedGammaP(a, 0), regularisedGammaQ(a, 0)]).toEqual([0, 1]);
      const end = Number.POSITIVE_INFINITY;
      expect([regularisedGammaP(a, end), regularisedGammaQ(a, end)]).toEqual([1, 0]);
    }
  });

  it.each([
    [0, 1],
    [-1, 1],
    [1, -1],
    [Number.NaN, 1],
    [1, Number.NaN],
    [Number.POSITIVE_INFINITY, 1],
  ])('refuse %d and %d', (a, x) => {
    expect(() => regularisedGammaP(a, x)).toThrow(expect.objectContaining({ code: 'bad-input' }));
    expect(() => regularisedGammaQ(a, x)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});
