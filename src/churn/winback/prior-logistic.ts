import { PairwellError } from '../../errors.ts';
import { minimise } from '../../learn/minimise.ts';
import { probabilityOf } from '../../learn/scores.ts';
import { inverseDiagonal } from '../../stats/cholesky.ts';

/** What is believed of a coefficient before there are data: normal about `mean`. */
export interface NormalPrior {
  readonly mean: number;
  /** > 0 */
  readonly deviation: number;
}

export interface LogisticRows {
  /** By feature, then row; finite. */
  readonly columns: readonly Float64Array[];
  /** By row: 1 or 0. */
  readonly target: Uint8Array;
  /** By row: ≥ 0. */
  readonly weights: Float64Array;
}

/** The score (log-odds) of a row is `intercept` + Σ coefficient × value. */
export interface PriorLogistic {
  readonly intercept: number;
  readonly coefficients: Float64Array;
  /** How far the coefficients may be off, as standard deviations; those of the prior where there are no data. */
  readonly deviations: Float64Array;
}

/**
 * Logistic regression with a normal prior for each coefficient: the most likely coefficients given both, and their deviations by
 * Laplace's approximation (Gelman et al., Bayesian Data Analysis, 2013, sections 4.1 and 16.3). Without rows it is the prior itself;
 * rows of one outcome alone are no trouble. Takes O(rows × features²) a step.
 *
 * @param intercept the prior of the intercept
 * @param priors by feature
 * @throws PairwellError `bad-input` for columns that do not fit, values that are not finite, or an impossible prior
 */
export function fitPriorLogistic(
  rows: LogisticRows,
  intercept: NormalPrior,
  priors: readonly NormalPrior[],
): PriorLogistic {
  const { columns, target, weights } = rows;
  check(rows, [intercept, ...priors]);
  const size = priors.length + 1;
  const all = [...priors, intercept];
  const row = new Float64Array(size).fill(1);
  // By row on average, so that slopes come down to the same tolerance with many rows as with few.
  const scale = 1 / (1 + weights.reduce((sum, weight) => sum + weight, 0));
  const objective = (x: Float64Array, gradient: Float64Array, hessian: Float64Array): number => {
    let loss = 0;
    for (let i = 0; i < size; i++) {
      const pull = scale / all[i].deviation ** 2;
      const away = x[i] - all[i].mean;
      loss += (pull * away * away) / 2;
      gradient[i] = pull * away;
      hessian[i * size + i] = pull;
    }
    for (let n = 0; n < target.length; n++) {
      let score = x[size - 1];
      for (let i = 0; i < size - 1; i++) {
        row[i] = columns[i][n];
        score += x[i] * row[i];
      }
      const p = probabilityOf(score);
      const weight = scale * weights[n];
      loss += weight * (Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score))) - score * target[n]);
      const slope = weight * (p - target[n]);
      const bend = weight * p * (1 - p);
      for (let i = 0; i < size; i++) {
        gradient[i] += slope * row[i];
        for (let j = 0; j <= i; j++) hessian[i * size + j] += bend * row[i] * row[j];
      }
    }
    for (let i = 0; i < size; i++)
      for (let j = i + 1; j < size; j++) hessian[i * size + j] = hessian[j * size + i];
    return loss;
  };
  const start = Float64Array.from(all, ({ mean }) => mean);
  const { x, hessian } = minimise(objective, [start], { longestStep: 10 });
  const variances = inverseDiagonal(
    hessian.map((bend) => bend / scale),
    size,
  );
  return {
    intercept: x[size - 1],
    coefficients: x.slice(0, size - 1),
    deviations: Float64Array.from(priors, ({ deviation }, i) =>
      variances ? Math.sqrt(variances[i]) : deviation,
    ),
  };
}

function check({ columns, target, weights }: LogisticRows, priors: readonly NormalPrior[]): void {
  const fits = columns.length === priors.length - 1 && weights.length === target.length;
  if (!fits || columns.some(({ length }) => length !== target.length))
    throw new PairwellError('bad-input', 'Columns, targets, weights and priors do not fit one another.');
  const odd = columns.findIndex((column) => !column.every(Number.isFinite));
  if (odd >= 0) throw new PairwellError('bad-input', `Column ${odd} has values that are not finite.`);
  if (!weights.every((weight) => weight >= 0 && weight < Number.POSITIVE_INFINITY))
    throw new PairwellError('bad-input', 'Weights are finite numbers from 0 on.');
  if (!priors.every(({ mean, deviation }) => Number.isFinite(mean) && deviation > 0 && deviation < Infinity))
    throw new PairwellError('bad-input', 'A prior has a finite mean and a deviation above 0.');
}
