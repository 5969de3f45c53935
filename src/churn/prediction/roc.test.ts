import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaUnderCurve } from '../../learn/scores.ts';
import { areaDifference, compareAreas } from './roc.ts';

/** Rows of few different scores, so that there are ties, with two ones and two noughts at least. */
const anyRows = fc
  .array(fc.tuple(fc.nat(6), fc.nat(6), fc.nat(1)), { minLength: 4, maxLength: 30 })
  .map((drawn) => [...drawn, [1, 2, 0], [3, 1, 0], [2, 2, 1], [4, 0, 1]])
  .map((rows) => ({
    scores: [0, 1].map((which) => Float64Array.from(rows, (row) => row[which])),
    target: Uint8Array.from(rows, ([, , one]) => one),
    customer: Int32Array.from(rows.keys()),
  }));

/** The formulas of DeLong, DeLong and Clarke-Pearson as they stand, pair by pair. */
function bruteForce(scores: readonly Float64Array[], target: Uint8Array) {
  const ones = [...target.keys()].filter((row) => target[row] === 1);
  const noughts = [...target.keys()].filter((row) => target[row] === 0);
  const psi = (x: number, y: number): number => (x > y ? 1 : x === y ? 0.5 : 0);
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const areas = scores.map((own) => mean(ones.flatMap((i) => noughts.map((j) => psi(own[i], own[j])))));
  const v10 = scores.map((own) => ones.map((i) => mean(noughts.map((j) => psi(own[i], own[j])))));
  const v01 = scores.map((own) => noughts.map((j) => mean(ones.map((i) => psi(own[i], own[j])))));
  const covarianceOf = (v: number[][], a: number, b: number): number =>
    v[a].reduce((sum, _, n) => sum + (v[a][n] - areas[a]) * (v[b][n] - areas[b]), 0) / (v[a].length - 1);
  return scores.flatMap((_, a) =>
    scores.map((_, b) => covarianceOf(v10, a, b) / ones.length + covarianceOf(v01, a, b) / noughts.length),
  );
}

describe('areas under ROC curves', () => {
  it('have the covariances that DeLong, DeLong and Clarke-Pearson give them when each row is a customer', () => {
    fc.assert(
      fc.property(anyRows, ({ scores, target, customer }) => {
        const { auc, covariance } = compareAreas(scores, target, customer);
        const expected = bruteForce(scores, target);
        for (const [n, value] of expected.entries()) expect(covariance[n]).toBeCloseTo(value, 12);
        for (const [n, own] of scores.entries())
          expect(auc[n].value).toBeCloseTo(areaUnderCurve(own, target)!, 12);
      }),
    );
  });

  it('are no surer of customers whose rows are there twice', () => {
    fc.assert(
      fc.property(anyRows, ({ scores, target, customer }) => {
        const once = compareAreas(scores, target, customer);
        const twice = compareAreas(
          scores.map((own) => Float64Array.of(...own, ...own)),
          Uint8Array.of(...target, ...target),
          Int32Array.of(...customer, ...customer),
        );
        for (const [n, value] of once.covariance.entries())
          expect(twice.covariance[n]).toBeCloseTo(value, 12);
      }),
    );
  });

  it('differ by nothing from themselves, and the other way round by the negative', () => {
    fc.assert(
      fc.property(anyRows, ({ scores: [first, second], target, customer }) => {
        const comparison = compareAreas([first, second, first], target, customer);
        expect(areaDifference(comparison, 0, 2)).toEqual({ value: 0, low: 0, high: 0, p: 1 });
        const [there, back] = [areaDifference(comparison, 0, 1), areaDifference(comparison, 1, 0)];
        expect(there.value).toBeCloseTo(-back.value, 12);
        expect(there.low).toBeCloseTo(-back.high, 12);
        expect(there.p).toBe(back.p);
        expect(there.p).toBeGreaterThanOrEqual(0);
        expect(there.p).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('need two customers of either sort', () => {
    const [scores, customer] = [[Float64Array.of(1, 2, 3)], Int32Array.of(0, 1, 2)];
    expect(() => compareAreas(scores, Uint8Array.of(1, 0, 0), customer)).toThrow(/1 customers left/);
  });
});
