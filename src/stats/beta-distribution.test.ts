import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaQuantile, betaUpperQuantile, regularisedBeta } from './beta-distribution.ts';
import { relativeError } from './testing/exact.ts';

const anyShape = fc.double({ min: -4, max: 9, noNaN: true }).map(Math.exp);

describe('regularisedBeta', () => {
  // By mpmath, 50 digits.
  it.each([
    [0.3, 2, 3, 0.3483],
    [0.001, 0.5, 0.5, 0.020135041633377492],
    [0.9, 20, 1.5, 0.23412711029493324],
    [0.02, 3, 400, 0.9872924826327013],
    [0.5, 1000, 1100, 0.9854830182565296],
    [1e-9, 1, 1e7, 0.009950166255782196],
    [0, 2, 3, 0],
    [1, 2, 3, 1],
  ])('at %d with shapes %d and %d', (x, a, b, expected) => {
    expect(relativeError(regularisedBeta(x, a, b), expected)).toBeLessThan(1e-13);
  });

  it('is a binomial tail for whole shapes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 30 }),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        (a, b, x) => {
          // At least `a` successes in a + b − 1 trials.
          const trials = a + b - 1;
          let term = (1 - x) ** trials;
          let tail = 0;
          for (let k = 0; k <= trials; k++) {
            if (k >= a) tail += term;
            term *= ((trials - k) * x) / ((k + 1) * (1 - x));
          }
          expect(relativeError(regularisedBeta(x, a, b), tail)).toBeLessThan(1e-12);
        },
      ),
    );
  });

  it.each([
    [-0.1, 1, 1],
    [1.1, 1, 1],
    [0.5, 0, 1],
    [0.5, 1, -1],
    [Number.NaN, 1, 1],
    [0.5, Number.NaN, 1],
    [0.5, 1, Number.POSITIVE_INFINITY],
  ])('refuses %d with shapes %d and %d', (x, a, b) => {
    expect(() => regularisedBeta(x, a, b)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});

describe('betaQuantile', () => {
  it('undoes the distribution function', () => {
    fc.assert(
      fc.property(anyShape, anyShape, fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }), (a, b, p) => {
        const x = betaQuantile(p, a, b);
        // Near 1 neighbouring doubles are far apart for a beta variable with a small second shape.
        fc.pre(x > 0 && x < 0.999);
        expect(relativeError(regularisedBeta(x, a, b), p)).toBeLessThan(1e-9);
        expect(relativeError(betaUpperQuantile(1 - p, a, b), x)).toBeLessThan(1e-3);
      }),
    );
  });

  it('mirrors itself', () => {
    fc.assert(
      fc.property(anyShape, anyShape, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, p) => {
        expect(betaQuantile(p, a, b)).toBeCloseTo(1 - betaUpperQuantile(p, b, a), 12);
      }),
    );
  });

  // scipy.stats.beta.ppf, version 1.17; then exact ones.
  it.each([
    [0.025, 5, 6, 0.18708602844739855],
    [0.975, 1, 10, 0.3084971078187607],
    [1e-10, 2, 3, 4.082494015808333e-6],
    [0.5, 0.5, 0.5, 0.5],
    [1e-300, 1, 1, 1e-300],
    [0.5, 0.01, 1, 2 ** -100],
  ])('at %d with shapes %d and %d', (p, a, b, expected) => {
    expect(relativeError(betaQuantile(p, a, b), expected)).toBeLessThan(1e-12);
  });

  it('ends at 0 and 1, and fades to 0', () => {
    expect([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3)]).toEqual([0, 1]);
    expect([betaUpperQuantile(0, 2, 3), betaUpperQuantile(1, 2, 3)]).toEqual([1, 0]);
    expect(betaQuantile(0.1, 1e-4, 1)).toBe(0);
  });

  it.each([-0.1, 1.1, Number.NaN])('refuses a probability of %d', (p) => {
    expect(() => betaQuantile(p, 1, 1)).toThrow(expect.objectContaining({ code: 'bad-input' }));
    expect(() => betaUpperQuantile(p, 1, 1)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});
