import { describe, expect, it } from 'vitest';
import { sampleRatio } from './sample-ratio.ts';

describe('sampleRatio', () => {
  // ../shared/reference/analytics.md, "Experiments".
  it.each([
    [44_000, 45_000, 0.000802278, true],
    [600, 400, 2.53963e-10, true],
    [502, 498, 0.899343, false],
  ])('is that of the reference for %i and %i', (first, second, p, isMismatch) => {
    const found = sampleRatio([first, second]);
    expect(Math.abs(found.p / p - 1)).toBeLessThan(1e-6);
    expect(found).toMatchObject({ degreesOfFreedom: 1, isMismatch });
  });

  it('holds the arms against what was planned', () => {
    const planned = sampleRatio([500, 250, 250], [2, 1, 1]);
    expect(planned).toEqual({
      statistic: 0,
      degreesOfFreedom: 2,
      p: 1,
      expected: [500, 250, 250],
      isMismatch: false,
    });
    // (60 − 50)² / 50 + (40 − 50)² / 50 = 4, as one fifth of everything.
    expect(sampleRatio([60, 40, 900], [50, 50, 900]).statistic).toBeCloseTo(4, 12);
    expect(sampleRatio([0, 20]).isMismatch).toBe(true);
  });

  it('refuses what are no arms or no plan', () => {
    expect(() => sampleRatio([5])).toThrow(/two at least/);
    expect(() => sampleRatio([5, 5], [1])).toThrow(/2 arms and 1 planned/);
    expect(() => sampleRatio([5, 5.5])).toThrow(/whole numbers/);
    expect(() => sampleRatio([0, 0])).toThrow(/Nobody/);
    expect(() => sampleRatio([5, 5], [1, 0])).toThrow(/above 0/);
    expect(() => sampleRatio([5, 5], [1, 1e-300])).toThrow(/too small/);
  });
});
