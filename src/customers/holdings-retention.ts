import { binomialInterval } from '../stats/binomial-interval.ts';
import { type MantelHaenszel, mantelHaenszel } from '../stats/mantel-haenszel.ts';
import { cochranArmitage, mantelTrend, type ScoredCounts, type TrendTest } from '../stats/trend.ts';
import type { OddsRatio } from '../stats/two-by-two.ts';

/** How many of some customers were kept. */
export interface KeptShare {
  readonly customers: number;
  readonly kept: number;
  /** Null without customers. */
  readonly share: number | null;
  /** Wilson's interval; 0 … 1 without customers. */
  readonly low: number;
  readonly high: number;
}

export interface KindsRow extends KeptShare {
  /** They held from so many kinds … */
  readonly from: number;
  /** … to so many. Null in the last of many rows: or more. */
  readonly to: number | null;
}

/** The same among customers who were alike in something else. */
export interface WithinStrata {
  /** Customers who hold so many kinds or more are set against those who hold fewer. */
  readonly manyFrom: number;
  readonly strata: readonly { readonly stratum: string; readonly few: KeptShare; readonly many: KeptShare }[];
  /** The odds to be kept of those who hold many over those of the others: as it looks, and within strata (Mantel and Haenszel). */
  readonly crude: KnownOddsRatio;
  readonly common: KnownOddsRatio;
  readonly p: number;
  /** Below 0.05 or so the strata differ and one odds ratio for all misleads (Breslow and Day). */
  readonly homogeneityP: number;
  /** Whether the share rises with each further kind, within strata (Mantel's extension test). */
  readonly trend: TrendTest;
}

/** Null where it is infinite or not defined, as no customer was lost or kept. */
export interface KnownOddsRatio {
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface RetentionByKinds {
  readonly all: KeptShare;
  /** Ascending: every number of kinds that somebody held or, where there are more than ten, classes of them. */
  readonly rows: readonly KindsRow[];
  /** Whether the share rises with each further kind (Cochran and Armitage). */
  readonly trend: TrendTest;
  /** Null where no stratum can tell: in each all or none were kept, or hold many. */
  readonly withinStrata: WithinStrata | null;
}

export interface HeldAndKept {
  /** By customer, ≥ 0. */
  readonly kinds: Int32Array;
  /** By customer: 1 where it was kept. */
  readonly kept: Uint8Array;
  /** By customer: a position in `strata`. */
  readonly stratum: Int32Array;
  /** Their names. */
  readonly strata: readonly string[];
}

/** Where the rows begin if one for each number of kinds would be too many. */
const classStarts = [0, 1, 2, 3, 4, 5, 7, 10, 15, 25, 50, 100];
const mostRows = 10;

/**
 * How many customers were kept, by the number of kinds they held.
 *
 * @param level confidence of all intervals
 * @throws PairwellError `bad-input` for a level not between 0 and 1
 */
export function retentionByKinds(input: HeldAndKept, level = 0.95): RetentionByKinds {
  const { kinds, kept } = input;
  const everybody = Int32Array.from(kinds.keys());
  const shareOf = (customers: Int32Array): KeptShare => keptShare(customers, kept, level);
  const rows = rowBounds(kinds)
    .map(({ from, to }) => ({
      from,
      to,
      ...shareOf(everybody.filter((c) => kinds[c] >= from && kinds[c] <= (to ?? kinds[c]))),
    }))
    .filter(({ customers }) => customers > 0);
  return {
    all: shareOf(everybody),
    rows,
    trend: cochranArmitage(scoredCounts(everybody, input)),
    withinStrata: within(input, everybody, shareOf, level),
  };
}

function within(
  input: HeldAndKept,
  everybody: Int32Array,
  shareOf: (customers: Int32Array) => KeptShare,
  level: number,
): WithinStrata | null {
  const { kinds, stratum, strata: names } = input;
  const manyFrom = dividing(kinds);
  if (manyFrom === null) return null;
  const members = names.map((_, s) => everybody.filter((c) => stratum[c] === s));
  const strata = names.map((name, s) => ({
    stratum: name,
    few: shareOf(members[s].filter((c) => kinds[c] < manyFrom)),
    many: shareOf(members[s].filter((c) => kinds[c] >= manyFrom)),
  }));
  const tellsSomething = strata.some(({ few, many }) => {
    const kept = few.kept + many.kept;
    return few.customers > 0 && many.customers > 0 && kept > 0 && kept < few.customers + many.customers;
  });
  if (!tellsSomething) return null;
  const column = (count: (stratum: (typeof strata)[number]) => number): Int32Array =>
    Int32Array.from(strata, count);
  const tests: MantelHaenszel = mantelHaenszel(
    {
      n11: column(({ many }) => many.kept),
      n10: column(({ many }) => many.customers - many.kept),
      n01: column(({ few }) => few.kept),
      n00: column(({ few }) => few.customers - few.kept),
    },
    level,
  );
  return {
    manyFrom,
    strata,
    crude: known(tests.crude),
    common: known(tests.common),
    p: tests.association.p,
    homogeneityP: tests.homogeneityTarone.p,
    trend: mantelTrend(members.map((ofStratum) => scoredCounts(ofStratum, input))),
  };
}

function rowBounds(kinds: Int32Array): { from: number; to: number | null }[] {
  const held = [...new Set(kinds)].sort((a, b) => a - b);
  if (held.length <= mostRows) return held.map((count) => ({ from: count, to: count }));
  return classStarts.map((from, at) => ({
    from,
    to: at + 1 < classStarts.length ? classStarts[at + 1] - 1 : null,
  }));
}

/** Where "many" begins so that both sides are as large as they can be alike; null where all hold as many. */
function dividing(kinds: Int32Array): number | null {
  const sorted = kinds.toSorted();
  const from = [...new Set(sorted)].slice(1);
  const below = (count: number): number => sorted.findIndex((held) => held >= count);
  const unlike = (count: number): number => Math.abs(2 * below(count) - sorted.length);
  return from.reduce<number | null>(
    (best, count) => (best === null || unlike(count) < unlike(best) ? count : best),
    null,
  );
}

function scoredCounts(customers: Int32Array, { kinds, kept }: HeldAndKept): ScoredCounts[] {
  const byKinds = new Map<number, { cases: number; total: number }>();
  for (const c of customers) {
    const { cases, total } = byKinds.get(kinds[c]) ?? { cases: 0, total: 0 };
    byKinds.set(kinds[c], { cases: cases + kept[c], total: total + 1 });
  }
  return Array.from(byKinds, ([score, counts]) => ({ score, ...counts }));
}

function keptShare(customers: Int32Array, kept: Uint8Array, level: number): KeptShare {
  let count = 0;
  for (const c of customers) count += kept[c];
  return {
    customers: customers.length,
    kept: count,
    share: customers.length > 0 ? count / customers.length : null,
    ...binomialInterval(count, customers.length, level, 'wilson'),
  };
}

function known({ estimate, low, high }: OddsRatio): KnownOddsRatio {
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return { estimate: finite(estimate), low: finite(low), high: finite(high) };
}
