/** How unevenly money is spread over customers, from the best one down. */
export interface Concentration {
  readonly customers: number;
  readonly total: number;
  /** Customers of a value below 0. */
  readonly negative: number;
  /**
   * Gini's coefficient, the mean difference of two customers over twice the mean: 0 where all bring the same, near 1 where
   * one brings all; above 1 is possible where some values are negative. Null where the total is not above 0.
   */
  readonly gini: number | null;
  /** After 0 %, 1 %, … 100 % of the customers, at most 101 points, the best first. */
  readonly curve: readonly CurvePoint[];
  /** What the best 1, 5, 10, 20 and 50 % of the customers bring; the number of customers is rounded up. */
  readonly top: readonly TopShare[];
  /** How many of the best customers it takes for 80 % of the total; null where the total is not above 0. */
  readonly forFourFifths: { readonly customers: number; readonly customerShare: number } | null;
  /**
   * The highest point of the curve: what all customers above 0 bring together. Where others lose money the share is above
   * 1 (the "whale curve" of customer profit: Kaplan and Narayanan, Measuring and Managing Customer Profitability, 2001).
   */
  readonly peak: TopShare;
  /** Why shares are null, if they are. */
  readonly code: 'no-customers' | 'no-positive-total' | null;
}

export interface CurvePoint {
  readonly customers: number;
  readonly customerShare: number;
  /** What they bring together. */
  readonly value: number;
  /** Of the total; null where that is not above 0. */
  readonly valueShare: number | null;
}

export interface TopShare extends CurvePoint {
  /** What one of them brings, in averages of all customers; null where `valueShare` is. */
  readonly timesAverage: number | null;
}

const topShares = [0.01, 0.05, 0.1, 0.2, 0.5];

/**
 * @param values finite, by customer in any order; equal ones change places without any effect
 */
export function concentrationOf(values: Float64Array): Concentration {
  const ascending = values.toSorted();
  const n = ascending.length;
  const sums = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) sums[i + 1] = sums[i] + ascending[n - 1 - i];
  const total = sums[n];
  const isShared = total > 0;
  const pointAt = (customers: number): CurvePoint => ({
    customers,
    customerShare: n === 0 ? 0 : customers / n,
    value: sums[customers],
    valueShare: isShared ? sums[customers] / total : null,
  });
  const topAt = (customers: number): TopShare => {
    const point = pointAt(customers);
    const timesAverage =
      point.valueShare === null || customers === 0 ? null : point.valueShare / point.customerShare;
    return { ...point, timesAverage };
  };
  const steps = Math.min(n, 100);
  return {
    customers: n,
    total,
    negative: countUntil(ascending, (value) => value >= 0),
    gini: isShared ? giniOf(ascending, total) : null,
    curve: Array.from({ length: steps + 1 }, (_, i) => pointAt(Math.round((i * n) / Math.max(1, steps)))),
    top: n === 0 ? [] : topShares.map((share) => topAt(roundedUp(share * n))),
    forFourFifths: isShared ? fourFifths(sums, total) : null,
    peak: topAt(n - countUntil(ascending, (value) => value > 0)),
    code: n === 0 ? 'no-customers' : isShared ? null : 'no-positive-total',
  };
}

/** "The best 20 % of the customers (868 of 4,338) bring 75 % of the revenue." */
export function concentrationSentence({ top, code, peak, customers }: Concentration, what: string): string {
  if (code === 'no-customers') return 'No customer has ordered yet.';
  if (code === 'no-positive-total')
    return `All customers together bring no ${what}, so there are no shares of it.`;
  const fifth = top.find(({ customers: count }) => count === roundedUp(0.2 * customers))!;
  const best =
    `The best 20 % of the customers (${english(fifth.customers)} of ${english(customers)}) bring ` +
    `${percent(fifth.valueShare!)} of the ${what}.`;
  if (peak.valueShare! <= 1.005) return best;
  return (
    `${best} All that bring any (${percent(peak.customerShare)} of them) make ${percent(peak.valueShare!)} of it, ` +
    'and the others lose the rest again.'
  );
}

/** @param ascending of a total above 0 */
function giniOf(ascending: Float64Array, total: number): number {
  const n = ascending.length;
  let weighted = 0;
  for (let i = 0; i < n; i++) weighted += (2 * i + 1 - n) * ascending[i];
  return Math.max(0, weighted / (n * total));
}

function fourFifths(sums: Float64Array, total: number): { customers: number; customerShare: number } {
  // A sum of many values may fall short of its share by its rounding.
  const customers = sums.findIndex((sum) => sum >= 0.8 * total * (1 - 1e-12));
  return { customers, customerShare: customers / (sums.length - 1) };
}

/** How many values come before the first that is wanted. */
function countUntil(ascending: Float64Array, isWanted: (value: number) => boolean): number {
  const first = ascending.findIndex(isWanted);
  return first < 0 ? ascending.length : first;
}

/** So that 20 % of 10 are 2, whatever the product is in binary. */
const roundedUp = (count: number): number => Math.ceil(count - 1e-9);

const english = (count: number): string => count.toLocaleString('en');
const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
