import { PairwellError } from '../errors.ts';
import { minimise } from './minimise.ts';
import { logisticLoss, probabilityOf } from './scores.ts';
import { checkRows, type Rows, rolesOf, type TrainingData } from './training-data.ts';

export interface LogisticOptions {
  /**
   * The penalty ½ l2 Σ β² beside the log-loss summed up over the rows, for coefficients of features with a standard deviation of
   * 1; > 0. The intercept has none. Default 1.
   */
  readonly l2?: number | undefined;
}

/** Scores are `intercept` + Σ coefficient (value − mean): log-odds. What is missing counts as the mean. */
export interface LogisticModel {
  /** The score where all features are at their means. */
  readonly intercept: number;
  /** By feature, for a change by 1; 0 for a feature that never changes. */
  readonly coefficients: Float64Array;
  readonly means: Float64Array;
}

/** Rows are taken together so many at a time, a multiple of four. */
const blockRows = 256;

/**
 * Logistic regression with a quadratic penalty, by Newton's method (Hastie, Tibshirani and Friedman, The Elements of Statistical
 * Learning, 2009, section 4.4.1). Where all rows have one target all coefficients are 0, and the probability is (n + ½) / (n + 1)
 * for n rows' weight. Rows for validation are left out.
 *
 * Takes O(rows × features²) a step, of which there are about ten.
 *
 * @throws PairwellError `bad-input` for data that cannot be, infinite values among them, or a penalty that is not above 0
 */
export function fitLogistic(data: TrainingData, { l2 = 1 }: LogisticOptions = {}): LogisticModel {
  if (!(l2 > 0 && l2 < Infinity)) throw new PairwellError('bad-input', `l2: a number above 0, not ${l2}.`);
  const { table, target, weights } = data;
  const { training } = rolesOf(data);
  const features = table.columns.length;
  const weightOf = (row: number): number => weights?.[row] ?? 1;
  let all = 0;
  let ones = 0;
  for (const row of training) {
    all += weightOf(row);
    ones += weightOf(row) * target[row];
  }
  const spreads = table.columns.map((column, feature) => spreadOf(column, feature, training, weightOf));
  const means = Float64Array.from(spreads, ({ mean }) => mean);
  const isMixed = ones > 0 && ones < all;
  const share = isMixed ? ones / all : (ones + 0.5) / (all + 1);
  const start = new Float64Array(features + 1);
  start[features] = Math.log(share / (1 - share));
  if (!isMixed) return { intercept: start[features], coefficients: new Float64Array(features), means };

  const size = features + 1;
  const block = new Float64Array(blockRows * size).fill(1);
  const bends = new Float64Array(blockRows);
  const objective = (x: Float64Array, gradient: Float64Array, hessian: Float64Array): number => {
    let loss = 0;
    for (let from = 0; from < training.length; from += blockRows) {
      const count = Math.min(blockRows, training.length - from);
      for (let feature = 0; feature < features; feature++) {
        const column = table.columns[feature];
        const { mean, scale } = spreads[feature];
        for (let n = 0; n < count; n++) {
          const value = column[training[from + n]];
          block[n * size + feature] = !Number.isNaN(value) ? (value - mean) * scale : 0;
        }
      }
      for (let n = 0; n < count; n++) {
        const row = training[from + n];
        const at = n * size;
        let score = 0;
        for (let i = 0; i < size; i++) score += x[i] * block[at + i];
        const weight = weightOf(row) / all;
        const p = probabilityOf(score);
        loss += weight * logisticLoss(score, target[row]);
        const slope = weight * (p - target[row]);
        for (let i = 0; i < size; i++) gradient[i] += slope * block[at + i];
        bends[n] = weight * p * (1 - p);
      }
      // What the block still holds of the one before weighs nothing.
      bends.fill(0, count);
      addProducts(hessian, block, bends, size);
    }
    const penalty = l2 / all;
    for (let i = 0; i < features; i++) {
      loss += (penalty / 2) * x[i] * x[i];
      gradient[i] += penalty * x[i];
      hessian[i * size + i] += penalty;
    }
    for (let i = 0; i < size; i++)
      for (let j = i + 1; j < size; j++) hessian[i * size + j] = hessian[j * size + i];
    return loss;
  };
  const { x } = minimise(objective, [start], { longestStep: 10 });
  const coefficients = Float64Array.from(spreads, ({ scale }, feature) => x[feature] * scale);
  return { intercept: x[features], coefficients, means };
}

/**
 * Adds Σ bend · row rowᵀ to the lower half of `sums`. Four rows are taken together, as each place of the sums is then read and written a
 * fourth as often.
 */
function addProducts(sums: Float64Array, rows: Float64Array, bends: Float64Array, size: number): void {
  for (let n = 0; n < bends.length; n += 4) {
    const [p, q, r, s] = [n * size, (n + 1) * size, (n + 2) * size, (n + 3) * size];
    for (let i = 0; i < size; i++) {
      const a = bends[n] * rows[p + i];
      const b = bends[n + 1] * rows[q + i];
      const c = bends[n + 2] * rows[r + i];
      const d = bends[n + 3] * rows[s + i];
      const at = i * size;
      for (let j = 0; j <= i; j++)
        sums[at + j] += a * rows[p + j] + b * rows[q + j] + c * rows[r + j] + d * rows[s + j];
    }
  }
}

/** The mean of what is known, and what makes the standard deviation 1; 0 where nothing changes. */
function spreadOf(
  column: Float32Array | Float64Array,
  feature: number,
  rows: Int32Array,
  weightOf: (row: number) => number,
): { mean: number; scale: number } {
  let all = 0;
  let mean = 0;
  let squares = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const value = column[row];
    if (Number.isNaN(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
    const weight = weightOf(row);
    all += weight;
    // Updated row by row (West 1979), so that large means do not cost digits.
    const away = value - mean;
    mean += (away * weight) / all;
    squares += weight * away * (value - mean);
  }
  if (all === 0) return { mean: 0, scale: 0 };
  if (!Number.isFinite(squares))
    throw new PairwellError(
      'bad-input',
      `Column ${feature} has values that are infinite or too large for a regression; cut them off.`,
      { column: feature },
    );
  return low === high ? { mean: low, scale: 0 } : { mean, scale: 1 / Math.sqrt(squares / all) };
}

/**
 * Writes the scores (log-odds) of the first `count` rows, one after the other, into `out`, without allocating.
 *
 * @throws PairwellError `bad-input` where there are fewer values, or no room in `out`
 */
export function scoreLogistic(
  { intercept, coefficients, means }: LogisticModel,
  rows: Rows,
  count: number,
  out: Float64Array,
): void {
  const features = coefficients.length;
  checkRows(features, rows, count, out);
  for (let row = 0, at = 0; row < count; row++) {
    let score = intercept;
    for (let feature = 0; feature < features; feature++, at++) {
      const value = rows[at];
      if (!Number.isNaN(value)) score += coefficients[feature] * (value - means[feature]);
    }
    out[row] = score;
  }
}

/**
 * What each feature adds to the score of a row, into `out`.
 *
 * @returns the score of a row of which nothing is known; with what is in `out` it sums up to the row's score
 */
export function logisticContributions(
  { intercept, coefficients, means }: LogisticModel,
  rows: Rows,
  row: number,
  out: Float64Array,
): number {
  const at = row * coefficients.length;
  for (let feature = 0; feature < coefficients.length; feature++) {
    const value = rows[at + feature];
    out[feature] = !Number.isNaN(value) ? coefficients[feature] * (value - means[feature]) : 0;
  }
  return intercept;
}
