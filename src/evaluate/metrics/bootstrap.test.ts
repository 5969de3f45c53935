import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { below, seededRandom } from '../../learn/random.ts';
import { meanOf, middleOf, resampledMeans } from './bootstrap.ts';

const counting = (length: number): Int32Array => Int32Array.from({ length }, (_, n) => n);

describe('resampledMeans', () => {
  it('is what drawing the groups one by one gives', () => {
    const column = fc.array(fc.oneof(fc.double({ min: -9, max: 9, noNaN: true }), fc.constant(Number.NaN)), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(column, fc.integer({ min: 1, max: 4 }), fc.integer(), (values, groups, seed) => {
        const groupOf = Int32Array.from(values, (_, at) => at % groups);
        const [means] = resampledMeans([Float64Array.from(values)], groupOf, groups, { resamples: 5, seed });
        const random = seededRandom(seed);
        for (const mean of means) {
          const drawn = Array.from({ length: groups }, () => below(groups, random));
          const cases = drawn
            .flatMap((group) => values.filter((_, at) => groupOf[at] === group))
            .filter((value) => !Number.isNaN(value));
          if (cases.length === 0) expect(mean).toBeNaN();
          else expect(mean).toBeCloseTo(cases.reduce((sum, value) => sum + value, 0) / cases.length, 9);
        }
      }),
    );
  });

  // Efron and Tibshirani, 1993, chapter 5: the standard error of a mean is the plug-in deviation divided by √n.
  it('spreads as the standard error of a mean does', () => {
    const values = Float64Array.from({ length: 200 }, (_, n) => (n * 37) % 100);
    const [means] = resampledMeans([values], counting(200), 200, { resamples: 4000, seed: 3 });
    const { value } = meanOf(values)!;
    const deviation = Math.sqrt(values.reduce((sum, one) => sum + (one - value) ** 2, 0) / 200);
    const spread = Math.sqrt(means.reduce((sum, one) => sum + (one - value) ** 2, 0) / 4000);
    expect(spread / (deviation / Math.sqrt(200))).toBeCloseTo(1, 1);
    const { lower, upper } = middleOf(means)!;
    expect((upper - lower) / (2 * 1.96 * (deviation / Math.sqrt(200)))).toBeCloseTo(1, 1);
  });

  it('draws the same groups for all columns', () => {
    const values = Float64Array.from({ length: 30 }, (_, n) => n ** 2);
    const [one, more] = resampledMeans([values, values.map((value) => value + 5)], counting(30), 30, {
      resamples: 200,
      seed: 1,
    });
    const differences = more.map((value, r) => value - one[r]);
    const { lower, upper } = middleOf(differences)!;
    expect([lower, upper]).toEqual([expect.closeTo(5, 9), expect.closeTo(5, 9)]);
  });
});

describe('meanOf and middleOf', () => {
  it('pass over what does not count', () => {
    expect(meanOf(Float64Array.of(1, Number.NaN, 3))).toEqual({ value: 2, cases: 2 });
    expect(meanOf(Float64Array.of(Number.NaN))).toBeUndefined();
    expect(middleOf(Float64Array.of(Number.NaN))).toBeUndefined();
    expect(middleOf(Float64Array.from({ length: 1000 }, (_, n) => 999 - n))).toEqual({
      lower: 25,
      upper: 975,
    });
  });
});
