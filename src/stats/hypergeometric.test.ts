import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hypergeometricLogPmf,
  hypergeometricMode,
  hypergeometricQuantile,
  logLowerTail,
  logUpperTail,
  lowerTail,
  upperTail,
} from './hypergeometric.ts';
import { lnShare, relativeError, sum, waysByCount } from './testing/exact.ts';

/** A population, its special ones and the draws. */
const anyUrn = (largest: number): fc.Arbitrary<[number, number, number]> =>
  fc
    .integer({ min: 0, max: largest })
    .chain((total) =>
      fc.tuple(fc.constant(total), fc.integer({ min: 0, max: total }), fc.integer({ min: 0, max: total })),
    );

function expectNear(actual: number, expected: number): void {
  const isNear = actual === expected || Math.abs(actual - expected) <= 1e-13 * Math.abs(expected);
  expect(isNear, `${actual} for ${expected}`).toBe(true);
}

describe('the hypergeometric distribution', () => {
  it('agrees with exact sums', () => {
    fc.assert(
      fc.property(anyUrn(70), ([total, successes, draws]) => {
        const ways = waysByCount(total, successes, draws);
        const all = sum(ways);
        for (let k = 0; k <= draws; k++) {
          const logPmf = hypergeometricLogPmf(k, total, successes, draws);
          const exact = lnShare(ways[k]!, all);
          expect(logPmf === exact || Math.abs(logPmf - exact) < 1e-14 * Math.max(1, -exact)).toBe(true);
          expectNear(logUpperTail(k, total, successes, draws), lnShare(sum(ways.slice(k)), all));
          expectNear(logLowerTail(k, total, successes, draws), lnShare(sum(ways.slice(0, k + 1)), all));
        }
      }),
    );
  });

  it('does not underflow', () => {
    const [total, successes, draws, k] = [10_000, 4000, 5000, 3900];
    const ways = waysByCount(total, successes, draws);
    const exact = lnShare(sum(ways.slice(k)), sum(ways));
    expect(exact).toBeLessThan(-2000);
    expectNear(logUpperTail(k, total, successes, draws), exact);
    expectNear(logLowerTail(successes - k, total, successes, total - draws), exact);
    expect(upperTail(k, total, successes, draws)).toBe(0);
  });

  it('comes down to ln p = −5000 and far below', () => {
    // One way out of all: minus the logarithm of 7,214 of 14,428, of 500 of 1e9 (by mpmath).
    expectNear(logUpperTail(7214, 14_428, 7214, 7214), -9995.713249417815);
    expectNear(logUpperTail(500, 1e9, 500, 500), -7750.302335263029);
  });

  it('is exact about large counts', () => {
    // By mpmath: three standard deviations above the mean, a third of a billion transactions.
    expectNear(logUpperTail(28_848, 333_333_333, 1_234_567, 7_654_321), -6.5795542697065015);
  });

  it('is beyond reach at 0 and 1', () => {
    // At least 2 of 3 draws out of 5, 4 of them special.
    expect([1, 2, 3, 4].map((k) => upperTail(k, 5, 4, 3))).toEqual([1, 1, expect.closeTo(0.4, 14), 0]);
    expect([1, 2, 3, 4].map((k) => lowerTail(k, 5, 4, 3))).toEqual([0, expect.closeTo(0.6, 14), 1, 1]);
    expect([-1, 99].map((k) => logUpperTail(k, 5, 4, 3))).toEqual([0, Number.NEGATIVE_INFINITY]);
    expect([-1, 99].map((k) => logLowerTail(k, 5, 4, 3))).toEqual([Number.NEGATIVE_INFINITY, 0]);
    expect(upperTail(0, 0, 0, 0)).toBe(1);
  });

  // R: phyper(68, 1072, 8763, 160, lower.tail = FALSE); the others by scipy 1.17.
  it.each([
    [69, 9835, 1072, 160, 6.170028e-26, 1],
    [10, 9835, 1072, 160, 0.9847251373064788, 0.031205318833266285],
    [30, 10_000, 300, 400, 3.297256215593428e-6, 0.9999988820356523],
    [12, 10_000, 300, 400, 0.5424543466291656, 0.5760610822586248],
  ])('has its tails at %d of %d, %d and %d', (k, total, successes, draws, upper, lower) => {
    expect(relativeError(upperTail(k, total, successes, draws), upper)).toBeLessThan(1e-7);
    expect(relativeError(lowerTail(k, total, successes, draws), lower)).toBeLessThan(1e-7);
  });

  it('is highest at its mode', () => {
    fc.assert(
      fc.property(anyUrn(200), ([total, successes, draws]) => {
        const mode = hypergeometricMode(total, successes, draws);
        const highest = hypergeometricLogPmf(mode, total, successes, draws);
        for (let k = 0; k <= draws; k++) {
          expect(hypergeometricLogPmf(k, total, successes, draws)).toBeLessThan(highest + 1e-13);
        }
      }),
    );
  });

  it.each([
    [0.5, 10, 5, 5],
    [0, 10.5, 5, 5],
    [0, 10, 11, 5],
    [0, 10, 5, 11],
    [0, 10, -1, 5],
    [0, 10, 5, -1],
    [Number.NaN, 10, 5, 5],
    [0, Number.POSITIVE_INFINITY, 5, 5],
  ])('refuses %d of %d, %d and %d', (k, total, successes, draws) => {
    for (const of of [hypergeometricLogPmf, logUpperTail, logLowerTail, upperTail, lowerTail]) {
      expect(() => of(k, total, successes, draws)).toThrow(expect.objectContaining({ code: 'bad-input' }));
    }
  });
});

describe('hypergeometricQuantile', () => {
  it('is the first count that reaches a probability', () => {
    const anyP = fc.oneof(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 1, max: 60 }).map((digits) => 10 ** -digits),
    );
    fc.assert(
      fc.property(anyUrn(120), anyP, ([total, successes, draws], p) => {
        const ways = waysByCount(total, successes, draws);
        const all = sum(ways);
        const reaches = (k: number): boolean =>
          sum(ways.slice(0, k + 1)) > 0n && lnShare(sum(ways.slice(0, k + 1)), all) >= Math.log(p) - 2.2e-13;
        let expected = 0;
        while (!reaches(expected)) expected++;
        expect(hypergeometricQuantile(p, total, successes, draws)).toBe(expected);
      }),
    );
  });

  it('undoes the lower tail', () => {
    fc.assert(
      fc.property(anyUrn(100_000), fc.double({ min: 1e-290, max: 0.999, noNaN: true }), (urn, share) => {
        const k = hypergeometricQuantile(share, ...urn);
        const p = lowerTail(k, ...urn);
        // Where all further counts are as good as impossible, p is 1, which is left to the last one.
        fc.pre(p < 1);
        expect(hypergeometricQuantile(p, ...urn)).toBe(k);
      }),
    );
  });

  // scipy.stats.hypergeom.ppf, version 1.17.
  it.each([
    [0.99, 9835, 1072, 160, 27],
    [0.99, 10_000, 300, 400, 20],
    [0.5, 10_000, 300, 400, 12],
    [0.01, 10_000, 300, 400, 5],
    [0.999, 88_162, 15_000, 40, 15],
  ])('at %d of %d, %d and %d is %d', (p, total, successes, draws, expected) => {
    expect(hypergeometricQuantile(p, total, successes, draws)).toBe(expected);
  });

  it('ends where the range ends', () => {
    expect(hypergeometricQuantile(0, 5, 4, 3)).toBe(2);
    expect(hypergeometricQuantile(1, 5, 4, 3)).toBe(3);
    expect(hypergeometricQuantile(0.5, 1, 1, 1)).toBe(1);
  });

  it.each([-0.1, 1.1, Number.NaN])('refuses a probability of %d', (p) => {
    expect(() => hypergeometricQuantile(p, 5, 4, 3)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});
