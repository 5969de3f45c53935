import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanDifference, momentsOf } from './mean-difference.ts';

describe('meanDifference', () => {
  it("is Welch's: R's t.test(extra ~ group, data = sleep)", () => {
    // Student's sleep data (Biometrika 6, 1908), as R's manual of t.test prints it.
    const drug1 = momentsOf(Float64Array.of(0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2));
    const drug2 = momentsOf(Float64Array.of(1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4));
    const found = meanDifference(drug1, drug2);
    expect(found.difference).toBeCloseTo(-1.58, 12);
    expect(found.degreesOfFreedom).toBeCloseTo(17.776, 3);
    expect(found.p).toBeCloseTo(0.07939, 5);
    expect(found.low).toBeCloseTo(-3.3654832, 7);
    expect(found.high).toBeCloseTo(0.2054832, 7);
  });

  it('says so where nothing varies', () => {
    const flat = (mean: number) => ({ count: 3, mean, variance: 0 });
    expect(meanDifference(flat(2), flat(1))).toEqual({
      difference: 1,
      low: 1,
      high: 1,
      degreesOfFreedom: null,
      p: 0,
    });
    expect(meanDifference(flat(2), flat(2)).p).toBe(1);
  });

  it('refuses a single value', () => {
    const one = momentsOf(Float64Array.of(3));
    expect(() => meanDifference(one, { count: 9, mean: 1, variance: 1 })).toThrow(/two finite values/);
    expect(() => meanDifference(momentsOf(Float64Array.of(1, Number.NaN)), { ...one, count: 2 })).toThrow();
  });
});

describe('momentsOf', () => {
  it('is the textbook, far from 0, too', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 20 }), (values) => {
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
        const found = momentsOf(Float64Array.from(values, (value) => value + 1e9));
        expect(found.mean - 1e9).toBeCloseTo(mean, 5);
        expect(found.variance).toBeCloseTo(squares / (values.length - 1), 4);
      }),
    );
  });
});
