import { PairwellError } from '../../errors.ts';
import { mantelHaenszel } from '../../stats/mantel-haenszel.ts';
import { normalCriticalValue, normalUpperTail } from '../../stats/normal.ts';
import type { Strata } from '../../stats/strata.ts';

/** Who was looked at, when, and what came of it: one row each; a customer may be looked at in several strata. */
export interface Observations {
  readonly customer: Int32Array;
  /** Numbers from 0 on, such as months. */
  readonly stratum: Int32Array;
  readonly isExposed: Uint8Array;
  readonly hasLeft: Uint8Array;
}

/** How much likelier leaving is for the exposed than for others of the same stratum. */
export interface MatchedRisk {
  readonly exposed: number;
  readonly exposedLeft: number;
  readonly others: number;
  readonly othersLeft: number;
  /** Of the exposed, in strata that have both; null without any. */
  readonly rate: number | null;
  /** What the others' rate would be had they been looked at in the months in which the exposed were; null without any. */
  readonly othersRate: number | null;
  /** Exposed rows in strata without others, which tell nothing. */
  readonly unmatched: number;
  /** Mantel and Haenszel's risk ratio; null where it is 0, infinite or not known. */
  readonly riskRatio: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Two-sided, of a ratio of 1; null as above. */
  readonly p: number | null;
  /** The odds ratio in common and the p-value of its being the same in all strata (Tarone); null where no stratum tells. */
  readonly oddsRatio: number | null;
  readonly homogeneityP: number | null;
}

/**
 * The Mantel–Haenszel risk ratio, Σ a n₀/N over Σ b n₁/N, a and b being those of the n₁ exposed and n₀ others of a stratum who left
 * (Rothman, Greenland and Lash, Modern Epidemiology, 2008, p. 274). Its interval is of a sandwich variance that sums what each
 * customer's rows move the logarithm by before squaring (Liang and Zeger, Biometrika 73, 1986), since one customer is looked at again
 * and again; where each is seen once it is the binomial one of the delta method.
 *
 * @param level confidence of the interval
 * @throws PairwellError `bad-input` for columns of different lengths or a level not between 0 and 1
 */
export function matchedRisk(observations: Observations, level = 0.95): MatchedRisk {
  const { customer, stratum, isExposed, hasLeft } = observations;
  const rows = customer.length;
  if ([stratum, isExposed, hasLeft].some(({ length }) => length !== rows))
    throw new PairwellError('bad-input', 'The columns of observations must be as long as one another.');
  const strata = countsOf(observations);
  const { n11, n10, n01, n00 } = strata;
  let [more, fewer, matched, matchedLeft, expected] = [0, 0, 0, 0, 0];
  for (let s = 0; s < n11.length; s++) {
    const [exposed, others] = [n11[s] + n10[s], n01[s] + n00[s]];
    if (exposed === 0 || others === 0) continue;
    more += (n11[s] * others) / (exposed + others);
    fewer += (n01[s] * exposed) / (exposed + others);
    matched += exposed;
    matchedLeft += n11[s];
    expected += (n01[s] / others) * exposed;
  }
  const sum = (column: Int32Array): number => column.reduce((total, count) => total + count, 0);
  const exposed = sum(n11) + sum(n10);
  const counts = {
    exposed,
    exposedLeft: sum(n11),
    others: sum(n01) + sum(n00),
    othersLeft: sum(n01),
    rate: matched > 0 ? matchedLeft / matched : null,
    othersRate: matched > 0 ? expected / matched : null,
    unmatched: exposed - matched,
  };
  const z = normalCriticalValue(level);
  const odds = oddsOf(strata, level);
  if (!(more > 0 && fewer > 0))
    return { ...counts, riskRatio: null, low: null, high: null, p: null, ...odds };
  const deviation = Math.sqrt(sandwich(observations, strata, more, fewer));
  const riskRatio = more / fewer;
  return {
    ...counts,
    riskRatio,
    low: riskRatio * Math.exp(-z * deviation),
    high: riskRatio * Math.exp(z * deviation),
    p: deviation > 0 ? Math.min(1, 2 * normalUpperTail(Math.abs(Math.log(riskRatio)) / deviation)) : null,
    ...odds,
  };
}

interface Tables extends Strata {
  readonly n11: Int32Array;
  readonly n10: Int32Array;
  readonly n01: Int32Array;
  readonly n00: Int32Array;
}

function countsOf({ stratum, isExposed, hasLeft }: Observations): Tables {
  const size = stratum.reduce((most, s) => Math.max(most, s + 1), 0);
  const make = (): Int32Array => new Int32Array(size);
  const tables = { n11: make(), n10: make(), n01: make(), n00: make() };
  for (let row = 0; row < stratum.length; row++)
    tables[`n${isExposed[row] ? 1 : 0}${hasLeft[row] ? 1 : 0}`][stratum[row]]++;
  return tables;
}

/** The variance of the logarithm of the ratio, customers being independent of one another. */
function sandwich(
  { customer, stratum, isExposed, hasLeft }: Observations,
  { n11, n10, n01, n00 }: Tables,
  more: number,
  fewer: number,
): number {
  const moved = new Map<number, number>();
  for (let row = 0; row < customer.length; row++) {
    const s = stratum[row];
    const [exposed, others] = [n11[s] + n10[s], n01[s] + n00[s]];
    if (exposed === 0 || others === 0) continue;
    const all = exposed + others;
    const by = isExposed[row]
      ? ((others / all) * (hasLeft[row] - n11[s] / exposed)) / more
      : (-(exposed / all) * (hasLeft[row] - n01[s] / others)) / fewer;
    moved.set(customer[row], (moved.get(customer[row]) ?? 0) + by);
  }
  let variance = 0;
  for (const by of moved.values()) variance += by * by;
  return variance;
}

function oddsOf(strata: Tables, level: number): { oddsRatio: number | null; homogeneityP: number | null } {
  const { n11, n10, n01, n00 } = strata;
  const [more, fewer] = [n11, n01].map((column, side) =>
    column.some((count, s) => count > 0 && (side === 0 ? n00[s] : n10[s]) > 0),
  );
  // The estimate must be above 0 and finite for the test of homogeneity to be one.
  if (!(more && fewer)) return { oddsRatio: null, homogeneityP: null };
  const { common, homogeneityTarone } = mantelHaenszel(strata, level);
  return { oddsRatio: common.estimate, homogeneityP: homogeneityTarone.p };
}
