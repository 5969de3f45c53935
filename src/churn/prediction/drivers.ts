import { type Random, sampleOf } from '../../learn/random.ts';
import { holm } from '../../stats/adjust.ts';
import { rankSumTest } from '../../stats/rank-sum.ts';
import type { ChurnFeature } from './churn-feature.ts';
import type { ChurnRows } from './churn-rows.ts';
import { newestRows } from './folds.ts';
import type { ChurnScorer } from './learner.ts';
import { oddsRatios } from './logistic-effects.ts';
import type { ChurnLogistic } from './logistic-model.ts';
import type { Estimate } from './roc.ts';

/** What a feature has to do with leaving. */
export interface Driver {
  readonly feature: ChurnFeature;
  readonly alone: Univariate | null;
  /** Of the logistic model, see `oddsRatios`; null without one, or where there is none. */
  readonly oddsRatio: Estimate | null;
  /** By model that says so: the mean size of what the feature adds to or takes off the score, in log-odds. */
  readonly contributions: readonly DriverContribution[];
}

export interface DriverContribution {
  readonly learner: string;
  readonly meanSize: number;
  /** 1 where more of it goes with leaving, −1 with staying, 0 where neither. */
  readonly direction: -1 | 0 | 1;
}

/** How those who left differ from those who stayed, each customer once, in the newest row; whatever else differs. */
export interface Univariate {
  /** Means of what is known. */
  readonly stayed: number;
  readonly left: number;
  /** Rows in which it is known. */
  readonly known: number;
  /** The chance that who left has more of it, less that of having less: Cliff's delta, −1 … 1. */
  readonly delta: Estimate;
  /** Of the rank-sum test, two-sided, and Holm's for as many features. */
  readonly p: number;
  readonly adjustedP: number;
}

/** So many rows are looked at for mean contributions. */
const mostRows = 5_000;
/** A feature that alone tells so well who leaves may be a word for having left. */
export const suspiciousDelta = 0.9;

export interface LearntModel {
  readonly learner: string;
  readonly scorer: ChurnScorer;
}

/**
 * What moves the prediction, the strongest first: by the mean size of the contribution to the first of the models, as far as there is one.
 *
 * @param rows those that the models were learnt from
 * @param logistic to tell odds ratios by
 */
export function churnDrivers(
  data: ChurnRows,
  rows: Int32Array,
  models: readonly LearntModel[],
  logistic: ChurnLogistic | null,
  random: Random,
): Driver[] {
  const alone = univariate(data, newestRows(data, rows));
  const ratios = logistic === null ? data.features.map(() => null) : oddsRatios(logistic, data, rows);
  const sample = sampleOf(rows.length, mostRows, random).map((n) => rows[n]);
  const byModel = models.flatMap(({ learner, scorer }) =>
    scorer.contributions ? [{ learner, parts: meanContributions(data, sample, scorer) }] : [],
  );
  const drivers = data.features.map(
    (feature, n): Driver => ({
      feature,
      alone: alone[n],
      oddsRatio: ratios[n],
      contributions: byModel.map(({ learner, parts }) => ({ learner, ...parts[n] })),
    }),
  );
  const strength = ({ contributions, alone: own }: Driver): number =>
    contributions[0]?.meanSize ?? Math.abs(own?.delta.value ?? 0);
  return drivers.sort((a, b) => strength(b) - strength(a));
}

function univariate({ features, table, target }: ChurnRows, rows: Int32Array): (Univariate | null)[] {
  const found = features.map((_, n) => {
    const values = (sort: number): Float64Array =>
      Float64Array.from(
        rows.filter((row) => target[row] === sort && !Number.isNaN(table.columns[n][row])),
        (row) => table.columns[n][row],
      );
    const [stayed, left] = [values(0), values(1)];
    if (stayed.length === 0 || left.length === 0) return null;
    const { p, delta } = rankSumTest(left, stayed);
    const { estimate: value, low, high } = delta;
    return {
      stayed: meanOf(stayed),
      left: meanOf(left),
      known: stayed.length + left.length,
      p,
      delta: { value, low, high },
    };
  });
  const tested = found.filter((own) => own !== null);
  const adjusted = holm(Float64Array.from(tested, ({ p }) => p));
  return found.map((own) => own && { ...own, adjustedP: adjusted[tested.indexOf(own)] });
}

const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value / values.length, 0);

function meanContributions(
  { table }: ChurnRows,
  rows: Int32Array,
  scorer: ChurnScorer,
): Omit<DriverContribution, 'learner'>[] {
  const width = table.columns.length;
  const parts = new Float64Array(width);
  const sizes = new Float64Array(width);
  // Sums for the covariance of value and contribution, of known values.
  const sums = Array.from({ length: width }, () => ({ n: 0, x: 0, y: 0, xy: 0 }));
  for (const row of rows) {
    scorer.contributions!(table, row, parts);
    for (let n = 0; n < width; n++) {
      sizes[n] += Math.abs(parts[n]) / rows.length;
      const value = table.columns[n][row];
      if (Number.isNaN(value)) continue;
      const own = sums[n];
      own.n++;
      // Kept near the mean (Welford 1962), as products of money cost digits.
      const away = value - own.x;
      own.x += away / own.n;
      own.y += (parts[n] - own.y) / own.n;
      own.xy += away * (parts[n] - own.y);
    }
  }
  return sums.map(({ xy }, n) => ({
    meanSize: sizes[n],
    direction: xy > 0 ? 1 : xy < 0 ? -1 : 0,
  }));
}
