import { fitLogistic } from '../learn/logistic.ts';
import { sampleOf, seededRandom } from '../learn/random.ts';
import { checkRows, type Rows, rolesOf, type TrainingData } from '../learn/training-data.ts';
import type { RowScorer } from './row-scorer.ts';

/**
 * Log-odds as a sum over signals: the plain alternative to trees. A signal x counts as t = log1p(x · scale) where its scale is above 0,
 * as t = x elsewhere.
 *
 * How to read it: `coefficients[s]` is what the log-odds of being bought change by when signal s is higher by one standard deviation (of
 * t, `spreads[s]`) and all others stay: e^coefficient times the odds. `missing[s]` is what they change by, from where the signal is at
 * its mean, when it has no meaning, as the days since a purchase that never was. Signals that tell nearly the same share what they are
 * worth between them, so of such a group the sum can be read, a single one cannot.
 */
export interface SignalLogistic {
  /** The log-odds where all signals are at their means. */
  readonly intercept: number;
  /** By signal, as all that follow; 0 for one that never changes. */
  readonly coefficients: Float64Array;
  /** What {@link SignalLogistic} says of t: its mean and standard deviation among the rows that it was learnt from. */
  readonly means: Float64Array;
  readonly spreads: Float64Array;
  /** 0 for a signal that is taken as it is. */
  readonly scales: Float64Array;
  readonly missing: Float64Array;
}

/** More rows than this would change the coefficients by less than they are uncertain, and each step takes rows × signals². */
const mostRows = 50_000;

/** A signal from 0 on whose third standardised moment is above this has a long tail, of which the logarithm is taken. */
const skewed = 2;

/**
 * Learns from rows of signals; rows for validation are left out.
 *
 * @param seed of which rows are drawn where there are very many
 * @throws PairwellError as {@link fitLogistic}
 */
export function fitSignalLogistic(data: TrainingData, seed: number): SignalLogistic {
  const { columns } = data.table;
  const { training } = rolesOf(data);
  const rows = sampleOf(training.length, mostRows, seededRandom(seed)).map((n) => training[n]);
  const shapes = columns.map((column) => shapeOf(column, rows));
  // First the signals, then whether each is missing, of those that may be.
  const gaps = shapes.flatMap(({ missing }, s) => (missing > 0 && missing < rows.length ? [s] : []));
  const known = columns.map((column, s) =>
    Float64Array.from(rows, (row) => standardised(shapes[s], column[row])),
  );
  const isMissing = gaps.map((s) =>
    Float64Array.from(rows, (row) => (Number.isNaN(columns[s][row]) ? 1 : 0)),
  );
  const { intercept, coefficients, means } = fitLogistic({
    table: { rows: rows.length, columns: [...known, ...isMissing] },
    target: Uint8Array.from(rows, (row) => data.target[row]),
    weights: data.weights && Float64Array.from(rows, (row) => data.weights![row]),
  });
  const signals = columns.length;
  const missing = new Float64Array(signals);
  let atMeans = intercept;
  for (const [n, s] of gaps.entries()) {
    missing[s] = coefficients[signals + n];
    atMeans -= coefficients[signals + n] * means[signals + n];
  }
  // The means of weighted rows are not quite those of all rows.
  for (let s = 0; s < signals; s++) atMeans -= coefficients[s] * means[s];
  return {
    intercept: atMeans,
    coefficients: coefficients.slice(0, signals),
    means: Float64Array.from(shapes, ({ mean }) => mean),
    spreads: Float64Array.from(shapes, ({ spread }) => spread),
    scales: Float64Array.from(shapes, ({ scale }) => scale),
    missing,
  };
}

interface Shape {
  readonly scale: number;
  readonly mean: number;
  /** 1 for what never changes. */
  readonly spread: number;
  readonly missing: number;
}

const transformed = (scale: number, value: number): number =>
  scale > 0 ? Math.log1p(Math.max(0, value) * scale) : value;

/** NaN for what is missing. */
const standardised = ({ scale, mean, spread }: Shape, value: number): number =>
  (transformed(scale, value) - mean) / spread;

function shapeOf(column: Rows, rows: Int32Array): Shape {
  const plain = momentsOf(column, rows, 0);
  const isSkewed = plain.lowest >= 0 && plain.mean > 0 && plain.skewness > skewed;
  const { count, mean, spread } = isSkewed ? momentsOf(column, rows, 1 / plain.mean) : plain;
  return { scale: isSkewed ? 1 / plain.mean : 0, mean, spread, missing: rows.length - count };
}

function momentsOf(column: Rows, rows: Int32Array, scale: number) {
  let count = 0;
  let sum = 0;
  let lowest = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    const value = transformed(scale, column[row]);
    if (Number.isNaN(value)) continue;
    count++;
    sum += value;
    lowest = Math.min(lowest, value);
  }
  const mean = count > 0 ? sum / count : 0;
  let [squares, cubes] = [0, 0];
  for (const row of rows) {
    const away = transformed(scale, column[row]) - mean;
    if (Number.isNaN(away)) continue;
    squares += away * away;
    cubes += away ** 3;
  }
  const spread = count > 0 ? Math.sqrt(squares / count) : 0;
  return {
    count,
    lowest,
    mean,
    spread: spread > 0 ? spread : 1,
    skewness: spread > 0 ? cubes / count / spread ** 3 : 0,
  };
}

/** What one signal adds to the log-odds. */
function partOf(
  { coefficients, means, spreads, scales, missing }: SignalLogistic,
  s: number,
  value: number,
): number {
  if (Number.isNaN(value)) return missing[s];
  return (coefficients[s] * (transformed(scales[s], value) - means[s])) / spreads[s];
}

/** Scores rows of signals by a logistic model, without allocating. */
export function logisticScorer(model: SignalLogistic): RowScorer {
  const signals = model.coefficients.length;
  return {
    score(rows, count, out) {
      checkRows(signals, rows, count, out);
      for (let row = 0, at = 0; row < count; row++) {
        let score = model.intercept;
        for (let s = 0; s < signals; s++, at++) score += partOf(model, s, rows[at]);
        out[row] = score;
      }
    },
  };
}

/**
 * What each signal of the row that begins at `at` adds to its log-odds, into the first places of `out`.
 *
 * @returns the log-odds where all signals are at their means; with what is in `out` it sums up to the row's score
 */
export function logisticParts(model: SignalLogistic, rows: Rows, at: number, out: Float64Array): number {
  for (let s = 0; s < model.coefficients.length; s++) out[s] = partOf(model, s, rows[at + s]);
  return model.intercept;
}
