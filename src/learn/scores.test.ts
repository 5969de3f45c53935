import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accuracy, areaUnderCurve, brierScore, gainsAt, logLoss } from './scores.ts';

const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 1 })), {
  minLength: 1,
  maxLength: 30,
});
const columns = (some: readonly (readonly [number, number])[]) => ({
  scores: Float64Array.from(some, ([score]) => score),
  target: Uint8Array.from(some, ([, one]) => one),
});

describe('scores of predictions', () => {
  it('count the pairs that are in the right order, ties half', () => {
    fc.assert(
      fc.property(pairs, (some) => {
        const { scores, target } = columns(some);
        const ones = some.filter(([, one]) => one === 1);
        const noughts = some.filter(([, one]) => one === 0);
        const won = ones.flatMap(([high]) =>
          noughts.map(([low]) => (high > low ? 1 : high === low ? 0.5 : 0)),
        );
        const area = areaUnderCurve(scores, target);
        if (won.length === 0) expect(area).toBeNull();
        else expect(area).toBeCloseTo(won.reduce((sum: number, one) => sum + one, 0) / won.length, 12);
      }),
    );
  });

  it('are those of the textbook', () => {
    // scikit-learn's documentation of roc_auc_score, log_loss and brier_score_loss.
    expect(areaUnderCurve(Float64Array.of(0.1, 0.4, 0.35, 0.8), Uint8Array.of(0, 0, 1, 1))).toBe(0.75);
    expect(logLoss(Float64Array.of(0.9, 0.1, 0.2, 0.65), Uint8Array.of(1, 0, 0, 1))).toBeCloseTo(0.21616, 5);
    expect(brierScore(Float64Array.of(0.1, 0.9, 0.8, 0.3), Uint8Array.of(0, 1, 1, 0))).toBeCloseTo(
      0.0375,
      12,
    );
    expect(accuracy(Float64Array.of(0.1, 0.5, 0.8, 0.3), Uint8Array.of(0, 1, 0, 1))).toBe(0.5);
    expect(logLoss(Float64Array.of(0), Uint8Array.of(1))).toBeCloseTo(-Math.log(1e-15), 12);
  });

  it('find a share of the ones in a share of the rows', () => {
    const scores = Float64Array.of(9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    const target = Uint8Array.of(1, 1, 0, 1, 0, 0, 0, 0, 0, 0);
    expect(gainsAt(scores, target, 0.2)).toEqual({ gain: 2 / 3, lift: 2 / 3 / 0.2 });
    expect(gainsAt(scores, target, 1)).toEqual({ gain: 1, lift: 1 });
    expect(gainsAt(scores, new Uint8Array(10), 0.5)).toBeNull();
    // All are tied: as good as chance at any share.
    for (const share of [0.05, 0.3, 0.77, 1])
      expect(gainsAt(new Float64Array(10), target, share)?.lift).toBeCloseTo(1, 12);
  });

  it('refuse what is no prediction', () => {
    expect(() => logLoss(Float64Array.of(1.1), Uint8Array.of(1))).toThrow(/not a probability/);
    expect(() => areaUnderCurve(Float64Array.of(Number.NaN), Uint8Array.of(1))).toThrow(/Score 0 is NaN/);
    expect(() => areaUnderCurve(new Float64Array(0), new Uint8Array(0))).toThrow(/one at least/);
    expect(() => gainsAt(Float64Array.of(1), Uint8Array.of(1), 0)).toThrow(/share/);
  });
});
