import { type Interval, meanOf, middleOf, resampledMeans } from '../metrics/bootstrap.ts';
import type { Calibration } from '../metrics/calibration.ts';
import type { Outcome } from './outcome.ts';

/** A method and what it came to. */
export interface Tried {
  readonly name: string;
  readonly isBaseline: boolean;
  readonly outcome: Outcome;
}

/** A mean over cases, with the interval that more such cases would likely give. */
export interface Figure extends Interval {
  readonly value: number;
  /** How many count for it. */
  readonly cases: number;
}

/** How much a method is ahead of the best of the other baselines. */
export interface Lead extends Interval {
  readonly baseline: string;
  readonly difference: number;
}

export interface MethodReport {
  readonly name: string;
  readonly isBaseline: boolean;
  readonly metrics: Readonly<Record<string, Figure>>;
  /** Of all lists together: no means over cases. */
  readonly figures: Readonly<Record<string, number>>;
  readonly calibration: Calibration | null;
  readonly againstBestBaseline: Readonly<Record<string, Lead>>;
}

/** More of these is not simply better, or no claim on what happened. */
const notCompared = /^(novelty|expected)/;

interface Column {
  readonly method: number;
  readonly metric: string;
  readonly values: Float64Array;
  readonly mean: { readonly value: number; readonly cases: number };
}

/**
 * Sums up what methods came to on the same cases: means, intervals of 95 % by bootstrap over groups of cases, and how far each method is
 * ahead of the best baseline but itself, paired by case. The best baseline is the one with the highest mean, the first of equals.
 *
 * @param groupOf by case: its customer, as a number below `groupCount`
 */
export function compareMethods(
  tried: readonly Tried[],
  groupOf: Int32Array,
  groupCount: number,
  options: { resamples: number; seed: number },
): MethodReport[] {
  const columns: Column[] = tried.flatMap(({ outcome }, method) =>
    [...outcome.columns].flatMap(([metric, values]) => {
      const mean = meanOf(values);
      return mean ? [{ method, metric, values, mean }] : [];
    }),
  );
  const draws = resampledMeans(
    columns.map(({ values }) => values),
    groupOf,
    groupCount,
    options,
  );
  const columnOf = (method: number, metric: string): number =>
    columns.findIndex((column) => column.method === method && column.metric === metric);

  const bestBaseline = (metric: string, besides: number): number => {
    let best = -1;
    columns.forEach((column, n) => {
      if (column.metric !== metric || column.method === besides || !tried[column.method].isBaseline) return;
      if (best < 0 || column.mean.value > columns[best].mean.value) best = n;
    });
    return best;
  };
  const leadOf = (own: number): Lead | undefined => {
    const { method, metric, mean } = columns[own];
    const best = notCompared.test(metric) ? -1 : bestBaseline(metric, method);
    if (best < 0) return undefined;
    const interval = middleOf(draws[own].map((value, r) => value - draws[best][r]));
    return (
      interval && {
        baseline: tried[columns[best].method].name,
        difference: mean.value - columns[best].mean.value,
        ...interval,
      }
    );
  };
  return tried.map(({ name, isBaseline, outcome }, method) => {
    const own = columns.filter((column) => column.method === method);
    const metrics: Record<string, Figure> = {};
    const againstBestBaseline: Record<string, Lead> = {};
    for (const { metric, mean } of own) {
      const n = columnOf(method, metric);
      const interval = middleOf(draws[n]);
      if (interval) metrics[metric] = { value: mean.value, ...interval, cases: mean.cases };
      const lead = leadOf(n);
      if (lead) againstBestBaseline[metric] = lead;
    }
    return {
      name,
      isBaseline,
      metrics,
      figures: outcome.figures,
      calibration: outcome.calibration,
      againstBestBaseline,
    };
  });
}
