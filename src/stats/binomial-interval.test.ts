import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regularisedBeta } from './beta-distribution.ts';
import { binomialInterval } from './binomial-interval.ts';
import { normalCriticalValue } from './normal.ts';
import { relativeError } from './testing/exact.ts';

describe('binomialInterval', () => {
  // scipy.stats.binomtest(…).proportion_ci, version 1.17.
  it.each([
    [0, 10, 0.95, 'clopper-pearson', 0, 0.30849710781876294],
    [1, 10, 0.95, 'clopper-pearson', 0.0025285785444625728, 0.44501611702819543],
    [10, 10, 0.95, 'clopper-pearson', 0.6915028921812371, 1],
    [69, 160, 0.95, 'clopper-pearson', 0.35331154068851295, 0.5117830680180645],
    [7, 50, 0.99, 'clopper-pearson', 0.042468787378833785, 0.3091069659648189],
    [0, 10, 0.95, 'wilson', 0, 0.27753279986288926],
    [1, 10, 0.95, 'wilson', 0.017876213095072896, 0.4041500267952385],
    [10, 10, 0.95, 'wilson', 0.7224672001371109, 1],
    [1, 1e7, 0.95, 'wilson', 1.7652455711617434e-8, 5.664932019606462e-7],
    [7, 50, 0.99, 'wilson', 0.05614371860633749, 0.3082057874303547],
  ] as const)('of %d in %d at %d, %s', (successes, trials, level, method, low, high) => {
    const interval = binomialInterval(successes, trials, level, method);
    expect(relativeError(interval.low, low)).toBeLessThan(1e-10);
    expect(relativeError(interval.high, high)).toBeLessThan(1e-10);
  });

  it('is Clopper and Pearson’s unless told otherwise', () => {
    expect(binomialInterval(3, 9, 0.9)).toEqual(binomialInterval(3, 9, 0.9, 'clopper-pearson'));
  });

  it('ends where the other count would be improbable', () => {
    const anyTrial = fc
      .integer({ min: 1, max: 100_000 })
      .chain((trials) => fc.tuple(fc.integer({ min: 1, max: trials }), fc.constant(trials)));
    fc.assert(
      fc.property(
        anyTrial,
        fc.double({ min: 0.01, max: 0.999, noNaN: true }),
        ([successes, trials], level) => {
          const exact = binomialInterval(successes, trials, level);
          const tail = regularisedBeta(exact.low, successes, trials - successes + 1);
          expect(relativeError(tail, (1 - level) / 2)).toBeLessThan(1e-8);
          const { low, high } = binomialInterval(successes, trials, level, 'wilson');
          const share = successes / trials;
          for (const end of successes === trials ? [low] : [low, high]) {
            const z = Math.abs(share - end) / Math.sqrt((end * (1 - end)) / trials);
            expect(relativeError(z, normalCriticalValue(level))).toBeLessThan(1e-6);
          }
          // The mirror image.
          const other = binomialInterval(trials - successes, trials, level);
          expect(other.high).toBeCloseTo(1 - exact.low, 12);
        },
      ),
    );
  });

  it('knows nothing without trials', () => {
    expect(binomialInterval(0, 0, 0.95)).toEqual({ low: 0, high: 1 });
    expect(binomialInterval(0, 0, 0.95, 'wilson')).toEqual({ low: 0, high: 1 });
  });

  it.each([
    [11, 10, 0.95],
    [-1, 10, 0.95],
    [0.5, 10, 0.95],
    [1, Number.NaN, 0.95],
    [1, 10, 0],
    [1, 10, 1],
    [0, 0, Number.NaN],
  ])('refuses %d of %d at %d', (successes, trials, level) => {
    expect(() => binomialInterval(successes, trials, level)).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    );
  });
});
