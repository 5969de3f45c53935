import { describe, expect, it } from 'vitest';
import { fitLogistic } from '../../learn/logistic.ts';
import { seededRandom } from '../../learn/random.ts';
import { probabilityOf } from '../../learn/scores.ts';
import { fitPriorLogistic } from './prior-logistic.ts';

const nothing = { columns: [new Float64Array(0)], target: new Uint8Array(0), weights: new Float64Array(0) };

function drawn(count: number, truth: number, intercept: number) {
  const random = seededRandom(3);
  const column = Float64Array.from({ length: count }, () => 2 * random() - 1);
  const target = Uint8Array.from(column, (x) => Number(random() < probabilityOf(intercept + truth * x)));
  return { columns: [column], target, weights: new Float64Array(count).fill(1) };
}

describe('fitPriorLogistic', () => {
  it('is the prior without data', () => {
    const model = fitPriorLogistic(nothing, { mean: -2, deviation: 1 }, [{ mean: 0.4, deviation: 0.3 }]);
    expect(model.intercept).toBe(-2);
    expect([...model.coefficients]).toEqual([0.4]);
    expect(model.deviations[0]).toBeCloseTo(0.3, 12);
  });

  it('is what the data say with many of them, and nearly surer for it', () => {
    const model = fitPriorLogistic(drawn(50_000, 1.5, -1), { mean: 3, deviation: 1 }, [
      { mean: -2, deviation: 0.5 },
    ]);
    expect(model.coefficients[0]).toBeGreaterThan(1.4);
    expect(model.coefficients[0]).toBeLessThan(1.6);
    expect(model.intercept).toBeCloseTo(-1, 1);
    expect(model.deviations[0]).toBeLessThan(0.03);
  });

  it('agrees with ridge regression where the prior is about 0', () => {
    // A penalty of 1 on a standardised coefficient is a prior with a deviation of 1 over the feature's standard deviation.
    const data = drawn(400, 1, 0);
    const [column] = data.columns;
    const mean = column.reduce((sum, x) => sum + x, 0) / column.length;
    const spread = Math.sqrt(column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / column.length);
    const ridge = fitLogistic({ table: { rows: 400, columns: [column] }, target: data.target }, { l2: 1 });
    const model = fitPriorLogistic(data, { mean: 0, deviation: 1e6 }, [{ mean: 0, deviation: 1 / spread }]);
    expect(model.coefficients[0]).toBeCloseTo(ridge.coefficients[0], 6);
    expect(model.intercept).toBeCloseTo(ridge.intercept - ridge.coefficients[0] * ridge.means[0], 6);
  });

  it('bears one outcome alone, and refuses what is no number', () => {
    const ones = {
      columns: [Float64Array.of(1, 2)],
      target: Uint8Array.of(1, 1),
      weights: Float64Array.of(1, 1),
    };
    const prior = { mean: 0, deviation: 1 };
    expect(fitPriorLogistic(ones, prior, [prior]).coefficients[0]).toBeGreaterThan(0);
    const wrong = { ...ones, columns: [Float64Array.of(1, Number.NaN)] };
    expect(() => fitPriorLogistic(wrong, prior, [prior])).toThrow('Column 0 has values that are not finite.');
    expect(() => fitPriorLogistic(ones, prior, [])).toThrow('do not fit');
  });
});
