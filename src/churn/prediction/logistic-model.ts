import { fitLogistic } from '../../learn/logistic.ts';
import { logLoss, probabilityOf } from '../../learn/scores.ts';
import type { FeatureTable } from '../../learn/training-data.ts';

/**
 * Log-odds as a sum over columns: first t(x) of each feature, then 1 for each feature of {@link gaps} that is missing. t is ln(1 + x · scale)
 * where the scale is above 0, and x elsewhere; what is missing counts as the mean.
 */
export interface ChurnLogistic {
  readonly intercept: number;
  /** By feature: 0 for one that is taken as it is. */
  readonly scales: Float64Array;
  /** The features that may be missing. */
  readonly gaps: Int32Array;
  /** By column, for a change by 1. */
  readonly coefficients: Float64Array;
  readonly means: Float64Array;
  /** The penalty that it was fitted with; see `LogisticOptions`. */
  readonly l2: number;
}

/** A feature from 0 on whose third standardised moment is above this has a long tail, of which the logarithm is taken. */
const skewed = 2;

/** What a feature is taken as. */
export const transformed = (scale: number, value: number): number =>
  scale > 0 ? Math.log1p(Math.max(0, value) * scale) : value;

/** How the features of some rows are taken, of which nothing is said of the target. */
export type LogisticShape = Pick<ChurnLogistic, 'scales' | 'gaps'>;

export function shapeOf({ columns }: FeatureTable, rows: Int32Array): LogisticShape {
  const gaps: number[] = [];
  const scales = Float64Array.from(columns, (column, n) => {
    const { count, lowest, mean, skewness } = momentsOf(column, rows);
    if (count < rows.length) gaps.push(n);
    return lowest >= 0 && mean > 0 && skewness > skewed ? 1 / mean : 0;
  });
  return { scales, gaps: Int32Array.from(gaps) };
}

function momentsOf(column: Float32Array | Float64Array, rows: Int32Array) {
  let [count, sum, lowest] = [0, 0, Number.POSITIVE_INFINITY];
  for (const row of rows) {
    const value = column[row];
    if (Number.isNaN(value)) continue;
    count++;
    sum += value;
    if (value < lowest) lowest = value;
  }
  const mean = count > 0 ? sum / count : 0;
  let [squares, cubes] = [0, 0];
  for (const row of rows) {
    const away = column[row] - mean;
    if (Number.isNaN(away)) continue;
    squares += away * away;
    cubes += away ** 3;
  }
  const spread = count > 0 ? Math.sqrt(squares / count) : 0;
  return { count, lowest, mean, skewness: spread > 0 ? cubes / count / spread ** 3 : 0 };
}

/** The given rows as a regression takes them: features, then whether they are missing. */
export function preparedColumns(
  { columns }: FeatureTable,
  rows: Int32Array,
  { scales, gaps }: LogisticShape,
): Float64Array[] {
  const known = columns.map((column, n) => {
    const out = new Float64Array(rows.length);
    for (let at = 0; at < rows.length; at++) out[at] = transformed(scales[n], column[rows[at]]);
    return out;
  });
  const missing = Array.from(gaps, (n) =>
    Float64Array.from(rows, (row) => (Number.isNaN(columns[n][row]) ? 1 : 0)),
  );
  return [...known, ...missing];
}

/** Log-odds of the given rows. */
export function logisticScores(
  { intercept, coefficients, means, ...shape }: ChurnLogistic,
  { columns }: FeatureTable,
  rows: Int32Array,
): Float64Array {
  const scores = new Float64Array(rows.length).fill(intercept);
  for (const [n, column] of columns.entries()) {
    const [coefficient, mean, scale] = [coefficients[n], means[n], shape.scales[n]];
    if (coefficient === 0) continue;
    for (let at = 0; at < rows.length; at++) {
      const value = column[rows[at]];
      if (!Number.isNaN(value)) scores[at] += coefficient * (transformed(scale, value) - mean);
    }
  }
  for (const [gap, n] of shape.gaps.entries()) {
    const at = columns.length + gap;
    for (let place = 0; place < rows.length; place++)
      scores[place] += coefficients[at] * (Number(Number.isNaN(columns[n][rows[place]])) - means[at]);
  }
  return scores;
}

/** What each feature adds to the log-odds of a row, its being missing included. @returns the log-odds where all are at their means */
export function logisticParts(
  { intercept, coefficients, means, scales, gaps }: ChurnLogistic,
  { columns }: FeatureTable,
  row: number,
  out: Float64Array,
): number {
  for (const [n, column] of columns.entries()) {
    const value = column[row];
    out[n] = Number.isNaN(value) ? 0 : coefficients[n] * (transformed(scales[n], value) - means[n]);
  }
  for (const [gap, n] of gaps.entries()) {
    const at = columns.length + gap;
    out[n] += coefficients[at] * (Number(Number.isNaN(columns[n][row])) - means[at]);
  }
  return intercept;
}

/** Fits the columns that {@link preparedColumns} made. */
export function fitPrepared(
  columns: readonly Float64Array[],
  target: Uint8Array,
  shape: LogisticShape,
  l2: number,
  trainingRows?: Int32Array,
): ChurnLogistic {
  const table = { rows: target.length, columns };
  return { ...fitLogistic({ table, target, trainingRows }, { l2 }), ...shape, l2 };
}

/** Penalties that are tried, from the least on while they do better. */
const penalties = [1, 8, 64, 512, 4096];

/**
 * The penalty with the least log-loss of rows that were not fitted to.
 *
 * @param folds by row of the columns
 */
export function choosePenalty(
  columns: readonly Float64Array[],
  target: Uint8Array,
  shape: LogisticShape,
  folds: Int8Array,
): number {
  const all = Int32Array.from(target.keys());
  const count = Math.max(...folds) + 1;
  const plain = { scales: new Float64Array(columns.length), gaps: new Int32Array(0) };
  const lossAt = (l2: number): number => {
    const probabilities = new Float64Array(target.length);
    for (let fold = 0; fold < count; fold++) {
      const model = fitPrepared(
        columns,
        target,
        shape,
        l2,
        all.filter((row) => folds[row] !== fold),
      );
      const held = all.filter((row) => folds[row] === fold);
      const scores = logisticScores({ ...model, ...plain }, { rows: target.length, columns }, held);
      for (const [n, row] of held.entries()) probabilities[row] = probabilityOf(scores[n]);
    }
    return logLoss(probabilities, target);
  };
  let best = { l2: penalties[0], loss: lossAt(penalties[0]) };
  for (const l2 of penalties.slice(1)) {
    const loss = lossAt(l2);
    if (loss >= best.loss) break;
    best = { l2, loss };
  }
  return best.l2;
}
