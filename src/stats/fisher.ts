import {
  hypergeometricLogPmf,
  hypergeometricMode,
  logLowerTail,
  logUpperTail,
  lowerTail,
  upperTail,
} from './hypergeometric.ts';
import { checkTable, type TwoByTwo } from './two-by-two.ts';

// Fisher's exact test of a 2×2 table: given the margins, n11 of independent things is hypergeometric (Fisher,
// Statistical Methods for Research Workers, 5th edition, 1934, section 21.02). All functions throw PairwellError
// `bad-input` for counts that are not whole numbers ≥ 0.

/** The p-value against "greater": the probability of as many together or more. */
export function fisherGreater(table: TwoByTwo): number {
  return Math.exp(logFisherGreater(table));
}

/** The p-value against "less": the probability of as few together or fewer. */
export function fisherLess(table: TwoByTwo): number {
  return Math.exp(logFisherLess(table));
}

/** ln of {@link fisherGreater}, which does not underflow. */
export function logFisherGreater(table: TwoByTwo): number {
  const { total, successes, draws } = margins(table);
  return logUpperTail(table.n11, total, successes, draws);
}

/** ln of {@link fisherLess}, which does not underflow. */
export function logFisherLess(table: TwoByTwo): number {
  const { total, successes, draws } = margins(table);
  return logLowerTail(table.n11, total, successes, draws);
}

/**
 * The two-sided p-value: the probability of all tables that are no more probable than this one, give or take a relative
 * 1e-7 as in R's `fisher.test`. Takes two tails and O(log n) terms besides.
 */
export function fisherTwoSided(table: TwoByTwo): number {
  const { total, successes, draws } = margins(table);
  const logPmf = (k: number): number => hypergeometricLogPmf(k, total, successes, draws);
  const limit = logPmf(table.n11) + Math.log1p(1e-7);
  const mode = hypergeometricMode(total, successes, draws);
  if (logPmf(mode) <= limit) return 1;

  // Probabilities fall on both sides of the mode. Beyond the ends of the range they are 0.
  const lowest = Math.max(0, draws + successes - total);
  const highest = Math.min(draws, successes);
  const above = firstWhere(mode + 1, highest + 1, (k) => logPmf(k) <= limit);
  const below = mode - firstWhere(1, mode - lowest + 1, (distance) => logPmf(mode - distance) <= limit);
  return Math.min(1, lowerTail(below, total, successes, draws) + upperTail(above, total, successes, draws));
}

/** The first whole number from `low` on where `holds`, which holds at `high` and from the first on. */
function firstWhere(low: number, high: number, holds: (k: number) => boolean): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return to;
}

function margins(table: TwoByTwo): { total: number; successes: number; draws: number } {
  checkTable(table);
  const { n11, n10, n01, n00 } = table;
  return { total: n11 + n10 + n01 + n00, successes: n11 + n01, draws: n11 + n10 };
}
