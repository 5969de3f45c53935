import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../learn/random.ts';
import { accuracy, brierScore, gainsAt, logLoss } from '../../learn/scores.ts';
import type { Predicted } from './predictions.ts';
import { gainShares, resample } from './resampled.ts';

const modelOf = (probabilities: Float64Array, isCalled: Uint8Array): Predicted => ({
  learner: 'any',
  ...{ probabilities, isCalled, scores: probabilities },
  thresholds: Float64Array.of(0.5),
  calibrations: ['platt'],
});

const anyRows = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 19 }), fc.nat(1), fc.nat(1)), { minLength: 1, maxLength: 60 })
  .map((drawn) => [...drawn, [3, 0, 1], [15, 1, 1]])
  .map((rows) => ({
    probabilities: Float64Array.from(rows, ([twentieths]) => twentieths / 20),
    target: Uint8Array.from(rows, ([, one]) => one),
    isCalled: Uint8Array.from(rows, ([, , called]) => called),
    customer: Int32Array.from(rows.keys()),
  }));

describe('figures with bootstrap intervals', () => {
  it('are those that are worked out without resampling, within their intervals', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyRows, ({ probabilities, target, isCalled, customer }) => {
        const { figures } = resample([modelOf(probabilities, isCalled)], target, customer, seededRandom(1));
        const [{ logLoss: loss, brier, half, best, gains }] = figures;
        expect(loss.value).toBeCloseTo(logLoss(probabilities, target), 12);
        expect(brier.value).toBeCloseTo(brierScore(probabilities, target), 12);
        expect(half.all.value).toBeCloseTo(accuracy(probabilities, target), 12);
        const right = (sort: number): number => {
          const own = [...target.keys()].filter((row) => target[row] === sort);
          return own.filter((row) => isCalled[row] === sort).length / own.length;
        };
        expect(best.stayed.value).toBeCloseTo(right(0), 12);
        expect(best.left.value).toBeCloseTo(right(1), 12);
        for (const [n, share] of gainShares.entries())
          expect(gains[n].value).toBeCloseTo(gainsAt(probabilities, target, share)!.gain, 9);
        for (const { value, low, high } of [loss, brier, half.all, best.left, ...gains]) {
          expect(low).toBeLessThanOrEqual(value);
          expect(high).toBeGreaterThanOrEqual(value);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('are as sure of 60 customers as of the same with ten rows each', () => {
    const random = seededRandom(4);
    const probabilities = Float64Array.from({ length: 60 }, random);
    const target = probabilities.map((p) => (random() < p ? 1 : 0));
    const times = (count: number) => {
      const rows = Array.from({ length: 60 * count }, (_, row) => row % 60);
      const own = Uint8Array.from(rows, (n) => target[n]);
      const model = modelOf(
        Float64Array.from(rows, (n) => probabilities[n]),
        own,
      );
      return resample([model], own, Int32Array.from(rows), seededRandom(1)).figures[0].logLoss;
    };
    const [once, tenTimes] = [times(1), times(10)];
    expect(tenTimes.low).toBeCloseTo(once.low, 9);
    expect(tenTimes.high).toBeCloseTo(once.high, 9);
  });
});
