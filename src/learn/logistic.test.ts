import { describe, expect, it } from 'vitest';
import { fitLogistic, logisticContributions, scoreLogistic } from './logistic.ts';
import { probabilityOf } from './scores.ts';
import type { TrainingData } from './training-data.ts';
import { mixedData, rowsOf } from './trees/testing/mixed-data.ts';

describe('logistic regression', () => {
  const data: TrainingData = {
    ...mixedData(3000),
    trainingRows: Int32Array.from({ length: 2000 }, (_, n) => n),
  };
  const model = fitLogistic(data);

  it('gives what scikit-learn gives', () => {
    // LogisticRegression 1.9.1 (C=1, tol=1e-12) on the first 2,000 rows, standardised, what is missing at the mean.
    expect(model.intercept).toBeCloseTo(-0.09198064, 8);
    const coefficients = [1.05158976e-2, 1.34984587e-4, 1.19495415e-2, 8.66892981e-5, 8.5929473e-4];
    for (const [feature, coefficient] of coefficients.entries())
      expect(model.coefficients[feature]).toBeCloseTo(coefficient, 8);
  });

  it('gives contributions that sum up to the score', () => {
    const rows = rowsOf(data);
    const scores = new Float64Array(3000);
    scoreLogistic(model, rows, 3000, scores);
    const out = new Float64Array(5);
    for (let row = 0; row < 3000; row += 100) {
      const expected = logisticContributions(model, rows, row, out);
      expect(out.reduce((sum, one) => sum + one, expected)).toBeCloseTo(scores[row], 12);
    }
  });

  it('does not depend on the scale of a feature, but for its coefficient', () => {
    const { rows, columns } = data.table;
    const scaled = columns.map((column, n) => (n === 0 ? column.map((value) => 1e6 + value * 1000) : column));
    const found = fitLogistic({ ...data, table: { rows, columns: scaled } });
    expect(found.coefficients[0] * 1000).toBeCloseTo(model.coefficients[0], 9);
    expect(found.coefficients[2]).toBeCloseTo(model.coefficients[2], 9);
  });

  it('takes a weight of 2 for two rows, one of 0 for none', () => {
    const column = Float64Array.of(1, 2, 3, 4, 5, 9);
    const target = Uint8Array.of(0, 1, 0, 1, 1, 0);
    const weights = Float64Array.of(2, 1, 1, 1, 2, 0);
    const each = [0, 0, 1, 2, 3, 4, 4];
    const one = fitLogistic({ table: { rows: 6, columns: [column] }, target, weights });
    const repeated = { rows: 7, columns: [Float64Array.from(each, (n) => column[n])] };
    const other = fitLogistic({ table: repeated, target: Uint8Array.from(each, (n) => target[n]) });
    expect(one.coefficients[0]).toBeCloseTo(other.coefficients[0], 9);
    expect(one.intercept).toBeCloseTo(other.intercept, 9);
  });

  it('gives finite figures for one class, constant and unknown features, and classes that can be parted', () => {
    const columns = [
      Float64Array.of(1, 2, 3, 4),
      new Float64Array(4).fill(0.1),
      new Float64Array(4).fill(Number.NaN),
    ];
    const parted = fitLogistic(
      { table: { rows: 4, columns }, target: Uint8Array.of(0, 0, 1, 1) },
      { l2: 1e-6 },
    );
    expect(parted.coefficients[0]).toBeGreaterThan(1);
    expect(Number.isFinite(parted.coefficients[0])).toBe(true);
    expect([...parted.coefficients.subarray(1)]).toEqual([0, 0]);
    const ones = fitLogistic({ table: { rows: 4, columns }, target: Uint8Array.of(1, 1, 1, 1) });
    expect(probabilityOf(ones.intercept)).toBeCloseTo(4.5 / 5, 12);
    expect([...ones.coefficients]).toEqual([0, 0, 0]);
  });

  it('refuses infinite values and no penalty', () => {
    const table = { rows: 2, columns: [Float64Array.of(1, Infinity)] };
    expect(() => fitLogistic({ table, target: Uint8Array.of(0, 1) })).toThrow(
      /Column 0 has values that are infinite/,
    );
    expect(() => fitLogistic(data, { l2: 0 })).toThrow(/l2: a number above 0/);
  });
});
