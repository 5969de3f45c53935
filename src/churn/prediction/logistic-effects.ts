import { probabilityOf } from '../../learn/scores.ts';
import { choleskyFactor, choleskySolve } from '../../stats/cholesky.ts';
import { normalCriticalValue } from '../../stats/normal.ts';
import type { ChurnRows } from './churn-rows.ts';
import { type ChurnLogistic, logisticScores, preparedColumns } from './logistic-model.ts';
import type { Estimate } from './roc.ts';

/**
 * By feature: what its being higher by one standard deviation multiplies the odds of leaving by, all others being equal. The deviation is
 * of what the logistic model takes the feature as, which for long tails is the logarithm. Null for one that is the same in all rows.
 *
 * Intervals are of the penalised fit, with errors that hold though rows of one customer are alike (sandwich: Liang and Zeger, Biometrika
 * 73, 1986); they do not know that the penalty was chosen, nor what it pulls to 1.
 *
 * @param rows those that the model was learnt from
 */
export function oddsRatios(
  model: ChurnLogistic,
  data: ChurnRows,
  rows: Int32Array,
  level = 0.95,
): (Estimate | null)[] {
  const columns = preparedColumns(data.table, rows, model);
  const size = columns.length + 1;
  const spreads = columns.map((column, n) => spreadOf(column, model.means[n]));
  const scores = logisticScores(model, data.table, rows);
  const bread = new Float64Array(size * size);
  const numbers = new Map<number, number>();
  for (const row of rows) if (!numbers.has(data.customer[row])) numbers.set(data.customer[row], numbers.size);
  /** By customer: the slopes of the log-likelihood of its rows. */
  const slopes = new Float64Array(numbers.size * size);
  const values = new Float64Array(size);
  values[size - 1] = 1;
  for (const [at, row] of rows.entries()) {
    for (let n = 0; n < columns.length; n++) {
      const away = columns[n][at] - model.means[n];
      values[n] = spreads[n] > 0 && !Number.isNaN(away) ? away / spreads[n] : 0;
    }
    const p = probabilityOf(scores[at]);
    const bend = p * (1 - p);
    const slope = data.target[row] - p;
    const from = numbers.get(data.customer[row])! * size;
    for (let i = 0; i < size; i++) {
      slopes[from + i] += slope * values[i];
      const bent = bend * values[i];
      for (let j = 0; j <= i; j++) bread[i * size + j] += bent * values[j];
    }
  }
  for (let n = 0; n < columns.length; n++) bread[n * size + n] += model.l2;
  const variances = sandwich(bread, slopes, numbers.size, size);
  const z = normalCriticalValue(level);
  return data.features.map((_, n) => {
    if (!(spreads[n] > 0) || variances === null) return null;
    const effect = model.coefficients[n] * spreads[n];
    const half = z * Math.sqrt(variances[n]);
    const [value, low, high] = [effect, effect - half, effect + half].map(Math.exp);
    return Number.isFinite(high) ? { value, low, high } : null;
  });
}

/** Of what is known. */
function spreadOf(column: Float64Array, mean: number): number {
  let [count, squares] = [0, 0];
  for (const value of column) {
    if (Number.isNaN(value)) continue;
    count++;
    squares += (value - mean) ** 2;
  }
  return count > 0 ? Math.sqrt(squares / count) : 0;
}

/** The diagonal of B⁻¹ M B⁻¹, M being the sum of the outer products of customers' slopes; null where B has no inverse. */
function sandwich(
  bread: Float64Array,
  slopes: Float64Array,
  customers: number,
  size: number,
): Float64Array | null {
  if (!choleskyFactor(bread, size)) return null;
  const variances = new Float64Array(size);
  for (let customer = 0; customer < customers; customer++) {
    const influence = slopes.slice(customer * size, (customer + 1) * size);
    choleskySolve(bread, influence);
    for (let i = 0; i < size; i++) variances[i] += influence[i] ** 2;
  }
  const correction = customers > 1 ? customers / (customers - 1) : 1;
  return variances.map((variance) => variance * correction);
}
