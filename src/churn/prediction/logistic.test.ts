import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../learn/random.ts';
import { probabilityOf } from '../../learn/scores.ts';
import { oddsRatio } from '../../stats/two-by-two.ts';
import { oddsRatios } from './logistic-effects.ts';
import { fitPrepared, logisticParts, logisticScores, preparedColumns, shapeOf } from './logistic-model.ts';
import { plainRows } from './plain-table.ts';
import { plantedRows } from './testing/planted.ts';

const allOf = (count: number): Int32Array => Int32Array.from({ length: count }, (_, n) => n);

describe("a logistic model's effects", () => {
  it("are a two-by-two table's odds ratio with Woolf's interval where there is one yes or no", () => {
    const cells = { n11: 40, n10: 60, n01: 30, n00: 170 };
    const customers = [
      ...Array.from({ length: 100 }, (_, n) => [1, n < 40] as const),
      ...Array.from({ length: 200 }, (_, n) => [0, n < 30] as const),
    ];
    const rows = plainRows(
      [{ name: 'x', values: customers.map(([x]) => x) }],
      customers.map(([, left]) => left),
    );
    const all = allOf(300);
    const shape = shapeOf(rows.table, all);
    const model = fitPrepared(preparedColumns(rows.table, all, shape), rows.target, shape, 1e-9);
    const [found] = oddsRatios(model, rows, all);
    // For a change by 1, which is 1 / √(p (1 − p)) deviations.
    const deviations = 1 / Math.sqrt((1 / 3) * (2 / 3));
    const expected = oddsRatio({ n11: cells.n11, n10: cells.n10, n01: cells.n01, n00: cells.n00 });
    expect(found!.value ** deviations).toBeCloseTo(expected.estimate, 5);
    // The sandwich of a saturated model is Woolf's variance, but for n / (n − 1).
    const half = (low: number, value: number): number => Math.log(value / low);
    const wide = half(found!.low, found!.value) * deviations;
    expect(wide).toBeCloseTo(half(expected.low, expected.estimate) * Math.sqrt(300 / 299), 5);
  });

  it('are as sure of customers whose rows are there twice as of the same once', () => {
    const once = plantedRows(400);
    const twice = {
      ...once,
      table: {
        rows: 800,
        columns: once.table.columns.map((column) => Float64Array.of(...column, ...column)),
      },
      target: Uint8Array.of(...once.target, ...once.target),
      customer: Int32Array.of(...once.customer, ...once.customer),
      cutOff: new Int32Array(800),
    };
    const shape = shapeOf(once.table, allOf(400));
    const model = fitPrepared(preparedColumns(once.table, allOf(400), shape), once.target, shape, 1e-6);
    const [one, two] = [oddsRatios(model, once, allOf(400)), oddsRatios(model, twice, allOf(800))];
    for (const [n, own] of one.entries()) expect(two[n]!.high).toBeCloseTo(own!.high, 6);
  });

  it('know what is missing from the mean, and a long tail by its logarithm', () => {
    const random = seededRandom(2);
    const spend = Array.from({ length: 600 }, () => Math.exp(3 * random() * random() * 3));
    const gap = spend.map((_, n) => (n % 3 === 0 ? null : random()));
    const rows = plainRows(
      [
        { name: 'spend', values: spend },
        { name: 'gap', values: gap },
      ],
      spend.map((_, n) => random() < (n % 3 === 0 ? 0.8 : 0.2)),
    );
    const all = allOf(600);
    const shape = shapeOf(rows.table, all);
    expect(shape.scales[0]).toBeGreaterThan(0);
    expect(shape.scales[1]).toBe(0);
    expect([...shape.gaps]).toEqual([1]);
    const model = fitPrepared(preparedColumns(rows.table, all, shape), rows.target, shape, 0.01);
    const parts = new Float64Array(2);
    const scores = logisticScores(model, rows.table, all);
    for (const row of [0, 1, 2, 599]) {
      const base = logisticParts(model, rows.table, row, parts);
      expect(base + parts[0] + parts[1]).toBeCloseTo(scores[row], 10);
    }
    const mean = (rest: number): number => {
      const own = all.filter((row) => Number(row % 3 === 0) === rest);
      return own.reduce((sum, row) => sum + probabilityOf(scores[row]) / own.length, 0);
    };
    expect(Math.abs(mean(1) - 0.8)).toBeLessThan(0.06);
    expect(Math.abs(mean(0) - 0.2)).toBeLessThan(0.06);
  });
});
