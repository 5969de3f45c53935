import { PairwellError } from '../../errors.ts';
import { rowOrder } from '../../stats/column-order.ts';
import {
  type CauseCosts,
  type CauseName,
  causeCosts,
  causeNames,
  causeWords,
  goodsSalesOf,
} from './drain-causes.ts';
import type { CustomerDrivers } from './drivers.ts';
import type { CustomerProfits } from './profit.ts';
import type { CostRates } from './rates.ts';

export interface DrainOptions {
  /** How many customers next in revenue before returns, half of them above and half below, a drain is compared with: 2 … 10,000. Default 100. */
  readonly peers?: number;
}

/** Why each drain is one. Columns by drain. */
export interface Drains {
  /** Their numbers, ascending. */
  readonly customers: Int32Array;
  /** How much more profit the peers make of goods like this customer's, fees left aside, money: the sum of `excess`. */
  readonly shortfall: Float64Array;
  /** By cause, then drain: what it cost more than at the peers' rate, money; below 0 where it cost less. */
  readonly excess: Readonly<Record<CauseName, Float64Array>>;
  /** The position in {@link causeNames} of the largest excess; −1 where nothing cost more than at the peers. */
  readonly cause: Int8Array;
  readonly report: DrainReport;
}

export interface DrainReport {
  readonly drains: number;
  /** How many customers each is compared with; fewer where there are not so many. */
  readonly peers: number;
  readonly definition: string;
  /** By cause, that of the most money first; only those that some drain has. */
  readonly causes: readonly CauseRow[];
  /** Drains for which nothing cost more than at their peers, who then earn as little. */
  readonly asPeers: number;
  /** Why causes are not told, if so: fewer than 5 peers. */
  readonly code: 'no-drains' | 'too-few-peers' | null;
}

export interface CauseRow {
  readonly cause: CauseName;
  readonly words: string;
  /** Drains whose largest excess it is, what they brought and what they made of it. */
  readonly customers: number;
  readonly revenue: number;
  readonly profit: number;
  /** What it cost all drains more than at the peers' rate, where it did, money. */
  readonly excess: number;
  /** Drains whom it cost more at all. */
  readonly concerned: number;
}

const leastPeers = 5;

/**
 * Compares each drain with customers of like revenue before returns: what each cause would cost at the rate of the peers, who together
 * lose a share of their sales of goods at list prices to it. The excesses add up to what the drain's profit, but for fees, lacks. Takes a sort
 * of the customers and O(causes) for each.
 *
 * @param customers the numbers of those with an order
 * @param tier by customer, as `tiersOf` gives it
 * @throws PairwellError `bad-input` for a number of peers out of its range
 */
export function drainsOf(
  customers: Int32Array,
  tier: Int8Array,
  drivers: CustomerDrivers,
  rates: CostRates,
  profits: CustomerProfits,
  { peers: wanted = 100 }: DrainOptions = {},
): Drains {
  if (!(Number.isInteger(wanted) && wanted >= 2 && wanted <= 10_000)) {
    const message = `The number of peers is a whole number from 2 to 10,000, not ${wanted}.`;
    throw new PairwellError('bad-input', message, { peers: String(wanted) });
  }
  const drains = customers.filter((c) => tier[c] === 1);
  const peers = Math.max(0, Math.min(wanted, customers.length - 1));
  const excess = Object.fromEntries(
    causeNames.map((cause) => [cause, new Float64Array(drains.length)]),
  ) as Record<CauseName, Float64Array>;
  const shortfall = new Float64Array(drains.length);
  const cause = new Int8Array(drains.length).fill(-1);
  const sales = goodsSalesOf(drivers);
  const code = drains.length === 0 ? 'no-drains' : peers < leastPeers ? 'too-few-peers' : null;
  if (code === null) {
    const costs = causeCosts(drivers, rates, profits);
    const windows = peerWindows(customers, drains, profits.spent, peers);
    const expected = rateOfPeers(windows, sales);
    for (const name of causeNames) {
      const atPeers = expected(costs[name]);
      drains.forEach((c, i) => {
        excess[name][i] = costs[name][c] - atPeers[i];
        shortfall[i] += excess[name][i];
      });
    }
    drains.forEach((_, i) => {
      cause[i] = largestCause(excess, i, sales[drains[i]]);
    });
  }
  const report = reportOf(drains, cause, excess, sales, profits, peers, code);
  return { customers: drains, shortfall, excess, cause, report };
}

interface PeerWindows {
  /** All customers by size. */
  readonly order: Int32Array;
  /** By drain: its place in `order`, and the window about it, itself included. */
  readonly places: Int32Array;
  readonly from: Int32Array;
  readonly size: number;
}

function peerWindows(
  customers: Int32Array,
  drains: Int32Array,
  size: Float64Array,
  peers: number,
): PeerWindows {
  const order = rowOrder(customers, size, 'ascending');
  const placeOf = new Int32Array(size.length);
  for (let place = 0; place < order.length; place++) placeOf[order[place]] = place;
  const places = drains.map((c) => placeOf[c]);
  // At the ends the window stays as wide: the largest is compared with those next below.
  const last = order.length - 1 - peers;
  const from = places.map((place) => Math.min(last, Math.max(0, place - (peers >> 1))));
  return { order, places, from, size: peers + 1 };
}

/** For a cost by customer: what it would be for each drain if it took the share of the sales that it takes of its peers'. */
function rateOfPeers(
  { order, places, from, size }: PeerWindows,
  sales: Float64Array,
): (cost: Float64Array) => Float64Array {
  const sumsOf = (values: Float64Array): Float64Array => {
    const sums = new Float64Array(order.length + 1);
    for (let i = 0; i < order.length; i++) sums[i + 1] = sums[i] + values[order[i]];
    return sums;
  };
  const inWindow = (sums: Float64Array, values: Float64Array, drain: number): number =>
    sums[from[drain] + size] - sums[from[drain]] - values[order[places[drain]]];
  const salesSums = sumsOf(sales);
  return (cost) => {
    const sums = sumsOf(cost);
    return Float64Array.from(places, (place, i) => {
      const ofPeers = inWindow(salesSums, sales, i);
      // Peers without sales tell nothing: then nothing is expected.
      return ofPeers > 0 ? (inWindow(sums, cost, i) / ofPeers) * sales[order[place]] : 0;
    });
  };
}

function largestCause(excess: CauseCosts, drain: number, sales: number): number {
  let largest = -1;
  let most = roundingOf(sales);
  causeNames.forEach((name, at) => {
    if (excess[name][drain] <= most) return;
    most = excess[name][drain];
    largest = at;
  });
  return largest;
}

/** What is lost in the rounding of long sums is no cause. */
const roundingOf = (sales: number): number => 1e-9 * Math.abs(sales);

function reportOf(
  drains: Int32Array,
  cause: Int8Array,
  excess: CauseCosts,
  sales: Float64Array,
  { revenue, profit }: CustomerProfits,
  peers: number,
  code: DrainReport['code'],
): DrainReport {
  const rows = causeNames.map((name, at): CauseRow => {
    const row = { customers: 0, revenue: 0, profit: 0, excess: 0, concerned: 0 };
    drains.forEach((c, i) => {
      if (cause[i] === at) {
        row.customers++;
        row.revenue += revenue[c];
        row.profit += profit[c];
      }
      if (excess[name][i] > roundingOf(sales[c])) {
        row.concerned++;
        row.excess += excess[name][i];
      }
    });
    return { cause: name, words: causeWords[name], ...row };
  });
  return {
    drains: drains.length,
    peers,
    definition:
      `Each drain is compared with the ${peers} customers next to it in revenue before returns: how much more of its sales ` +
      'of goods at list prices went to each cause than of theirs. Fees, such as postage, are left aside.',
    causes: rows.filter(({ concerned }) => concerned > 0).sort((a, b) => b.excess - a.excess),
    asPeers: code === null ? cause.filter((at) => at < 0).length : 0,
    code,
  };
}
