import { type ChiSquareTest, chiSquareTest } from './chi-square.ts';
import type { Strata } from './strata.ts';

export interface BreslowDay {
  readonly plain: ChiSquareTest;
  /** With Tarone's correction for an odds ratio that is not the most likely one (Biometrika 72, 1985). */
  readonly tarone: ChiSquareTest;
}

/**
 * Whether strata have an odds ratio in common: the test of Breslow and Day (Statistical Methods in Cancer Research 1,
 * 1980, p. 142). It wants counts of 5 or so in every cell that the common ratio leads to expect. With one stratum, or
 * a ratio of 0 or ∞, which all strata then have, the statistic is 0 and p is 1.
 *
 * @param chosen the strata that count; all have four margins
 * @param oddsRatio the Mantel–Haenszel estimate from these strata
 */
export function breslowDay(strata: Strata, chosen: Int32Array, oddsRatio: number): BreslowDay {
  const { n11, n10, n01, n00 } = strata;
  const degreesOfFreedom = chosen.length - 1;
  if (degreesOfFreedom === 0 || oddsRatio === 0 || oddsRatio === Number.POSITIVE_INFINITY) {
    const same = { statistic: 0, degreesOfFreedom, p: 1 };
    return { plain: same, tarone: same };
  }
  let statistic = 0;
  let more = 0;
  let variance = 0;
  for (const s of chosen) {
    const row = n11[s] + n10[s];
    const column = n11[s] + n01[s];
    const others = n01[s] + n00[s];
    const a = expectedCount(row, others, column, oddsRatio);
    const ofStratum = 1 / (1 / a + 1 / (row - a) + 1 / (column - a) + 1 / (others - column + a));
    statistic += (n11[s] - a) ** 2 / ofStratum;
    more += n11[s] - a;
    variance += ofStratum;
  }
  const tarone = Math.max(0, statistic - more ** 2 / variance);
  return {
    plain: chiSquareTest(statistic, degreesOfFreedom),
    tarone: chiSquareTest(tarone, degreesOfFreedom),
  };
}

/** The n11 for which a table of these margins has this odds ratio, though it be no whole number. */
function expectedCount(row: number, others: number, column: number, oddsRatio: number): number {
  // (oddsRatio − 1) a² − b a + c = 0, by whichever form does not cancel.
  const b = oddsRatio * (row + column) + others - column;
  const c = oddsRatio * row * column;
  const root = Math.sqrt(Math.max(0, b * b - 4 * (oddsRatio - 1) * c));
  return b >= 0 ? (2 * c) / (b + root) : (b - root) / (2 * (oddsRatio - 1));
}
