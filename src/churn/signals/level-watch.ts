import { regularisedBeta } from '../../stats/beta-distribution.ts';
import { digamma, trigamma } from '../../stats/digamma.ts';

/** How figures of customers vary: normal with a level and a variance of each customer's own. */
export interface LevelPrior {
  /** Levels of customers: their mean and variance. */
  readonly mean: number;
  readonly between: number;
  /** Variances within customers: scaled inverse χ² about this one with so many degrees of freedom. */
  readonly within: number;
  readonly freedom: number;
  /** Figures that are not normal have other tails: chances are raised to this power, 0 … 1; see {@link tailPower}. */
  readonly power: number;
}

/** By number of newest figures that are judged together: the variance of their median (of normal ones) over that of one. */
export const medianVariance = [Number.NaN, 1, 0.5, 0.4487];

export interface LevelVerdict {
  readonly expected: number;
  readonly seen: number;
  /** Of as low a median or lower, where nothing has changed. */
  readonly chance: number;
}

/**
 * How unusually low the median of the newest figures is beside those before: Student's t of the difference from the level, which is drawn
 * to the others' (Efron and Morris, JASA 68, 1973), over a standard deviation drawn to theirs (Smyth, Statistical Applications in
 * Genetics and Molecular Biology 3, 2004, formulas 3 and 4).
 *
 * @param before earlier figures, one at least
 * @param recent the newest, one to three of them
 */
export function judgeLevel(before: Float64Array, recent: Float64Array, prior: LevelPrior): LevelVerdict {
  const { mean, squares } = sumsOf(before);
  const count = before.length;
  const freedom = prior.freedom + count - 1;
  const variance = (prior.freedom * prior.within + squares) / freedom;
  const certainty = count / variance;
  const ofPrior = 1 / Math.max(prior.between, 1e-12);
  const expected = (certainty * mean + ofPrior * prior.mean) / (certainty + ofPrior);
  const sorted = recent.toSorted();
  const half = sorted.length >> 1;
  const seen = sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  const spread = variance * medianVariance[recent.length] + 1 / (certainty + ofPrior);
  const chance = lowerTail((seen - expected) / Math.sqrt(spread), freedom);
  return { expected, seen, chance: chance ** prior.power };
}

/** P(T ≤ t) of Student's t (Abramowitz and Stegun 26.7.1). */
function lowerTail(t: number, freedom: number): number {
  const half = regularisedBeta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2;
  return t < 0 ? half : 1 - half;
}

function sumsOf(values: Float64Array): { mean: number; squares: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, squares: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) };
}

/** Variances are taken to rest on so many at least, and at most. */
const leastFreedom = 1;
const mostFreedom = 100;

/** A customer with three figures or more tells a variance that the degrees of freedom can be judged by. */
const fewestFigures = 3;

/** Below this variance all figures are alike; it keeps a customer who never varied from alarms over nothing. */
const leastVariance = 1e-4;

/**
 * Levels and variances of customers by moments, degrees of freedom after Smyth (2004, section 6.2). Null where no customer has two figures.
 *
 * @param customers the figures of each
 */
export function fitLevels(customers: readonly Float64Array[]): LevelPrior | null {
  let squares = 0;
  let freedom = 0;
  for (const values of customers) {
    if (values.length < 2) continue;
    squares += sumsOf(values).squares;
    freedom += values.length - 1;
  }
  if (freedom === 0) return null;
  const within = Math.max(leastVariance, squares / freedom);
  const means = customers.filter(({ length }) => length > 0).map((values) => sumsOf(values).mean);
  const mean = means.reduce((sum, own) => sum + own, 0) / means.length;
  const noise = customers.reduce((sum, { length }) => sum + (length > 0 ? within / length : 0), 0);
  const spread = means.reduce((sum, own) => sum + (own - mean) ** 2, 0);
  const between = Math.max(leastVariance, (spread - noise) / means.length);
  const { scale, freedom: known } = fitVariances(customers, within);
  return { mean, between, within: scale, freedom: known, power: 1 };
}

function fitVariances(
  customers: readonly Float64Array[],
  pooled: number,
): { scale: number; freedom: number } {
  const logs: number[] = [];
  let chance = 0;
  for (const values of customers) {
    if (values.length < fewestFigures) continue;
    const half = (values.length - 1) / 2;
    const variance = Math.max(sumsOf(values).squares / (2 * half), pooled * 1e-3);
    logs.push(Math.log(variance) - digamma(half) + Math.log(half));
    chance += trigamma(half);
  }
  if (logs.length < fewestFigures) return { scale: pooled, freedom: 4 };
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const spread = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (logs.length - 1);
  const half = trigammaInverse(spread - chance / logs.length);
  const freedom = Math.min(mostFreedom, Math.max(leastFreedom, 2 * half));
  // The greater scale of the two: alarms are to rest on no smaller variance than that of all.
  const scale = Math.exp(mean + digamma(freedom / 2) - Math.log(freedom / 2));
  return { scale: Math.max(scale, leastVariance), freedom };
}

/** The x with ψ′(x) = y; beyond what counts where y is not above 0. */
function trigammaInverse(y: number): number {
  if (!(y > 1 / mostFreedom)) return mostFreedom;
  let [low, high] = [1e-3, mostFreedom];
  while (high / low > 1 + 1e-9) {
    const middle = Math.sqrt(low * high);
    if (trigamma(middle) > y) low = middle;
    else high = middle;
  }
  return low;
}

/** The tail is fitted where this share of the chances lies, or where so many of them do. */
const tailShare = 0.005;
const tailLooks = 5;

/** With fewer looks the tail cannot be told. */
const fewestLooks = 200;

/**
 * The power that makes chances true in the tail: as many of those found at all customers' past looks are as low as they say. It is
 * fitted to what was seen (as Efron fits an empirical null, JASA 99, 2004), so that falls which were real make it smaller, which errs
 * towards no alarm.
 */
export function tailPower(chances: readonly number[]): number {
  if (chances.length < fewestLooks) return 1;
  const rank = Math.ceil(Math.max(tailLooks, tailShare * chances.length));
  const lowest = chances.toSorted((a, b) => a - b)[rank - 1];
  return Math.min(1, Math.log(rank / chances.length) / Math.log(Math.max(lowest, 1e-300)));
}
