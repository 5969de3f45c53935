import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../learn/random.ts';
import type { ChurnRows } from './churn-rows.ts';
import { runFit } from './fits.ts';
import { groupedFolds, noFold, rowsInFolds } from './folds.ts';
import type { ChurnLearner } from './learner.ts';
import { fitsToTest, outOfSample } from './predictions.ts';

/** Knows whom it has seen, and refuses to be asked about them: a model that were, would give the answer away. */
const witness: ChurnLearner = {
  name: 'witness',
  role: 'model',
  complexity: 0,
  fit: ({ customer, target }, rows) => {
    const seen = new Set(Array.from(rows, (row) => customer[row]));
    return {
      model: null,
      score: (_, asked) =>
        Float64Array.from(asked, (row) => {
          if (seen.has(customer[row])) throw new Error(`row ${row} is of a customer who was learnt from`);
          return target[row] + 0.01 * row;
        }),
    };
  },
  restore: () => {
    throw new Error('never');
  },
};

const anyRows = fc
  .array(fc.tuple(fc.nat(15), fc.nat(1)), { minLength: 30, maxLength: 80 })
  .map((drawn): ChurnRows => {
    const rows = [...drawn, ...Array.from({ length: 10 }, (_, n) => [20 + n, n % 2])];
    return {
      features: [],
      table: { rows: rows.length, columns: [] },
      target: Uint8Array.from(rows, ([, one]) => one),
      customer: Int32Array.from(rows, ([who]) => who),
      cutOff: new Int32Array(rows.length),
    };
  });

const allOf = ({ table }: ChurnRows): Int32Array => Int32Array.from({ length: table.rows }, (_, row) => row);

describe('folds', () => {
  it('deal out every row that takes part, a customer in one fold alone, and of about as many customers', () => {
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 2, max: 6 }), (rows, count) => {
        const among = allOf(rows).filter((row) => row % 7 !== 0);
        const folds = groupedFolds(rows, among, count, seededRandom(3));
        const of = new Map<number, number>();
        for (const row of among) {
          expect(of.get(rows.customer[row]) ?? folds[row]).toBe(folds[row]);
          of.set(rows.customer[row], folds[row]);
        }
        expect(folds.filter((fold) => fold === noFold)).toHaveLength(rows.table.rows - among.length);
        const sizes = Array.from(
          { length: count },
          (_, fold) => [...of.values()].filter((own) => own === fold).length,
        );
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('out-of-sample predictions', () => {
  it('never ask a model about a customer it has learnt from, nor calibrate it by one', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const folds = groupedFolds(rows, allOf(rows), 4, seededRandom(1));
        const outer = [0, 1, 2, 3];
        const tasks = fitsToTest(['witness'], folds, outer, 1);
        expect(tasks).toHaveLength(4 + 6);
        const scores = tasks.map((task) => runFit(rows, folds, task, [witness]).scores);
        const { tested, predicted } = outOfSample(rows, folds, outer, { tasks, scores });
        expect(tested).toEqual(allOf(rows));
        // The scores are those of the fit without the row's fold, in the row's place.
        const [{ scores: own, probabilities, thresholds }] = predicted;
        for (const row of tested) expect(own[row]).toBe(rows.target[row] + 0.01 * row);
        expect(probabilities.every((p) => p >= 0 && p <= 1)).toBe(true);
        expect(thresholds).toHaveLength(4);
      }),
      { numRuns: 30 },
    );
  });

  it('are the same for a fold whatever its own labels are', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const folds = groupedFolds(rows, allOf(rows), 4, seededRandom(1));
        const said = (target: Uint8Array): Float64Array => {
          // Its scores hang on the customer alone, so only labels could tell.
          const blind: ChurnLearner = {
            ...witness,
            fit: ({ customer }, seen) => ({
              model: null,
              score: (_, asked) =>
                Float64Array.from(asked, (row) => Math.sin(customer[row] + target[seen[0]])),
            }),
          };
          const own = { ...rows, target };
          const tasks = fitsToTest(['witness'], folds, [0], 1);
          const scores = tasks.map((task) => runFit(own, folds, task, [blind]).scores);
          return outOfSample(own, folds, [0], { tasks, scores }).predicted[0].probabilities;
        };
        const flipped = rows.target.slice();
        for (const row of rowsInFolds(folds, [0])) flipped[row] = 1 - flipped[row];
        expect(said(flipped)).toEqual(said(rows.target));
      }),
      { numRuns: 30 },
    );
  });
});
