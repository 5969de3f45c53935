import { choleskyFactor, choleskySolve } from '../stats/cholesky.ts';

/**
 * A smooth function: its value at `x`, its slopes written into `gradient` and its second derivatives into `hessian` (all of
 * them, row by row). Where it does not exist the value is NaN or ∞ and the rest does not matter.
 */
export type Objective = (x: Float64Array, gradient: Float64Array, hessian: Float64Array) => number;

export interface MinimiseOptions {
  /** Steps from each start at most. Default 200. */
  readonly maxIterations?: number;
  /** It has converged when no slope is steeper. Default 1e-10. */
  readonly tolerance?: number;
  /** The longest step. Default 2, which suits logarithms of parameters. */
  readonly longestStep?: number;
}

export interface Minimum {
  readonly x: Float64Array;
  /** ∞ where the function existed at none of the starts. */
  readonly value: number;
  /** The second derivatives at `x`, row by row. */
  readonly hessian: Float64Array;
  /** Whether all slopes have come down to the tolerance where the function is convex. */
  readonly converged: boolean;
  /** The steepest slope, without its sign. */
  readonly gradientNorm: number;
  /** Steps that the start that led here took. */
  readonly iterations: number;
}

/** Damping is raised and lowered by this factor; it begins and ends at the lowest, and beyond the highest no step is left. */
const dampingFactor = 10;
const lowestDamping = 1e-6;
const highestDamping = 1e12;

/** A step must bring this share of what the slope promises (Nocedal and Wright, Numerical Optimization, 2006, p. 33). */
const sufficientShare = 1e-4;

/** Differences in value below this share of it are rounding. */
const rounding = 1e-14;

/**
 * A local minimum of a function of few variables, without bounds: Newton's method with its second derivatives damped until
 * they are positive definite and the step brings what it should (Levenberg and Marquardt: Nocedal and Wright, chapters 3 and
 * 10), from every start. The lowest one that converged is taken, the lowest of all where none did. A variable that runs away along
 * an ever flatter slope counts as converged: who calls has to look at `x`.
 *
 * Takes a call of the function and O(size³) for each step or two.
 *
 * @param starts one or more, all of the same size
 */
export function minimise(
  objective: Objective,
  starts: readonly ArrayLike<number>[],
  options: MinimiseOptions = {},
): Minimum {
  const found = starts.map((start) => descend(objective, Float64Array.from(start), options));
  return found.reduce((best, other) => {
    if (best.converged !== other.converged) return best.converged ? best : other;
    return other.value < best.value ? other : best;
  });
}

/** A place, and what the function is there. */
interface Place {
  readonly x: Float64Array;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
  readonly value: number;
}

function descend(
  objective: Objective,
  start: Float64Array,
  { maxIterations = 200, tolerance = 1e-10, longestStep = 2 }: MinimiseOptions,
): Minimum {
  const size = start.length;
  const look = (x: Float64Array): Place => {
    const gradient = new Float64Array(size);
    const hessian = new Float64Array(size * size);
    const value = objective(x, gradient, hessian);
    const exists =
      Number.isFinite(value) && gradient.every(Number.isFinite) && hessian.every(Number.isFinite);
    return { x, gradient, hessian, value: exists ? value : Number.POSITIVE_INFINITY };
  };
  let place = look(start);
  let iterations = 0;
  let damping = lowestDamping;
  const isThere = (): boolean =>
    steepest(place) <= tolerance && choleskyFactor(place.hessian.slice(), place.x.length);
  while (Number.isFinite(place.value) && !isThere()) {
    if (iterations === maxIterations || damping > highestDamping) break;
    // Undamped where that is near enough to Newton's step, which then squares the error.
    const step = dampedStep(place, damping > lowestDamping ? damping : 0);
    const next = step && look(moved(place.x, shortened(step, longestStep)));
    if (!next || !isLower(place, next)) {
      damping *= dampingFactor;
      continue;
    }
    place = next;
    iterations++;
    damping = Math.max(lowestDamping, damping / dampingFactor);
  }
  const { x, value, hessian } = place;
  const converged = Number.isFinite(value) && isThere();
  return { x, value, hessian, converged, gradientNorm: steepest(place), iterations };
}

/** −(H + damping)⁻¹ g; undefined where that is no way down. */
function dampedStep({ gradient, hessian }: Place, damping: number): Float64Array | undefined {
  const size = gradient.length;
  const factor = hessian.slice();
  for (let i = 0; i < size; i++) factor[i * size + i] += damping;
  if (!choleskyFactor(factor, size)) return undefined;
  const step = gradient.map((slope) => -slope);
  choleskySolve(factor, step);
  return step;
}

function isLower(place: Place, next: Place): boolean {
  let promised = 0;
  for (let i = 0; i < place.x.length; i++) promised += place.gradient[i] * (next.x[i] - place.x[i]);
  if (next.value <= place.value + sufficientShare * promised) return true;
  // At the bottom values differ by rounding alone: there the slopes tell.
  const same = Math.abs(next.value - place.value) <= rounding * Math.abs(place.value);
  return same && steepest(next) < steepest(place);
}

function steepest({ gradient }: Place): number {
  return gradient.reduce((most, slope) => Math.max(most, Math.abs(slope)), 0);
}

function moved(x: Float64Array, step: Float64Array): Float64Array {
  return x.map((at, i) => at + step[i]);
}

function shortened(step: Float64Array, longest: number): Float64Array {
  const length = Math.hypot(...step);
  return length > longest ? step.map((by) => (by * longest) / length) : step;
}
