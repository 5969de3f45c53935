import { regularisedBeta } from '../../stats/beta-distribution.ts';
import { logGamma } from '../../stats/log-gamma.ts';
import { yearDays } from './gap-sums.ts';

/** How often something happens to customers: rates, a day, are gamma distributed; what happens comes in clumps of so many. */
export interface CountPrior {
  readonly shape: number;
  readonly days: number;
  /** How many at once, 1 for one by one: variance over mean of counts at a rate that does not change. */
  readonly clump: number;
}

/** What was seen of a customer before the window that is judged. */
export interface CountBase {
  readonly count: number;
  /** Days that it was seen in, by the clock that is used. */
  readonly days: number;
  readonly clump: number;
}

/** A number in a window beside what was to be expected. */
export interface CountVerdict {
  readonly expected: number;
  /** Of as many or more, or as few or fewer, where nothing has changed. */
  readonly chance: number;
  /** How often a year windows come up to it, or down to it, where nothing has changed. */
  readonly yearly: number;
}

/**
 * How unusual a number in a window is that moves on with time, in one direction. Clumps come at a constant rate λ, of which the base
 * tells a gamma distribution. The window of w days comes up to k clumps whenever one arrives while it holds k − 1, which is λ · Poisson(k
 * − 1; λw) times a day (Mecke's formula: Last and Penrose, Lectures on the Poisson Process, 2017, theorem 4.1), and down to k when one
 * drops out that leaves k. So looking every day, or all the time, is allowed for without any correction. Integrated over λ it is k / w · NB(k), or (k + 1) / w · NB(k + 1), NB being the negative binomial of the window.
 *
 * @param seen in the window, ≥ 0
 * @param window days by the clock of the base, above 0
 */
export function judgeCount(
  direction: 'rise' | 'fall',
  seen: number,
  window: number,
  base: CountBase,
  prior: CountPrior,
): CountVerdict {
  const { clump } = base;
  const shape = prior.shape + base.count / clump;
  // So many days at the shop's mean, whatever the customer's clumps.
  const days = (prior.days * clump) / prior.clump + base.days;
  const expected = (clump * shape * window) / days;
  const x = window / (days + window);
  const clumps = seen / clump;
  const level = direction === 'rise' ? clumps : clumps + 1;
  if (direction === 'rise' ? seen <= expected : seen >= expected)
    return { expected, chance: 1, yearly: Number.POSITIVE_INFINITY };
  const logTerm =
    logGamma(shape + level) -
    logGamma(shape) -
    logGamma(level + 1) +
    shape * Math.log1p(-x) +
    level * Math.log(x);
  return {
    expected,
    chance: direction === 'rise' ? regularisedBeta(x, level, shape) : regularisedBeta(1 - x, shape, level),
    yearly: ((yearDays * level) / window) * Math.exp(logTerm),
  };
}

/** The least and most that rates of customers vary: their coefficient of variation, squared. */
const leastVariation = 0.05;
const mostVariation = 25;

/** What never happened is taken to have happened half a time. */
const fewest = 0.5;

/**
 * Rates by moments (Poisson-gamma: Clayton and Kaldor, Biometrics 43, 1987) from how often it happened to
 * each customer in how many days; `clump` is the mean of who is told of. Null where nobody was seen for any time.
 */
export function fitCounts(bases: readonly CountBase[]): CountPrior | null {
  const total = bases.reduce((sum, { days }) => sum + days, 0);
  if (!(total > 0)) return null;
  const count = bases.reduce((sum, base) => sum + base.count, 0);
  const rate = Math.max(count, fewest) / total;
  let over = 0;
  let squares = 0;
  let clumps = 0;
  for (const base of bases) {
    const mean = rate * base.days;
    over += (base.count - mean) ** 2 - base.clump * mean;
    squares += mean * mean;
    clumps += base.clump;
  }
  const variation = Math.min(mostVariation, Math.max(leastVariation, squares > 0 ? over / squares : 0));
  const clump = clumps / bases.length;
  return { shape: 1 / variation, days: clump / (variation * rate), clump };
}

/** Slices of the base in which things are counted to see whether they clump. */
export const clumpSlices = 8;

/** The shop's clumps weigh as much as so many slices of the customer's own. */
const clumpWeight = 6;

/** Fisher's index of dispersion times its degrees of freedom: Σ (n − mean)² / mean; 0 without any. */
export function dispersion(slices: ArrayLike<number>): number {
  let sum = 0;
  for (let n = 0; n < slices.length; n++) sum += slices[n];
  const mean = sum / slices.length;
  let squares = 0;
  for (let n = 0; n < slices.length; n++) squares += (slices[n] - mean) ** 2;
  return sum > 0 ? squares / mean : 0;
}

/** The clump of the customer, drawn to that of all. @param least it is taken to be */
export const drawnClump = (own: number, all: number, least: number): number =>
  Math.max(least, (own + clumpWeight * all) / (clumpSlices - 1 + clumpWeight));
