import { describe, expect, it } from 'vitest';
import { breslowDay } from './breslow-day.ts';
import { berkeley, strataOf } from './testing/strata.ts';

const all = (count: number): Int32Array => Int32Array.from({ length: count }, (_, s) => s);

describe('breslowDay', () => {
  it('tells that the departments at Berkeley differ', () => {
    const { plain, tarone } = breslowDay(berkeley, all(6), 0.9046968282586231);
    expect(plain.statistic).toBeCloseTo(18.8255, 4);
    expect(plain.degreesOfFreedom).toBe(5);
    expect(plain.p).toBeCloseTo(0.002071, 6);
    expect(tarone.statistic).toBeLessThan(plain.statistic);
    expect(tarone.statistic).toBeCloseTo(18.8255, 4);
  });

  it.each([
    [
      0.25,
      [
        [2, 4, 6, 3],
        [20, 40, 60, 30],
        [4, 8, 2, 1],
      ],
    ],
    [
      1,
      [
        [2, 4, 3, 6],
        [5, 5, 7, 7],
      ],
    ],
    [
      9,
      [
        [9, 1, 5, 5],
        [3, 1, 1, 3],
        [90, 30, 10, 30],
      ],
    ],
  ] as [number, [number, number, number, number][]][])(
    'finds no difference where all ratios are %d',
    (ratio, rows) => {
      const { plain, tarone } = breslowDay(strataOf(...rows), all(rows.length), ratio);
      expect(plain.statistic).toBeCloseTo(0, 12);
      expect(plain.p).toBeCloseTo(1, 6);
      expect(tarone.p).toBeCloseTo(1, 6);
    },
  );

  it('counts the chosen strata only', () => {
    const more = strataOf([2, 4, 3, 6], [500, 1, 2, 300], [5, 5, 7, 7]);
    expect(breslowDay(more, Int32Array.of(0, 2), 1).plain).toEqual({
      statistic: expect.closeTo(0, 12),
      degreesOfFreedom: 1,
      p: expect.closeTo(1, 6),
    });
  });

  it('takes extreme ratios', () => {
    // By hand: with ratio r and margins of 10 the expected n11 is 10 √r / (1 + √r).
    for (const [ratio, expected] of [
      [1e8, 10 / 1.0001],
      [1e-8, 10 / 10_001],
    ] as const) {
      const { plain } = breslowDay(strataOf([5, 5, 5, 5], [5, 5, 5, 5]), all(2), ratio);
      const variance = 1 / (2 / expected + 2 / (10 - expected));
      expect(plain.statistic / ((2 * (5 - expected) ** 2) / variance)).toBeCloseTo(1, 9);
    }
  });
});
