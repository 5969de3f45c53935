/** How far forecasts of the purchases of each customer are from what came. */
export interface ForecastError {
  /** Of all customers. */
  readonly expected: number;
  /** Mean absolute error, in purchases of a customer. */
  readonly meanAbsolute: number;
  /** Root of the mean squared error. */
  readonly rootMeanSquare: number;
  /** What is expected of all, over what came, less 1; null where nothing came. */
  readonly bias: number | null;
}

/** Of a model, and of what needs none. */
export interface ForecastErrors {
  readonly model: ForecastError;
  /** Everybody goes on as before: x / T a week, 0 where T is 0. */
  readonly sameRate: ForecastError;
  /** Everybody buys at the mean rate of all, Σ x / Σ T. */
  readonly meanRate: ForecastError;
}

/** By customer; of nobody, 0. */
export function errorOf(expected: Float64Array, actual: Float64Array): ForecastError {
  const count = Math.max(1, actual.length);
  let absolute = 0;
  let squared = 0;
  for (let c = 0; c < actual.length; c++) {
    const error = expected[c] - actual[c];
    absolute += Math.abs(error);
    squared += error * error;
  }
  const came = sum(actual);
  const inAll = sum(expected);
  return {
    expected: inAll,
    meanAbsolute: absolute / count,
    rootMeanSquare: Math.sqrt(squared / count),
    bias: came > 0 ? inAll / came - 1 : null,
  };
}

export function sum(column: Float64Array): number {
  return column.reduce((total, value) => total + value, 0);
}
