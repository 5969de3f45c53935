import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  calibrationError,
  fitIsotonic,
  fitPlatt,
  isotonicProbability,
  plattProbability,
} from './calibration.ts';
import { seededRandom } from './random.ts';
import { probabilityOf } from './scores.ts';

describe('calibration by a logistic curve', () => {
  it('finds the curve that made the targets', () => {
    const random = seededRandom(5);
    const scores = Float64Array.from({ length: 40_000 }, () => 8 * random() - 4);
    const target = Uint8Array.from(scores, (score) => (random() < probabilityOf(0.7 * score - 1) ? 1 : 0));
    const { slope, intercept } = fitPlatt(scores, target);
    // Standard errors are about .008 and .014.
    expect(slope).toBeCloseTo(0.7, 1);
    expect(intercept).toBeCloseTo(-1, 1);
  });

  it('stays away from certainty, and takes scores without any difference', () => {
    const apart = fitPlatt(Float64Array.of(-1, -1, 1, 1), Uint8Array.of(0, 0, 1, 1));
    // Two values and two parameters: the curve goes through the goals (n + 1) / (n + 2).
    expect(plattProbability(apart, 1)).toBeCloseTo(3 / 4, 9);
    expect(plattProbability(apart, -1)).toBeCloseTo(1 / 4, 9);
    const same = fitPlatt(Float64Array.of(3, 3, 3), Uint8Array.of(1, 0, 1));
    expect(same.slope).toBe(0);
    // The mean of the goals 3/4, 1/3 and 3/4.
    expect(plattProbability(same, 99)).toBeCloseTo(11 / 18, 12);
  });
});

describe('isotonic calibration', () => {
  it('pools what falls, as worked out by hand', () => {
    const scores = Float64Array.of(1, 2, 3, 4, 5, 6);
    const fitted = fitIsotonic(scores, Uint8Array.of(0, 1, 0, 0, 1, 1));
    expect([...fitted.scores]).toEqual([1, 2, 4, 5, 6]);
    expect([...fitted.probabilities]).toEqual([0, 1 / 3, 1 / 3, 1, 1]);
    expect([0, 1.5, 3, 4.5, 9].map((score) => isotonicProbability(fitted, score))).toEqual([
      0,
      1 / 6,
      1 / 3,
      1 / 3 + (1 - 1 / 3) / 2,
      1,
    ]);
  });

  it('is the greatest of the least means (min-max formula)', () => {
    const pair = fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 1 }));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 25 }), (some) => {
        const fitted = fitIsotonic(
          Float64Array.from(some, ([score]) => score),
          Uint8Array.from(some, ([, one]) => one),
        );
        const meanOf = (low: number, high: number): number => {
          const ones = some.filter(([score]) => score >= low && score <= high).map(([, one]) => one);
          return ones.reduce((sum, one) => sum + one, 0) / ones.length;
        };
        const scores = [...new Set(some.map(([score]) => score))];
        for (const at of scores) {
          const lows = scores.filter((low) => low <= at);
          const highs = scores.filter((high) => high >= at);
          const exact = Math.max(...lows.map((low) => Math.min(...highs.map((high) => meanOf(low, high)))));
          expect(isotonicProbability(fitted, at)).toBeCloseTo(exact, 12);
        }
      }),
    );
  });
});

describe('the calibration error', () => {
  it('is what the bins are off, by their sizes', () => {
    const { expected, bins } = calibrationError(
      Float64Array.of(0.1, 0.15, 0.9, 1),
      Uint8Array.of(0, 1, 1, 1),
      10,
    );
    expect(bins.map(({ count, observed }) => [count, observed])).toEqual([[2, 0.5], [2, 1]]); // biome-ignore format: one line
    expect(expected).toBeCloseTo((2 * (0.5 - 0.125) + 2 * (1 - 0.95)) / 4, 12);
  });

  it('is 0 where the shares are right, and refuses what is no probability', () => {
    expect(calibrationError(Float64Array.of(0.5, 0.5), Uint8Array.of(0, 1)).expected).toBe(0);
    expect(() => calibrationError(Float64Array.of(-0.1), Uint8Array.of(0))).toThrow(/not a probability/);
    expect(() => calibrationError(Float64Array.of(0.1), Uint8Array.of(0), 0)).toThrow(/bins/);
  });
});
