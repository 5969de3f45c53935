import { PairwellError } from '../errors.ts';
import { normalQuantile } from './normal.ts';
import { deviance, halfLogTwoPi, stirlingErrorOfCount } from './saddle-point.ts';

// Of `total` things `successes` are special; `draws` are taken without replacement, and X of them are special. For a
// rule: of all transactions some hold the consequent; the antecedent "draws" its transactions; X hold both. All
// counts are whole numbers, 0 ≤ successes, draws ≤ total. Where X cannot reach k, probabilities are 0 and their
// logarithms −∞.

/**
 * ln P(X = k), to 1e-14 or so (relative below −1) however large the counts are, in O(1): by Stirling's formula it is
 * minus half the G statistic of the 2×2 table and a small rest (after Loader, "Fast and accurate computation of
 * binomial probabilities", 2000).
 *
 * @throws PairwellError `bad-input` for impossible counts
 */
export function hypergeometricLogPmf(k: number, total: number, successes: number, draws: number): number {
  checkCounts(k, total, successes, draws);
  return logPmf(k, total, successes, draws);
}

/**
 * ln P(X ≥ k), to a relative 1e-13 or so wherever it lies, −1e-30 or −5000. It takes one {@link hypergeometricLogPmf}
 * and a step of a few nanoseconds for each further term that matters: a handful far from the mean, some eight standard
 * deviations of X near it, so O(√draws) at worst.
 *
 * @throws PairwellError `bad-input` for impossible counts
 */
export function logUpperTail(k: number, total: number, successes: number, draws: number): number {
  checkCounts(k, total, successes, draws);
  return logUpper(k, total, successes, draws);
}

/** ln P(X ≤ k); see {@link logUpperTail}. */
export function logLowerTail(k: number, total: number, successes: number, draws: number): number {
  checkCounts(k, total, successes, draws);
  return logUpper(draws - k, total, total - successes, draws);
}

/** P(X ≥ k), which fades to 0 below 1e-308; see {@link logUpperTail}. */
export function upperTail(k: number, total: number, successes: number, draws: number): number {
  return Math.exp(logUpperTail(k, total, successes, draws));
}

/** P(X ≤ k), which fades to 0 below 1e-308; see {@link logUpperTail}. */
export function lowerTail(k: number, total: number, successes: number, draws: number): number {
  return Math.exp(logLowerTail(k, total, successes, draws));
}

/** The most probable k. */
export function hypergeometricMode(total: number, successes: number, draws: number): number {
  return Math.floor(((draws + 1) * (successes + 1)) / (total + 2));
}

/**
 * The smallest k with P(X ≤ k) ≥ p. As in R's `qhyper`, a probability that falls short of p by a relative 2e-13 will
 * do, so that rounding does not add one. It takes two or three tails.
 *
 * @param p 0 … 1
 * @throws PairwellError `bad-input` for another p or impossible counts
 */
export function hypergeometricQuantile(p: number, total: number, successes: number, draws: number): number {
  if (!(p >= 0 && p <= 1)) {
    throw new PairwellError('bad-input', `A probability lies between 0 and 1, not at ${p}.`, { p });
  }
  checkCounts(0, total, successes, draws);
  const lowest = Math.max(0, draws + successes - total);
  const highest = Math.min(draws, successes);
  if (p === 0 || lowest === highest) return lowest;
  if (p === 1) return highest;
  const logP = Math.log(p) - 1000 * Number.EPSILON;
  const reaches = (k: number): boolean => logUpper(draws - k, total, total - successes, draws) >= logP;

  const mean = (draws * successes) / total;
  const variance = (mean * (1 - successes / total) * (total - draws)) / (total - 1);
  const z = normalQuantile(p);
  // A normal's quantile and what skewness adds to it (the first terms of Cornish and Fisher's expansion, 1938).
  const skew = ((1 - (2 * successes) / total) * (1 - (2 * draws) / total) * (z * z - 1)) / 6;
  const guess = Math.round(mean + Math.sqrt(variance) * z + skew);
  let high = Math.min(highest, Math.max(lowest, guess));
  let low = high;
  // Steps that double: the guess is mostly right or one off, but far out in a tail it may be very wrong.
  if (reaches(high)) {
    low = high - 1;
    for (let step = 2; low >= lowest && reaches(low); step *= 2) {
      high = low;
      low = Math.max(lowest - 1, low - step);
    }
  } else {
    high = low + 1;
    for (let step = 2; !reaches(high); step *= 2) {
      low = high;
      high = Math.min(highest, high + step);
    }
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (reaches(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function logPmf(k: number, total: number, successes: number, draws: number): number {
  const failures = total - successes;
  const left = total - draws;
  // The cells of the 2×2 table.
  const a = k;
  const b = draws - k;
  const c = successes - k;
  const d = failures - b;
  if (a < 0 || b < 0 || c < 0 || d < 0) return Number.NEGATIVE_INFINITY;
  if (total === 0) return 0;
  // In every cell, observed less expected is this, in one diagonal with the other sign.
  const more = (a * d - b * c) / total;
  const halfG =
    deviance(a, (draws * successes) / total, more) +
    deviance(b, (draws * failures) / total, -more) +
    deviance(c, (left * successes) / total, -more) +
    deviance(d, (left * failures) / total, more);
  const stirling =
    stirlingErrorOfCount(draws) +
    stirlingErrorOfCount(left) +
    stirlingErrorOfCount(successes) +
    stirlingErrorOfCount(failures) -
    stirlingErrorOfCount(total) -
    stirlingErrorOfCount(a) -
    stirlingErrorOfCount(b) -
    stirlingErrorOfCount(c) -
    stirlingErrorOfCount(d);
  const margins = (draws || 1) * (left || 1) * (successes || 1) * (failures || 1);
  const cells = (a || 1) * (b || 1) * (c || 1) * (d || 1);
  return 0.5 * Math.log(margins / (total * cells)) - halfLogTwoPi + stirling - halfG;
}

function logUpper(k: number, total: number, successes: number, draws: number): number {
  if (k <= Math.max(0, draws + successes - total)) return 0;
  if (k > Math.min(draws, successes)) return Number.NEGATIVE_INFINITY;
  if (k > hypergeometricMode(total, successes, draws)) return logSumFrom(k, total, successes, draws);
  // The other tail is the smaller one: draws − X are not special.
  return Math.log1p(-Math.exp(logSumFrom(draws - k + 1, total, total - successes, draws)));
}

/** ln P(X ≥ k) for k above the mode, where terms fall. */
function logSumFrom(k: number, total: number, successes: number, draws: number): number {
  const first = logPmf(k, total, successes, draws);
  // Each term by its ratio to the one before; the last has ratio 0.
  let unusedSuccesses = successes - k;
  let unusedDraws = draws - k;
  let x = k + 1;
  let others = total - successes - draws + x;
  let term = 1;
  let sum = 1;
  while (term > sum * 1e-17) {
    term *= (unusedSuccesses * unusedDraws) / (x * others);
    sum += term;
    unusedSuccesses--;
    unusedDraws--;
    x++;
    others++;
  }
  return first + Math.log(sum);
}

/** @throws PairwellError `bad-input` unless these are whole numbers, and `successes` and `draws` within 0 … `total` */
function checkCounts(k: number, total: number, successes: number, draws: number): void {
  const areWhole = Number.isSafeInteger(total) && Number.isInteger(successes) && Number.isInteger(draws);
  if (
    areWhole &&
    Number.isInteger(k) &&
    successes >= 0 &&
    draws >= 0 &&
    successes <= total &&
    draws <= total
  ) {
    return;
  }
  throw new PairwellError(
    'bad-input',
    `Counts must be whole numbers within the total: not ${k} of ${draws} drawn from ${total} with ${successes} special.`,
    { k, total, successes, draws },
  );
}
