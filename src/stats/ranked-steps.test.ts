import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankedSteps, stepSums, sumsOfBest } from './ranked-steps.ts';

const someRows = fc.array(
  fc.record({ score: fc.integer({ min: -2, max: 3 }), amount: fc.integer({ min: -5, max: 9 }) }),
  { minLength: 1, maxLength: 7 },
);

/** All orders of the numbers below `count`. */
const orders = (count: number): number[][] =>
  count === 0
    ? [[]]
    : orders(count - 1).flatMap((order) =>
        Array.from({ length: count }, (_, at) => order.toSpliced(at, 0, count - 1)),
      );

describe('ranked steps', () => {
  it('hold the rows of one score', () => {
    const steps = rankedSteps(Float64Array.of(1, 5, -0, 5, 0, Number.POSITIVE_INFINITY));
    expect(steps).toEqual({ stepOf: Int32Array.of(2, 1, 3, 1, 3, 0), count: 4 });
    expect(stepSums(steps)).toEqual(Float64Array.of(1, 2, 1, 2));
    expect(stepSums(steps, [1, 2, 4, 8, 16, 32])).toEqual(Float64Array.of(32, 10, 1, 20));
    expect(rankedSteps(new Float64Array(0))).toEqual({ stepOf: new Int32Array(0), count: 0 });
  });

  it('give what the first rows have in the mean of all orders that the scores allow', () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const steps = rankedSteps(Float64Array.from(rows, ({ score }) => score));
        const allowed = orders(rows.length).filter((order) =>
          order.every((row, place) => place === 0 || rows[order[place - 1]].score >= rows[row].score),
        );
        const amounts = stepSums(
          steps,
          rows.map(({ amount }) => amount),
        );
        const wanted = Array.from({ length: 2 * rows.length + 1 }, (_, n) => n / 2);
        const found = sumsOfBest(stepSums(steps), amounts, wanted);
        for (const [n, count] of wanted.entries()) {
          let sum = 0;
          for (const order of allowed) {
            for (const [place, row] of order.entries())
              sum += rows[row].amount * Math.min(1, Math.max(0, count - place));
          }
          expect(found[n]).toBeCloseTo(sum / allowed.length, 9);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('may be without rows, as some are in a resample', () => {
    const found = sumsOfBest(
      Float64Array.of(0, 2, 0, 0, 2, 0),
      Float64Array.of(0, 3, 0, 0, 1, 0),
      [0, 2, 3, 4],
    );
    expect(found).toEqual(Float64Array.of(0, 3, 3.5, 4));
  });
});
