import { describe, expect, it } from 'vitest';
import { meanInterval } from './mean-interval.ts';

describe('meanInterval', () => {
  it("is Student's: t is 4.302653 for 95 % and 9.924843 for 99 % with two degrees of freedom", () => {
    const half = (confidence: number) => meanInterval([1, 2, 3], confidence).interval!.upper - 2;
    expect(half(0.95)).toBeCloseTo(4.302653 / Math.sqrt(3), 6);
    expect(half(0.99)).toBeCloseTo(9.924843 / Math.sqrt(3), 6);
    // Tables of t: 2.262157 with nine degrees of freedom.
    const ten = Array.from({ length: 10 }, (_, n) => n);
    const { mean, interval } = meanInterval(ten);
    expect(mean).toBe(4.5);
    expect(interval!.lower).toBeCloseTo(4.5 - 2.262157 * Math.sqrt(82.5 / 9 / 10), 5);
  });

  it('has no width where all values are the same, and none for a single one', () => {
    expect(meanInterval([2, 2, 2])).toEqual({ mean: 2, interval: { lower: 2, upper: 2 } });
    expect(meanInterval([2])).toEqual({ mean: 2, interval: null });
    expect(() => meanInterval([])).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});
