import { logGamma } from '../stats/log-gamma.ts';

/** How often something happened in each group; group g has share i at `g * shares.length + i`. */
export interface GroupedCounts {
  readonly groups: number;
  /** What is to be expected of each thing: its share in all groups together, 0 … 1. */
  readonly shares: Float64Array;
  readonly successes: Int32Array;
  readonly trials: Int32Array;
}

/** Under and over this it makes no difference any more. */
const leastStrength = 0.1;
export const mostStrength = 1e6;

/** Shares looked at, evenly spread over all. */
const mostShares = 2_000;

const gridSteps = 24;
const refinements = 40;

/**
 * A share of a group drawn to that of all, as if that had been seen `strength` times more: the mean of the group's share after
 * its counts, when before them it is as a beta distribution about the share of all.
 */
export const shrunkShare = (successes: number, trials: number, share: number, strength: number): number =>
  trials + strength > 0 ? (successes + strength * share) / (trials + strength) : share;

/**
 * How strongly groups are to be drawn to the whole, in trials: the α + β of the beta-binomial distribution about each share, one
 * for all of them, of the greatest likelihood (Skellam, Journal of the Royal Statistical Society B 10, 1948, pp. 257–261). The
 * more alike the groups are, the greater; {@link mostStrength} where chance alone explains their differences, and where nothing
 * was counted.
 */
export function estimateStrength(counts: GroupedCounts): number {
  const cells = informativeCells(counts);
  if (cells.length === 0) return mostStrength;
  const at = (step: number): number =>
    Math.log(leastStrength) + (step / gridSteps) * Math.log(mostStrength / leastStrength);
  const likelihood = (logStrength: number): number => logLikelihood(cells, Math.exp(logStrength));
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let step = 0; step <= gridSteps; step++) {
    const value = likelihood(at(step));
    if (value > most) {
      most = value;
      best = step;
    }
  }
  if (best === gridSteps) return mostStrength;
  return Math.exp(highest(likelihood, at(Math.max(0, best - 1)), at(best + 1)));
}

interface Cell {
  readonly share: number;
  readonly successes: number;
  readonly trials: number;
}

/** Those that the strength makes a difference to: one trial is as likely whatever it is. */
function informativeCells({ groups, shares, successes, trials }: GroupedCounts): Cell[] {
  const step = Math.max(1, Math.ceil(shares.length / mostShares));
  const cells: Cell[] = [];
  for (let i = 0; i < shares.length; i += step) {
    if (!(shares[i] > 0 && shares[i] < 1)) continue;
    for (let group = 0; group < groups; group++) {
      const at = group * shares.length + i;
      if (trials[at] > 1) cells.push({ share: shares[i], successes: successes[at], trials: trials[at] });
    }
  }
  return cells;
}

/** Of the beta-binomial distribution, but for the number of ways, which does not depend on the strength. */
function logLikelihood(cells: readonly Cell[], strength: number): number {
  const whole = logGamma(strength);
  let sum = 0;
  for (const { share, successes, trials } of cells) {
    const a = share * strength;
    const b = strength - a;
    sum +=
      logGamma(a + successes) -
      logGamma(a) +
      logGamma(b + trials - successes) -
      logGamma(b) -
      logGamma(strength + trials) +
      whole;
  }
  return sum;
}

/** Where a function of one peak is highest: golden section search (Kiefer, Proceedings of the AMS 4, 1953, pp. 502–506). */
function highest(f: (x: number) => number, low: number, high: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let from = low;
  let to = high;
  let left = to - ratio * (to - from);
  let right = from + ratio * (to - from);
  let atLeft = f(left);
  let atRight = f(right);
  for (let n = 0; n < refinements; n++) {
    if (atLeft > atRight) {
      to = right;
      right = left;
      atRight = atLeft;
      left = to - ratio * (to - from);
      atLeft = f(left);
    } else {
      from = left;
      left = right;
      atLeft = atRight;
      right = from + ratio * (to - from);
      atRight = f(right);
    }
  }
  return (from + to) / 2;
}
