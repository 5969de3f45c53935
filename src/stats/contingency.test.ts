import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contingencyTest } from './contingency.ts';
import { pearsonChiSquare } from './two-by-two.ts';

const row = (...counts: number[]): Int32Array => Int32Array.from(counts);

describe('contingencyTest', () => {
  it('tells party by gender', () => {
    // Agresti, An Introduction to Categorical Data Analysis, 2nd edition, 2007, p. 39: X² 30.07; the digits by SciPy 1.17.
    const test = contingencyTest([row(762, 484), row(327, 239), row(468, 477)]);
    expect(test.statistic).toBeCloseTo(30.070149095754676, 10);
    expect(test.p / 2.9535891832117537e-7).toBeCloseTo(1, 10);
    expect(test.degreesOfFreedom).toBe(2);
    expect(test.cramersV).toBeCloseTo(0.10443580235646778, 12);
    expect(test.leastExpected).toBeCloseTo(246.35473340587595, 10);
  });

  it('is the test of a table of two by two, whichever side comes first', () => {
    const count = fc.integer({ min: 1, max: 50 });
    fc.assert(
      fc.property(count, count, count, count, (n11, n10, n01, n00) => {
        const { statistic } = contingencyTest([row(n11, n10), row(n01, n00)]);
        expect(statistic).toBeCloseTo(pearsonChiSquare({ n11, n10, n01, n00 }), 9);
        expect(contingencyTest([row(n11, n01), row(n10, n00)]).statistic).toBeCloseTo(statistic, 9);
      }),
    );
  });

  it('leaves out what never happened', () => {
    const test = contingencyTest([row(5, 0, 9), row(0, 0, 0), row(7, 0, 2)]);
    expect(test).toEqual(contingencyTest([row(5, 9), row(7, 2)]));
    expect(test.degreesOfFreedom).toBe(1);
  });

  it('is 1 where rows cannot differ more, 0 where there is nothing to tell', () => {
    expect(contingencyTest([row(4, 0), row(0, 9)]).cramersV).toBe(1);
    expect(contingencyTest([row(4, 9)])).toMatchObject({
      statistic: 0,
      p: 1,
      cramersV: 0,
      degreesOfFreedom: 0,
    });
    expect(contingencyTest([])).toMatchObject({ p: 1, leastExpected: 0 });
  });

  it.each([
    ['counts below 0', [row(-1, 2), row(1, 1)]],
    ['rows of different lengths', [row(1, 2), row(1)]],
  ])('refuses %s', (_, rows) => {
    expect(() => contingencyTest(rows)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});
