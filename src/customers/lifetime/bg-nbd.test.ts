import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logGamma } from '../../stats/log-gamma.ts';
import { relativeError } from '../../stats/testing/exact.ts';
import { hypergeometric2F1 } from '../../stats/testing/gauss-hypergeometric.ts';
import {
  type BgNbdParameters,
  conditionalPurchases,
  expectedPurchases,
  probabilityAlive,
  whenAlive,
} from './bg-nbd.ts';
import { likeliest, published } from './testing/cdnow.ts';

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const anyParameters = fc.record({
  r: between(0.05, 20),
  alpha: between(0.1, 100),
  a: between(0.05, 10),
  b: between(0.05, 20),
});

const logOfOneAndExp = (x: number): number => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));

/** ∫ (1 − (1 + p t / α)^−r) / p over the beta distribution of p, by steps of its logit: E[X(t)] from its definition. */
function integrated({ r, alpha, a, b }: BgNbdParameters, time: number): number {
  const step = 0.05;
  const logBeta = logGamma(a) + logGamma(b) - logGamma(a + b);
  let sum = 0;
  for (let logit = -40 / a - 40; logit < 40 / b + 40; logit += step) {
    const logP = -logOfOneAndExp(-logit);
    const p = Math.exp(logP);
    const logDensity = a * logP - b * logOfOneAndExp(logit) - logBeta;
    // At its limit where p is 0 to a double.
    const purchases = p > 1e-300 ? -Math.expm1(-r * Math.log1p((p * time) / alpha)) / p : (r * time) / alpha;
    sum += purchases * Math.exp(logDensity) * step;
  }
  return sum;
}

describe('E[X(t)]', () => {
  // ../shared/reference/analytics.md, for CDNOW; the first three also in the tests of `lifetimes`.
  it.each([
    [0.1429, 0.007816],
    [1, 0.053185],
    [3, 0.150632],
    [31.8571, 1.040494],
    [32, 1.043737],
    [78, 1.857972],
  ])('of %d weeks', (weeks, expected) => {
    expect(expectedPurchases(likeliest, weeks)).toBeCloseTo(expected, 6);
  });

  it('contains the kernel 2F1(2.243, 4.426; 4.219; 39 / 82.274)', () => {
    const { r, alpha, a, b } = whenAlive(published, 2, 38.86);
    const made = expectedPurchases({ r, alpha, a, b }, 39);
    // Formula 10 of Fader, Hardie and Lee, for its kernel.
    const kernel = (1 - (made * (a - 1)) / (a + b - 1)) * (alpha / (alpha + 39)) ** -r;
    expect(kernel).toBeCloseTo(4.575315897644, 11);
    expect(hypergeometric2F1(2.243, 4.426, 4.219, 39 / 82.274)).toBeCloseTo(4.575315897644, 11);
  });

  it('is what its definition says', () => {
    fc.assert(
      fc.property(anyParameters, between(0.01, 500), (parameters, time) => {
        const expected = integrated(parameters, time);
        expect(relativeError(expectedPurchases(parameters, time), expected)).toBeLessThan(1e-10);
      }),
    );
  });

  it('is formula 9 with 2F1 wherever that can be worked out', () => {
    fc.assert(
      fc.property(anyParameters, between(0.1, 200), ({ r, alpha, a, b }, time) => {
        const c = a + b - 1;
        fc.pre(Math.abs(a - 1) > 0.05 && c > 0.05);
        const kernel = hypergeometric2F1(r, b, c, time / (alpha + time));
        fc.pre(Number.isFinite(kernel));
        const rest = 1 - kernel * (alpha / (alpha + time)) ** r;
        // It loses what the 1 cancels.
        const tolerance = 1e-11 * Math.abs(c / (a - 1)) * (1 + Math.abs(rest));
        expect(Math.abs(expectedPurchases({ r, alpha, a, b }, time) - (c / (a - 1)) * rest)).toBeLessThan(
          tolerance,
        );
      }),
    );
  });

  it('is nothing special at a = 1, at a + b = 1 and below', () => {
    for (const [a, b] of [
      [1, 2],
      [0.4, 0.6],
      [0.2, 0.3],
    ]) {
      const parameters = { r: 0.5, alpha: 3, a, b };
      expect(relativeError(expectedPurchases(parameters, 50), integrated(parameters, 50))).toBeLessThan(
        1e-11,
      );
    }
  });

  it('neither overflows for 1,000 purchases nor takes what is not lost for lost', () => {
    const after1000 = whenAlive(published, 1000, 100);
    expect(relativeError(expectedPurchases(after1000, 39), integrated(after1000, 39))).toBeLessThan(1e-9);
    // Nobody is lost: r t / α.
    expect(relativeError(expectedPurchases({ r: 900, alpha: 3, a: 1e-12, b: 1 }, 40), 12_000)).toBeLessThan(
      1e-10,
    );
    expect(expectedPurchases(published, 0)).toBe(0);
  });

  it('rises with time, and ever less', () => {
    fc.assert(
      fc.property(anyParameters, between(0.1, 100), (parameters, time) => {
        const [one, two, three] = [1, 2, 3].map((n) => expectedPurchases(parameters, n * time));
        // After all are lost only rounding is left of the differences.
        const rounding = 1e-12 * three;
        expect(two - one).toBeGreaterThan(-rounding);
        expect(three - two).toBeLessThan(two - one + rounding);
      }),
    );
  });

  it.each([
    [{ r: 0, alpha: 1, a: 1, b: 1 }, 1],
    [{ r: 1, alpha: 1, a: 1, b: Number.NaN }, 1],
    [published, -1],
    [published, Number.POSITIVE_INFINITY],
    [published, 1e12],
  ])('refuses %j and a time of %d', (parameters, time) => {
    expect(() => expectedPurchases(parameters, time)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});

describe('a customer', () => {
  // ../shared/reference/analytics.md: x, tₓ, T → P(alive), E[Y(39)]. The first is the example of Fader and Hardie, "Implementing the
  // BG/NBD model for customer base analysis in Excel" (2005), printed as 1.226.
  it.each([
    [2, 30.43, 38.86, 0.726579, 1.226],
    [1, 1.71, 38.86, 0.212101, 0.203187],
    [0, 0, 38.86, 1, 0.195098],
    [7, 29.43, 38.86, 0.641756, 3.337053],
    [26, 30.86, 31, 0.968916, 20.749726],
  ])('with x = %d, tₓ = %d, T = %d', (frequency, recency, age, alive, purchases) => {
    expect(probabilityAlive(published, frequency, recency, age)).toBeCloseTo(alive, 6);
    const digits = purchases === 1.226 ? 3 : 6;
    expect(conditionalPurchases(published, { frequency, recency, age }, 39)).toBeCloseTo(purchases, digits);
  });

  it('who bought 1,000 times and fell silent is gone, without overflow', () => {
    expect(probabilityAlive(published, 1000, 10, 100)).toBe(0);
    expect(conditionalPurchases(published, { frequency: 1000, recency: 10, age: 100 }, 39)).toBe(0);
  });

  it('is the less alive the longer the silence', () => {
    fc.assert(
      fc.property(
        anyParameters,
        fc.integer({ min: 1, max: 50 }),
        between(0.1, 50),
        between(0.1, 50),
        (parameters, x, recency, silence) => {
          const alive = probabilityAlive(parameters, x, recency, recency + silence);
          expect(alive).toBeGreaterThanOrEqual(0);
          expect(alive).toBeLessThan(1);
          expect(probabilityAlive(parameters, x, recency, recency + 2 * silence)).toBeLessThanOrEqual(alive);
          expect(
            probabilityAlive(parameters, x, recency + silence / 2, recency + silence),
          ).toBeGreaterThanOrEqual(alive);
        },
      ),
    );
  });
});
