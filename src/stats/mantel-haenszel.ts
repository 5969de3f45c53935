import { breslowDay } from './breslow-day.ts';
import { type ChiSquareTest, chiSquareTest } from './chi-square.ts';
import { informativeStrata, type Strata, summedTable } from './strata.ts';
import { type OddsRatio, oddsRatio, oddsRatioWithin } from './two-by-two.ts';

export interface MantelHaenszel {
  /** How many strata told something, and how many had a zero margin and were left out (of all but `crude`). */
  readonly strata: number;
  readonly leftOut: number;
  /** The odds ratio of all strata's summed table, with Woolf's interval: what one sees who does not stratify. */
  readonly crude: OddsRatio;
  /** The odds ratio that the strata have in common, with the interval of Robins, Breslow and Greenland. */
  readonly common: OddsRatio;
  /** M²: whether there is an association within the strata. */
  readonly association: ChiSquareTest;
  /** The same with the continuity correction that R applies unless told otherwise. */
  readonly associationCorrected: ChiSquareTest;
  /** Breslow and Day's test: whether the strata's odds ratios differ, so that a common one misleads. */
  readonly homogeneity: ChiSquareTest;
  /** The same with Tarone's correction. */
  readonly homogeneityTarone: ChiSquareTest;
}

/**
 * What is left of an association within strata, where what differs between them cannot pretend one (Simpson's
 * paradox): the Mantel–Haenszel test and common odds ratio (Journal of the National Cancer Institute 22, 1959; the
 * interval: Robins, Breslow and Greenland, Biometrics 42, 1986; the tests of homogeneity: Breslow and Day,
 * Statistical Methods in Cancer Research 1, 1980, and Tarone, Biometrika 72, 1985). Where no stratum has both of n10
 * and n01, or none both of n11 and n00, the odds ratio is ∞ or 0 and its interval 0 … ∞. Takes O(strata).
 *
 * @param level confidence of the intervals
 * @throws PairwellError `bad-input` when the columns differ in length, a count is not a whole number ≥ 0, no stratum
 *   has all four margins, or for a level not between 0 and 1
 */
export function mantelHaenszel(strata: Strata, level = 0.95): MantelHaenszel {
  const { n11, n10, n01, n00 } = strata;
  const chosen = informativeStrata(strata);
  let concordant = 0;
  let discordant = 0;
  let [pr, psQr, qs] = [0, 0, 0];
  let more = 0;
  let variance = 0;
  for (const s of chosen) {
    const [a, b, c, d] = [n11[s], n10[s], n01[s], n00[s]];
    const n = a + b + c + d;
    const r = (a * d) / n;
    const q = (b * c) / n;
    const concordantShare = (a + d) / n;
    concordant += r;
    discordant += q;
    pr += concordantShare * r;
    psQr += concordantShare * q + (1 - concordantShare) * r;
    qs += (1 - concordantShare) * q;
    // n11 less what is expected of independent things, and its hypergeometric variance.
    more += r - q;
    variance += ((a + b) / n) * ((c + d) / n) * ((a + c) / (n - 1)) * (b + d);
  }
  const estimate = concordant / discordant;
  const logVariance =
    pr / (2 * concordant ** 2) + psQr / (2 * concordant * discordant) + qs / (2 * discordant ** 2);
  // As in R: differences below one half are not corrected.
  const corrected = Math.abs(more) >= 0.5 ? Math.abs(more) - 0.5 : more;
  const { plain, tarone } = breslowDay(strata, chosen, estimate);
  return {
    strata: chosen.length,
    leftOut: n11.length - chosen.length,
    crude: oddsRatio(summedTable(strata), level),
    common: oddsRatioWithin(estimate, logVariance, level),
    association: chiSquareTest(more ** 2 / variance, 1),
    associationCorrected: chiSquareTest(corrected ** 2 / variance, 1),
    homogeneity: plain,
    homogeneityTarone: tarone,
  };
}
