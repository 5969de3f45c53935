import type { CustomerDrivers } from './drivers.ts';
import { amountsOf, type CustomerProfits } from './profit.ts';
import { type CostDriver, type CostRates, unknownNames } from './rates.ts';
import { assumedShareOf } from './tiers.ts';

/** What all customers with an order brought and cost. Money. */
export interface ProfitReport {
  readonly customers: number;
  readonly revenue: number;
  readonly goodsCost: number;
  /** Of `goodsCost`: it rests on an assumed share of the price. */
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
    | 'unpriced-lines'
    | 'unweighed-units'
    | 'unknown-names'
    | 'too-many-names';
  readonly text: string;
}

/** @param customers the numbers of those with an order */
export function profitReport(
  customers: Int32Array,
  drivers: CustomerDrivers,
  rates: CostRates,
  profits: CustomerProfits,
): ProfitReport {
  const sum = (values: Float64Array): number => customers.reduce((total, c) => total + values[c], 0);
  const revenue = sum(profits.revenue);
  const goodsCost = sum(profits.goodsCost);
  const assumedGoodsCost = sum(profits.assumedGoodsCost);
  const profit = sum(profits.profit);
  const ofRevenue = (money: number): number | null => (revenue > 0 ? money / revenue : null);
  const rows = rates.drivers.map(({ id, group, basis, rate, isAssumed, reason }, at) => {
    const cost = sum(profits.costs[at]);
    const amount = sum(amountsOf(drivers, basis));
    return { id, group, basis, rate, isAssumed, reason, amount, cost, revenueShare: ofRevenue(cost) };
  });
  return {
    customers: customers.length,
    revenue,
    goodsCost,
    assumedGoodsCost,
    assumedGoodsShare: assumedShareOf(assumedGoodsCost, goodsCost),
    grossMargin: revenue - goodsCost,
    costToServe: sum(profits.costToServe),
    profit,
    profitRate: ofRevenue(profit),
    drivers: rows,
    cautions: cautionsOf(drivers, rates, assumedGoodsCost, goodsCost, sum(drivers.unweighedUnits)),
  };
}

function cautionsOf(
  drivers: CustomerDrivers,
  rates: CostRates,
  assumedGoodsCost: number,
  goodsCost: number,
  unweighed: number,
): Caution[] {
  const assumed = rates.drivers.filter(({ isAssumed }) => isAssumed);
  const unknown = unknownNames(rates, drivers);
  const { unpricedLines, withoutColumn } = drivers.totals;
  const paysWeight = rates.drivers.some(({ basis, rate }) => basis.per === 'kilogram' && rate > 0);
  const assumedShare = assumedShareOf(assumedGoodsCost, goodsCost) ?? 0;
  return [
    caution(
      'assumed-rates',
      assumed.length > 0,
      `${assumed.length} of ${rates.drivers.length} rates are assumed, not stated by the shop.`,
    ),
    caution(
      'assumed-goods-cost',
      assumedShare > 0,
      `${Number((100 * assumedShare).toPrecision(3))} % of what the goods cost is assumed. ${rates.goodsCostReason}`,
    ),
    caution(
      'unpriced-lines',
      unpricedLines > 0,
      `${unpricedLines} lines of unknown price count as work, but bring and cost no goods' money.`,
    ),
    caution(
      'unweighed-units',
      paysWeight && unweighed > 0,
      `${unweighed} units of unknown weight are charged nothing by the kilogram.`,
    ),
    caution(
      'unknown-names',
      unknown.length > 0,
      `Nothing is charged for ${unknown.map(({ name }) => `"${name}"`).join(', ')}, which did not occur.`,
    ),
    caution(
      'too-many-names',
      withoutColumn > 0,
      `${withoutColumn} channels, fees or kinds of events are too rare to have rates of their own.`,
    ),
  ].flat();
}

const caution = (code: Caution['code'], applies: boolean, text: string): Caution[] =>
  applies ? [{ code, text }] : [];
