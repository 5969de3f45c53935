import { customerCount, type Ledger } from '../../customers/ledger.ts';
import { PairwellError } from '../../errors.ts';
import { seededRandom } from '../../learn/random.ts';
import type { ChurnRows } from './churn-rows.ts';
import { brokenContracts, contractBefore, leavesContract } from './contract-columns.ts';
import { customerColumns, emptyColumns } from './customer-columns.ts';
import { type FeaturePlan, type PlanOptions, planFeatures, plannedFeatures } from './feature-plan.ts';
import { endOfDays, type ShopHistory, shopHistory } from './shop-history.ts';

/** What leaving is: no order within the horizon, or being without a contract on a day of it. */
export const churnDefinitions = ['orders', 'contracts'] as const;
export type ChurnDefinition = (typeof churnDefinitions)[number];

export interface WindowOptions extends PlanOptions {
  /** Default `orders`. */
  readonly definition?: ChurnDefinition | undefined;
  /** With orders: a customer is one who ordered in so many days before the cut-off. Default 365. */
  readonly activeDays?: number | undefined;
  /** Days from the cut-off on in which a customer leaves or stays. Default 90. */
  readonly horizonDays?: number | undefined;
  /** From one cut-off to the next. Default 30. */
  readonly everyDays?: number | undefined;
  /** The newest so many cut-offs are looked at. Default 12. */
  readonly mostCutOffs?: number | undefined;
  /** The newest so many of these are held out. Default 1. */
  readonly heldOut?: number | undefined;
  /** So many days before a cut-off the ledger must have begun. Default 60. */
  readonly historyDays?: number | undefined;
  /** With more rows than this customers are drawn. Default 200,000. */
  readonly mostRows?: number | undefined;
  /** Of the draw. Default 1. */
  readonly seed?: number | undefined;
}

export interface CutOff {
  /** The first day that nothing is known of; since 1970-01-01. */
  readonly day: number;
  readonly customers: number;
  readonly left: number;
  /**
   * What its rows are for. Those `between` take no part in telling how good a model is: their horizon was not over when the held-out ones
   * began. All are learnt from for service.
   */
  readonly role: 'training' | 'between' | 'held-out';
}

export interface ChurnWindows {
  readonly rows: ChurnRows;
  readonly plan: FeaturePlan;
  readonly definition: ChurnDefinition;
  readonly activeDays: number;
  /** From the oldest to the newest. */
  readonly cutOffs: readonly CutOff[];
  /** The share of the customers whose rows these are: 1 unless there were too many. */
  readonly customerShare: number;
  /** Contracts that end before they begin. */
  readonly brokenContracts: number;
}

/**
 * Customers at several cut-off days, each described by what happened before the day alone, and whether they left from it on.
 *
 * @throws PairwellError `bad-input` for options that cannot be, a ledger out of order, or one too short for a cut-off
 */
export function churnWindows(ledger: Ledger, options: WindowOptions = {}): ChurnWindows {
  const { definition = 'orders', activeDays = 365, horizonDays = 90, everyDays = 30 } = options;
  const { mostCutOffs = 12, heldOut = 1, historyDays = 60, mostRows = 200_000, seed = 1 } = options;
  for (const [name, value, least] of [
    ...([
      ['activeDays', activeDays, 1],
      ['horizonDays', horizonDays, 1],
      ['everyDays', everyDays, 1],
    ] as const),
    ...([
      ['mostCutOffs', mostCutOffs, 1],
      ['heldOut', heldOut, 0],
      ['historyDays', historyDays, 1],
      ['mostRows', mostRows, 1],
    ] as const),
  ])
    if (!Number.isInteger(value) || value < least)
      throw new PairwellError('bad-input', `${name}: a whole number from ${least} on, not ${value}.`);
  const history = shopHistory(ledger);
  const { today, contracts } = ledger;
  const firstDay =
    definition === 'orders' ? history.firstDay : contracts.start.reduce((a, b) => Math.min(a, b), today);
  const days: number[] = [];
  for (
    let day = today - horizonDays;
    day - firstDay >= historyDays && days.length < mostCutOffs;
    day -= everyDays
  )
    days.unshift(day);
  if (days.length === 0)
    throw new PairwellError(
      'bad-input',
      `There are ${today - firstDay} days of ${definition}; it takes ${historyDays} before a cut-off and ${horizonDays} after it. Import more of the past, or take a shorter horizon.`,
      { firstDay, today, historyDays, horizonDays },
    );
  const groups = days.map((day) => customersAt(history, definition, activeDays, day));
  const { kept, share } = drawn(groups, customerCount(ledger), mostRows, seed);
  const plan = planFeatures(ledger, horizonDays, days[0], options);
  const total = kept.reduce((sum, group) => sum + group.length, 0);
  const columns = emptyColumns(plan, total);
  const rows: ChurnRows = {
    features: plannedFeatures(plan),
    table: { rows: total, columns },
    target: new Uint8Array(total),
    customer: new Int32Array(total),
    cutOff: new Int32Array(total),
  };
  const firstHeldOut = days[days.length - heldOut] ?? Number.POSITIVE_INFINITY;
  let at = 0;
  const cutOffs = days.map((day, n): CutOff => {
    const group = kept[n];
    customerColumns(history, plan, day, group, columns, at);
    const target = group.map((customer) =>
      Number(hasLeft(history, definition, customer, day, day + horizonDays)),
    );
    rows.target.set(target, at);
    rows.customer.set(group, at);
    rows.cutOff.fill(day, at, at + group.length);
    at += group.length;
    const role =
      day >= firstHeldOut ? 'held-out' : day + horizonDays <= firstHeldOut ? 'training' : 'between';
    return { day, customers: group.length, left: target.reduce((sum, one) => sum + one, 0), role };
  });
  return {
    ...{ rows, plan, definition, activeDays, cutOffs, customerShare: share },
    brokenContracts: brokenContracts(contracts),
  };
}

/** Whose customers these are on a day; ascending. */
export function customersAt(
  history: ShopHistory,
  definition: ChurnDefinition,
  activeDays: number,
  day: number,
): Int32Array {
  const { ledger } = history;
  const isOne = (customer: number): boolean =>
    definition === 'orders'
      ? endOfDays(history, customer, day) > endOfDays(history, customer, day - activeDays)
      : contractBefore(ledger.contracts, customer, day) >= 0;
  return Int32Array.from({ length: customerCount(ledger) }, (_, c) => c).filter(isOne);
}

function hasLeft(
  history: ShopHistory,
  definition: ChurnDefinition,
  customer: number,
  from: number,
  to: number,
): boolean {
  if (definition === 'contracts') return leavesContract(history.ledger.contracts, customer, from, to);
  return endOfDays(history, customer, to) === endOfDays(history, customer, from);
}

/** The same customers at each cut-off. */
function drawn(
  groups: readonly Int32Array[],
  customers: number,
  mostRows: number,
  seed: number,
): { kept: readonly Int32Array[]; share: number } {
  const total = groups.reduce((sum, group) => sum + group.length, 0);
  if (total <= mostRows) return { kept: groups, share: 1 };
  const share = mostRows / total;
  const random = seededRandom(seed);
  const isIn = Uint8Array.from({ length: customers }, () => Number(random() < share));
  return { kept: groups.map((group) => group.filter((customer) => isIn[customer] === 1)), share };
}
