import { PairwellError } from '../errors.ts';
import { normalUpperTail } from './normal.ts';

/** Of one group: how many there were and how many of them had what is looked for. */
export interface ScoredCounts {
  /** What the share may rise or fall with, such as a dose. */
  readonly score: number;
  readonly cases: number;
  readonly total: number;
}

export interface TrendTest {
  /** Above 0 where the share rises with the score. 0 where nothing can be told: all alike in score or outcome. */
  readonly z: number;
  /** Two-sided. */
  readonly p: number;
}

/**
 * Whether a share rises or falls with a score (Cochran, Biometrics 10, 1954; Armitage, Biometrics 11, 1955); as R's
 * `prop.trend.test`, z² being its statistic.
 *
 * @throws PairwellError `bad-input` for counts that are not whole numbers, 0 ≤ cases ≤ total, or a score that is not finite
 */
export function cochranArmitage(groups: readonly ScoredCounts[]): TrendTest {
  const { more, variance, total } = trendOf(groups);
  // With the variance of a binomial, where Mantel's has n − 1 for n.
  return testOf(more, total > 1 ? (variance * (total - 1)) / total : 0);
}

/**
 * The same within strata, where what differs between them cannot pretend a trend: Mantel's extension test (Journal of the
 * American Statistical Association 58, 1963), of the summed excess.
 */
export function mantelTrend(strata: readonly (readonly ScoredCounts[])[]): TrendTest {
  let [more, variance] = [0, 0];
  for (const groups of strata) {
    const ofStratum = trendOf(groups);
    more += ofStratum.more;
    variance += ofStratum.variance;
  }
  return testOf(more, variance);
}

/** The sum of the cases' scores less what is expected of independent things, and its hypergeometric variance. */
function trendOf(groups: readonly ScoredCounts[]): { more: number; variance: number; total: number } {
  let [n, cases, mean] = [0, 0, 0];
  for (const group of groups) {
    check(group);
    n += group.total;
    cases += group.cases;
  }
  if (n < 2) return { more: 0, variance: 0, total: n };
  for (const { score, total } of groups) mean += (score * total) / n;
  let [more, squares] = [0, 0];
  for (const group of groups) {
    more += (group.score - mean) * group.cases;
    squares += (group.score - mean) ** 2 * group.total;
  }
  return { more, variance: (cases / n) * ((n - cases) / (n - 1)) * squares, total: n };
}

function testOf(more: number, variance: number): TrendTest {
  const z = variance > 0 ? more / Math.sqrt(variance) : 0;
  return { z, p: Math.min(1, 2 * normalUpperTail(Math.abs(z))) };
}

function check({ score, cases, total }: ScoredCounts): void {
  const areCounts = Number.isSafeInteger(cases) && Number.isSafeInteger(total);
  if (areCounts && cases >= 0 && cases <= total && Number.isFinite(score)) return;
  const message = `There cannot be ${cases} cases among ${total} at a score of ${score}.`;
  throw new PairwellError('bad-input', message, { cases, total, score: String(score) });
}
