import { type Minimum, minimise, type Objective } from '../../learn/minimise.ts';
import { inverseDiagonal } from '../../stats/cholesky.ts';

/**
 * A log-likelihood of positive parameters: its value, its slopes added to `slopes` and the lower triangle of its second
 * derivatives added to `curvatures` (row by row); both are 0 before.
 */
export type Likelihood = (parameters: Float64Array, slopes: Float64Array, curvatures: Float64Array) => number;

/** What maximum likelihood found. */
export interface LikelihoodFit {
  readonly parameters: Float64Array;
  /** By parameter, from the second derivatives there; null unless these are of a maximum. */
  readonly standardErrors: Float64Array | null;
  readonly logLikelihood: number;
  readonly converged: boolean;
  readonly iterations: number;
  /** The steepest slope of the mean log-likelihood, by logarithms of the parameters. */
  readonly gradientNorm: number;
  /**
   * Whether a parameter ran away to 0 or ∞, or might as well have: the data do not tell its size. The likelihood is then all but at the
   * limit that it rises towards, if `gradientNorm` is small.
   */
  readonly isDegenerate: boolean;
}

/** A parameter that is so many times its unit, or its unit so many times it, ran away. */
const farthest = 1e4;

/** Slopes below this that are no maximum's are of a rise that goes on for ever. */
export const flatGradient = 1e-6;

/** Where there is a maximum it takes a dozen steps or two. */
const maxIterations = 60;

/** Beyond this the functions in likelihoods lose all digits. */
const farthestLog = 30;

/**
 * Maximum likelihood over logarithms of the parameters, which keeps these positive.
 *
 * @param count of the independent observations, ≥ 1
 * @param units by parameter: what it is measured in, so that parameters about 1 are usual
 * @param starts parameters to start from
 */
export function fitLikelihood(
  likelihood: Likelihood,
  count: number,
  units: readonly number[],
  starts: readonly (readonly number[])[],
): LikelihoodFit {
  const objective = inLogarithms(likelihood, count, units);
  const logStarts = starts.map((start) => start.map((parameter, i) => Math.log(parameter / units[i])));
  const minimum = minimise(objective, logStarts, { maxIterations });
  const parameters = minimum.x.map((log, i) => units[i] * Math.exp(log));
  const logErrors = logStandardErrors(minimum, count);
  const isFlat = !minimum.converged && minimum.gradientNorm <= flatGradient;
  const isFar = (log: number): boolean => Math.abs(log) > Math.log(farthest);
  return {
    parameters,
    standardErrors: logErrors && parameters.map((parameter, i) => parameter * logErrors[i]),
    logLikelihood: -minimum.value * count,
    converged: minimum.converged,
    iterations: minimum.iterations,
    gradientNorm: minimum.gradientNorm,
    isDegenerate: isFlat || minimum.x.some(isFar) || (logErrors?.some(isFar) ?? false),
  };
}

/** Minus the mean log-likelihood, by ln(parameter / unit). */
export function inLogarithms(likelihood: Likelihood, count: number, units: readonly number[]): Objective {
  const size = units.length;
  return (logs, gradient, hessian) => {
    if (logs.some((log) => !(Math.abs(log) <= farthestLog))) return Number.POSITIVE_INFINITY;
    const parameters = logs.map((log, i) => units[i] * Math.exp(log));
    const slopes = new Float64Array(size);
    const curvatures = new Float64Array(size * size);
    const value = likelihood(parameters, slopes, curvatures);
    for (let i = 0; i < size; i++) {
      gradient[i] = (-parameters[i] * slopes[i]) / count;
      for (let j = 0; j <= i; j++) {
        const curvature = (-parameters[i] * parameters[j] * curvatures[i * size + j]) / count;
        hessian[i * size + j] = i === j ? curvature + gradient[i] : curvature;
        hessian[j * size + i] = hessian[i * size + j];
      }
    }
    return -value / count;
  };
}

/** Of the logarithms, which is that of a parameter as a share of it. */
function logStandardErrors(minimum: Minimum, count: number): Float64Array | null {
  const variances = inverseDiagonal(minimum.hessian, minimum.x.length);
  return variances === null ? null : variances.map((variance) => Math.sqrt(variance / count));
}
