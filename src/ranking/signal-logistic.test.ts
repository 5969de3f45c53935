import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../learn/random.ts';
import { areaUnderCurve, probabilityOf } from '../learn/scores.ts';
import { trainTrees } from '../learn/trees/boost.ts';
import { learnRanking } from './learn-ranking.ts';
import { rankerOf } from './ranker-of.ts';
import type { Ranking } from './ranking.ts';
import { guest } from './shopper.ts';
import { fitSignalLogistic, logisticParts, logisticScorer, type SignalLogistic } from './signal-logistic.ts';
import { companionOf, plantedDays, plantedShop } from './testing/planted-shop.ts';

/** Columns: normal around 3, long-tailed, and one that is missing in half of the rows. */
function drawnData(
  rows: number,
  seed: number,
  logOdds: (x: number, t: number, known: number | null) => number,
) {
  const random = seededRandom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const columns = [0, 1, 2, 3].map(() => new Float64Array(rows));
  const target = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const [x, t] = [3 + 2 * normal(), Math.exp(1.5 * normal())];
    const known = random() < 0.5 ? normal() : null;
    for (const [n, value] of [x, t, known ?? Number.NaN, 7].entries()) columns[n]![row] = value;
    target[row] = random() < probabilityOf(logOdds(x, t, known)) ? 1 : 0;
  }
  return { table: { rows, columns }, target };
}

describe('fitSignalLogistic', () => {
  const model = fitSignalLogistic(
    drawnData(40_000, 1, (x, _, known) => -1 + 0.4 * (x - 3) + (known === null ? -1 : 0.5 * known)),
    1,
  );

  it('finds what a standard deviation of each signal, and its absence, were made to be worth', () => {
    // Standard errors are about .013 for coefficients and .03 for the absence.
    expect(model.coefficients[0]).toBeCloseTo(0.8, 1);
    expect(Math.abs(model.coefficients[0]! - 0.8)).toBeLessThan(0.05);
    expect(Math.abs(model.coefficients[1]!)).toBeLessThan(0.05);
    expect(Math.abs(model.coefficients[2]! - 0.5)).toBeLessThan(0.06);
    expect(Math.abs(model.missing[2]! + 1)).toBeLessThan(0.1);
    expect(Math.abs(model.intercept + 1)).toBeLessThan(0.1);
    expect([model.coefficients[3], model.missing[0]]).toEqual([0, 0]);
  });

  it('takes logarithms of long tails alone', () => {
    expect(Array.from(model.scales, (scale) => scale > 0)).toEqual([false, true, false, false]);
  });

  it('is told of rows of different weight as of so many rows', () => {
    const data = drawnData(3000, 2, (x) => 0.5 * (x - 3));
    const twice = (values: ArrayLike<number>): number[] =>
      Array.from(values).flatMap((value) => [value, value]);
    const doubled = {
      table: { rows: 6000, columns: data.table.columns.map((column) => Float64Array.from(twice(column))) },
      target: Uint8Array.from(twice(data.target)),
    };
    const weighted = fitSignalLogistic({ ...data, weights: new Float64Array(3000).fill(2) }, 1);
    const repeated = fitSignalLogistic(doubled, 1);
    for (let s = 0; s < 4; s++) expect(weighted.coefficients[s]).toBeCloseTo(repeated.coefficients[s]!, 6);
    expect(weighted.intercept).toBeCloseTo(repeated.intercept, 6);
  });

  it('learns nothing from rows for validation', () => {
    const data = drawnData(2000, 3, (x) => x - 3);
    const validationRows = Int32Array.from({ length: 1000 }, (_, n) => 1000 + n);
    const other = data.target.map((one, row) => (row < 1000 ? one : 1 - one));
    expect(fitSignalLogistic({ ...data, validationRows }, 1)).toEqual(
      fitSignalLogistic({ ...data, target: other, validationRows }, 1),
    );
  });

  it('scores rows as its parts sum up', () => {
    const rows = Float64Array.of(3, 1, Number.NaN, 7, 5, 20, 1, 7);
    const scores = new Float64Array(2);
    logisticScorer(model).score(rows, 2, scores);
    const parts = new Float64Array(4);
    for (const row of [0, 1]) {
      const base = logisticParts(model, rows, 4 * row, parts);
      expect(parts.reduce((sum, part) => sum + part, base)).toBeCloseTo(scores[row]!, 12);
    }
    expect(parts[0]).toBeCloseTo(((5 - model.means[0]!) / model.spreads[0]!) * model.coefficients[0]!, 12);
    expect(() => logisticScorer(model).score(rows, 3, scores)).toThrow(/3 rows of 4 features/);
  });

  it('orders new rows nearly as well as the truth does', () => {
    const fresh = drawnData(
      5000,
      9,
      (x, _, known) => -1 + 0.4 * (x - 3) + (known === null ? -1 : 0.5 * known),
    );
    const { columns } = fresh.table;
    const rows = Float64Array.from({ length: 20_000 }, (_, n) => columns[n % 4]![n >> 2]!);
    const scores = new Float64Array(5000);
    logisticScorer(model).score(rows, 5000, scores);
    const truth = Float64Array.from({ length: 5000 }, (_, row) => {
      const known = columns[2]![row]!;
      return 0.4 * columns[0]![row]! + (Number.isNaN(known) ? -1 : 0.5 * known);
    });
    const gap = areaUnderCurve(truth, fresh.target)! - areaUnderCurve(scores, fresh.target)!;
    expect(gap).toBeLessThan(0.005);
  });
});

describe('a ranking by logistic models', () => {
  let ranking: Ranking;
  beforeAll(async () => {
    ranking = await learnRanking(plantedShop(300), async (data, options) => trainTrees(data, options), {
      seed: 1,
      questions: 300,
      learner: 'logistic',
    });
  });

  it('puts first what goes with a cart, and has no trees', () => {
    expect([ranking.visit, ranking.cart]).toEqual([null, null]);
    const ranker = rankerOf(ranking, () => {
      throw new Error('There is no tree to score.');
    });
    const companions: number[] = [];
    for (let item = 20; item < 30; item++) {
      expect(ranker.rank(guest([item], plantedDays), () => true)).toBeGreaterThan(5);
      companions.push(ranker.ranked.items[0]!);
    }
    expect(companions).toEqual(Array.from({ length: 10 }, (_, n) => companionOf(20 + n)));
  });

  it('says nothing of a kind of question that it learnt nothing of', () => {
    const logistic: { visit: SignalLogistic | null; cart: null } = {
      visit: ranking.logistic!.visit,
      cart: null,
    };
    const ranker = rankerOf({ ...ranking, logistic }, () => {
      throw new Error('There is no tree to score.');
    });
    expect(ranker.rank(guest([20], plantedDays), () => true)).toBe(0);
    expect(ranker.rank(guest([], plantedDays), () => true)).toBeGreaterThan(0);
  });
});
