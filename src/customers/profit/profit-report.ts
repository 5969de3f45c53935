import { counted } from '../behaviour/words.ts';
import { type CustomerDrivers, sumOver } from './drivers.ts';
import { type CustomerMoney, paidFor } from './profit.ts';
import { type CostBasis, type CostDriver, type CostRates, unknownNames } from './rates.ts';
import { assumedShareOf } from './tiers.ts';

/** What all customers with an order brought and cost. Money. */
export interface ProfitReport {
  readonly customers: number;
  readonly revenue: number;
  readonly goodsCost: number;
  /** Of `goodsCost`: it rests on an assumed share of the price; 0 where the shop has stated that share. */
  readonly assumedGoodsCost: number;
  /** 0 … 1; null where goods cost nothing. */
  readonly assumedGoodsShare: number | null;
  readonly grossMargin: number;
  readonly costToServe: number;
  readonly profit: number;
  /** Profit over revenue; null without revenue. */
  readonly profitRate: number | null;
  /** In the order of the rates. */
  readonly drivers: readonly DriverRow[];
  /** What a reader should know before believing the figures: each with a stable code. */
  readonly cautions: readonly Caution[];
}

export interface DriverRow
  extends Pick<CostDriver, 'id' | 'group' | 'basis' | 'rate' | 'isAssumed' | 'reason'> {
  /** How many of what is paid for there were. */
  readonly amount: number;
  /** `amount` × `rate`. */
  readonly cost: number;
  /** Of the revenue; null without revenue. */
  readonly revenueShare: number | null;
}

export interface Caution {
  readonly code:
    | 'assumed-rates'
    | 'assumed-goods-cost'
    | 'credits'
    | 'unpriced-lines'
    | 'unweighed-units'
    | 'unknown-names'
    | 'too-many-names';
  readonly text: string;
}

/**
 * @param customers the numbers of those with an order
 * @param known rows of a report of the same customers: what is paid for there as well is not counted again
 */
export function profitReport(
  customers: Int32Array,
  drivers: CustomerDrivers,
  rates: CostRates,
  profits: CustomerMoney,
  known: readonly DriverRow[] = [],
): ProfitReport {
  const sum = (values: ArrayLike<number>): number => sumOver(customers, values);
  const revenue = sum(profits.revenue);
  const goodsCost = sum(profits.goodsCost);
  const assumedGoodsCost = sum(profits.assumedGoodsCost);
  const profit = sum(profits.profit);
  const ofRevenue = (money: number): number | null => (revenue > 0 ? money / revenue : null);
  const rows = rates.drivers.map(({ id, group, basis, rate, isAssumed, reason }) => {
    const same = known.find((row) => isSameBasis(row.basis, basis));
    const amount = same?.amount ?? paidFor(drivers, basis).reduce((total, column) => total + sum(column), 0);
    const cost = rate * amount;
    return { id, group, basis, rate, isAssumed, reason, amount, cost, revenueShare: ofRevenue(cost) };
  });
  return {
    customers: customers.length,
    revenue,
    goodsCost,
    assumedGoodsCost,
    assumedGoodsShare: assumedShareOf(assumedGoodsCost, goodsCost),
    grossMargin: revenue - goodsCost,
    costToServe: rows.reduce((total, { cost }) => total + cost, 0),
    profit,
    profitRate: ofRevenue(profit),
    drivers: rows,
    cautions: cautionsOf(drivers, rates, {
      assumedGoodsShare: assumedShareOf(assumedGoodsCost, goodsCost) ?? 0,
      credited: sum(drivers.credited),
      unweighed: sum(drivers.unweighedUnits),
    }),
  };
}

function isSameBasis(one: CostBasis, other: CostBasis): boolean {
  if (one.per !== other.per) return false;
  const [names, others] = ['names' in one ? one.names : [], 'names' in other ? other.names : []];
  return names.length === others.length && names.every((name, at) => name === others[at]);
}

function cautionsOf(
  drivers: CustomerDrivers,
  rates: CostRates,
  {
    assumedGoodsShare,
    credited,
    unweighed,
  }: { readonly assumedGoodsShare: number; readonly credited: number; readonly unweighed: number },
): Caution[] {
  const assumed = rates.drivers.filter(({ isAssumed }) => isAssumed);
  const unknown = unknownNames(rates, drivers);
  const { unpricedLines, withoutColumn } = drivers.totals;
  const paysWeight = rates.drivers.some(({ basis, rate }) => basis.per === 'kilogram' && rate > 0);
  return [
    caution(
      'assumed-rates',
      assumed.length > 0,
      `${assumed.length} of ${counted(rates.drivers.length, 'rate')} ${isOrAre(assumed.length)} assumed, not stated by the shop.`,
    ),
    caution(
      'assumed-goods-cost',
      assumedGoodsShare > 0,
      `${Number((100 * assumedGoodsShare).toPrecision(3))} % of what the goods cost is assumed. ${rates.goodsCostReason}`,
    ),
    caution(
      'credits',
      credited > 0,
      `${money(credited)} were given back while no goods came back (corrections, refunded fees). The goods are taken to ` +
        'have stayed with the customers, and their cost is counted.',
    ),
    caution(
      'unpriced-lines',
      unpricedLines > 0,
      unpricedLines === 1
        ? "1 line of unknown price counts as work, but brings and costs no goods' money."
        : `${unpricedLines} lines of unknown price count as work, but bring and cost no goods' money.`,
    ),
    caution(
      'unweighed-units',
      paysWeight && unweighed > 0,
      `${counted(unweighed, 'unit')} of unknown weight ${isOrAre(unweighed)} charged nothing by the kilogram.`,
    ),
    caution(
      'unknown-names',
      unknown.length > 0,
      `Nothing is charged for ${unknown.map(({ name }) => `"${name}"`).join(', ')}, which did not occur.`,
    ),
    caution(
      'too-many-names',
      withoutColumn > 0 && rates.drivers.some(({ basis, isAssumed }) => !isAssumed && 'names' in basis),
      `${counted(withoutColumn, 'name')} of channels, fees or kinds of events ${isOrAre(withoutColumn)} too rare to have a rate of ${withoutColumn === 1 ? 'its' : 'their'} own.`,
    ),
  ].flat();
}

const isOrAre = (amount: number): string => (amount === 1 ? 'is' : 'are');

const money = (amount: number): string => amount.toLocaleString('en', { maximumFractionDigits: 2 });

const caution = (code: Caution['code'], applies: boolean, text: string): Caution[] =>
  applies ? [{ code, text }] : [];
