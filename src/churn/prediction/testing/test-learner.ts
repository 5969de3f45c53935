import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../learn/random.ts';
import { areaUnderCurve } from '../../../learn/scores.ts';
import { pack } from '../../../model/packed.ts';
import { type ChurnRows, withColumns } from '../churn-rows.ts';
import { rowsWhere } from '../folds.ts';
import type { ChurnLearner, ChurnScorer } from '../learner.ts';
import { plainRows } from '../plain-table.ts';
import { reasonColumns, reasonsAt } from '../reasons.ts';
import { plantedRows } from './planted.ts';

const customers = 800;
const all = rowsWhere(customers, () => true);
const even = all.filter((row) => row % 2 === 0);
const odd = all.filter((row) => row % 2 === 1);

/** The planted customers, of whom much is not known, with a constant, a column of nothing, and labels of three sorts. */
function gappyRows(): ChurnRows {
  const planted = plantedRows(customers, 3);
  const random = seededRandom(4);
  const [strong, noise] = planted.table.columns;
  const gappy = (values: ArrayLike<number>, share: number) =>
    Array.from(values, (value) => (random() < share ? null : value));
  return plainRows(
    [
      { name: 'strong', values: gappy(strong, 0.2) },
      { name: 'noise', values: gappy(noise, 0.7) },
      { name: 'constant', values: Array.from(all, () => 7) },
      { name: 'nothing', values: Array.from(all, () => null) },
      {
        name: 'place',
        values: Array.from(strong, (own) =>
          random() < 0.1 ? null : own > 0.5 ? 'hill' : own > -0.5 ? 'town' : 'sea',
        ),
      },
    ],
    Array.from(planted.target, (own) => own === 1),
  );
}

/** What each learner has to keep to, whatever it learns by. */
export function testLearner(learner: ChurnLearner): void {
  const fitted = (rows: ChurnRows, training: Int32Array, seed = 5): ChurnScorer =>
    learner.fit(rows, training, seededRandom(seed));
  const fine = plantedRows(customers);
  const gappy = gappyRows();

  describe(`the learner ${learner.name}`, { timeout: 60_000 }, () => {
    it('learns the same from the same seed', () => {
      for (const rows of [fine, gappy])
        expect(fitted(rows, even).model).toEqual(fitted(structuredClone(rows), even).model);
    });

    it('is made again of plain data, with the same scores and reasons', () => {
      for (const rows of [fine, gappy]) {
        const scorer = fitted(rows, even);
        expect(() => pack('model', scorer.model)).not.toThrow();
        const restored = learner.restore(structuredClone(scorer.model));
        expect(restored.score(rows.table, all)).toEqual(scorer.score(rows.table, all));
        const reasons = (own: ChurnScorer) => reasonColumns(rows.features, own, rows.table, odd, 3);
        expect(reasons(restored)).toEqual(reasons(scorer));
      }
    });

    it('looks at no rows but those given', () => {
      for (const rows of [fine, gappy]) {
        const isGiven = new Set(even);
        const others: ChurnRows = {
          ...rows,
          table: {
            rows: customers,
            columns: rows.table.columns.map((column) =>
              Float64Array.from(column, (value, row) => (isGiven.has(row) ? value : (row % 13) - 1e6)),
            ),
          },
          target: rows.target.map((own, row) => (isGiven.has(row) ? own : 1 - own)),
        };
        expect(fitted(others, even).model).toEqual(fitted(rows, even).model);
      }
    });

    it('scores each row by itself, in the order asked, with finite numbers', () => {
      for (const rows of [fine, gappy]) {
        const scorer = fitted(rows, even);
        const scores = scorer.score(rows.table, all);
        expect(scores.every(Number.isFinite)).toBe(true);
        const turned = odd.toReversed();
        expect(scorer.score(rows.table, turned)).toEqual(Float64Array.from(turned, (row) => scores[row]));
        expect(scorer.score(rows.table, new Int32Array(0))).toHaveLength(0);
        // Nothing is known; more and less than ever was.
        const odds = [Number.NaN, 1e9, -1e9];
        const columns = rows.features.map(() => Float64Array.from(odds));
        expect(scorer.score({ rows: 3, columns }, Int32Array.of(0, 1, 2)).every(Number.isFinite)).toBe(true);
      }
    });

    it('takes one column, one that is constant, and one of which nothing is known', () => {
      const column = (rows: ChurnRows, name: string) =>
        withColumns(rows, [rows.features.findIndex((own) => own.name === name)]);
      for (const rows of [column(fine, 'strong'), column(gappy, 'constant'), column(gappy, 'nothing')])
        expect(fitted(rows, even).score(rows.table, odd).every(Number.isFinite)).toBe(true);
      const alike = column(gappy, 'constant');
      expect(new Set(fitted(alike, even).score(alike.table, odd)).size).toBe(1);
    });

    it('takes few who left, as a fold of a small shop has', () => {
      const of = (sort: number) => all.filter((row) => fine.target[row] === sort);
      const few = Int32Array.of(...of(1).subarray(0, 7), ...of(0)).sort();
      expect(fitted(fine, few).score(fine.table, all).every(Number.isFinite)).toBe(true);
    });

    if (learner.role === 'model')
      it('tells customers apart that it has not seen, and what speaks for leaving', () => {
        for (const rows of [fine, gappy]) {
          const scorer = fitted(rows, even);
          const scores = scorer.score(rows.table, odd);
          const area = areaUnderCurve(
            scores,
            Uint8Array.from(odd, (row) => rows.target[row]),
          )!;
          // By mere chance, with 400 customers, it is more than that once in 1,000 times.
          expect(area).toBeGreaterThan(0.59);
          if (!scorer.contributions && !scorer.rules) continue;
          const means = new Float64Array(rows.features.length);
          const columns = reasonColumns(rows.features, scorer, rows.table, odd, 3);
          const likeliest = scores.indexOf(Math.max(...scores));
          const reasons = reasonsAt(rows.features, means, columns, likeliest);
          expect(reasons.length).toBeGreaterThan(0);
          expect(reasons.some(({ name }) => /strong|place/.test(name))).toBe(true);
          for (const [n, { contribution, words }] of reasons.entries()) {
            expect(contribution).toBeGreaterThan(0);
            expect(contribution).toBeLessThanOrEqual(reasons[n - 1]?.contribution ?? Infinity);
            expect(Object.values(words).every((text) => text.length > 0)).toBe(true);
          }
          if (!scorer.contributions) continue;
          const parts = new Float64Array(rows.features.length);
          for (const [n, row] of odd.subarray(0, 20).entries()) {
            const base = scorer.contributions(rows.table, row, parts);
            expect(parts.reduce((sum, own) => sum + own, base)).toBeCloseTo(scores[n], 6);
          }
        }
      });
    else
      it('is never put into service', () => {
        expect(learner.complexity).toBe(0);
      });
  });
}
