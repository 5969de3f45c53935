import { describe, expect, it } from 'vitest';
import { decayed, decayWeights, driftOf } from './drift.ts';

const periods = (count: number) => ({
  names: Array.from({ length: count }, (_, t) => `period ${t}`),
  of: Int32Array.from({ length: count }, (_, t) => t),
});

/** Of so many transactions with the antecedent in each period, so many hold the consequent; it is in 100 others of 1,000. */
const kept = (holding: number[], both: number[]) => ({
  n11: Int32Array.from(both),
  n10: Int32Array.from(both, (count, t) => holding[t] - count),
  n01: Int32Array.from(both, () => 100),
  n00: Int32Array.from(both, () => 900),
});

describe('driftOf', () => {
  it("gives the figures of R's prop.trend.test", () => {
    // prop.trend.test(c(83, 90, 129, 70), c(86, 93, 136, 82)), the smokers of its help page, scores 0 … 3.
    const found = driftOf(kept([86, 93, 136, 82], [83, 90, 129, 70]), periods(4));
    expect(found.trend.statistic).toBeCloseTo(8.2249, 4);
    expect(found.trend.p).toBeCloseTo(0.004132, 6);
    expect(found.direction).toBe('fading');
    expect(found.confidence[3]).toBeCloseTo(70 / 82, 12);
  });

  it('tells rising, fading and steady', () => {
    const same = [100, 100, 100];
    expect(driftOf(kept(same, [10, 30, 50]), periods(3)).direction).toBe('rising');
    expect(driftOf(kept(same, [50, 30, 10]), periods(3)).direction).toBe('fading');
    expect(driftOf(kept(same, [30, 31, 29]), periods(3)).direction).toBe('steady');
  });

  it('does not guess from nearly nothing', () => {
    expect(driftOf(kept([100, 2], [10, 2]), periods(2)).direction).toBe('too-few-to-tell');
    expect(driftOf(kept([100, 100], [0, 0]), periods(2)).direction).toBe('too-few-to-tell');
    expect(driftOf(kept([0, 0], [0, 0]), periods(2)).confidence).toEqual(
      Float64Array.of(Number.NaN, Number.NaN),
    );
  });
});

describe('decay', () => {
  it('halves the weight of transactions with every half-life', () => {
    expect([...decayWeights(Int32Array.of(0, 30, 60), 30)]).toEqual([1, 0.5, 0.25]);
    expect(() => decayWeights(Int32Array.of(0), 0)).toThrow('half-life must be more than 0');
  });

  it('lets what holds now count for more', () => {
    const faded = kept([100, 100], [50, 10]);
    const weights = decayWeights(Int32Array.of(365, 0), 30);
    expect(decayed(faded, Float64Array.of(1, 1)).confidence).toBeCloseTo(0.3, 12);
    expect(decayed(faded, weights).confidence).toBeCloseTo(0.1, 3);
    expect(decayed(faded, Float64Array.of(1, 1)).support).toBeCloseTo(60 / 2200, 12);
  });
});
