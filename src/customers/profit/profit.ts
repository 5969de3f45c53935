import { type Counts, type CustomerDrivers, revenueOf, spentOf } from './drivers.ts';
import { type CostBasis, type CostRates, checkRates } from './rates.ts';

/** What each customer brought and cost in all, as columns by customer, in money. */
export interface CustomerMoney {
  /** Net of discounts and returns, fees included. */
  readonly revenue: Float64Array;
  /** The revenue before anything was given back: how large a customer is. */
  readonly spent: Float64Array;
  /** What goods cost, less what returned goods are still worth; includes `assumedGoodsCost`. */
  readonly goodsCost: Float64Array;
  /** The part that rests on {@link CostRates.goodsCostShare}; 0 where the shop has stated that share. */
  readonly assumedGoodsCost: Float64Array;
  /** Of all drivers. */
  readonly costToServe: Float64Array;
  /** `revenue` − `goodsCost` − `costToServe`. */
  readonly profit: Float64Array;
}

export interface CustomerProfits extends CustomerMoney {
  /** By driver in the order of the rates, then by customer; `costToServe` is their sum. */
  readonly costs: readonly Float64Array[];
}

/**
 * Profit by customer at these rates: linear in the drivers and in the rates.
 *
 * @throws PairwellError `bad-input` as {@link checkRates}
 */
export function profitOf(drivers: CustomerDrivers, rates: CostRates): CustomerProfits {
  const money = moneyOf(drivers, rates);
  const costs = rates.drivers.map(({ basis, rate }) => timesRate(drivers, basis, rate));
  return { ...money, costs };
}

/**
 * As {@link profitOf}, without the columns of each driver.
 *
 * @param known of the same drivers at other rates: what does not depend on these is taken from there
 * @throws PairwellError `bad-input` as {@link checkRates}
 */
export function moneyOf(
  drivers: CustomerDrivers,
  rates: CostRates,
  known?: Pick<CustomerMoney, 'revenue' | 'spent'>,
): CustomerMoney {
  checkRates(rates);
  const { goodsCostShare, isGoodsCostShareAssumed, returnedGoodsLost } = rates;
  const { goodsCost: stated, uncosted, returnedGoodsCost, returnedUncosted } = drivers;
  const { revenue, spent } = known ?? { revenue: revenueOf(drivers), spent: spentOf(drivers) };
  const n = revenue.length;
  const stillWorth = 1 - returnedGoodsLost;
  const assumedGoodsCost = new Float64Array(n);
  const goodsCost = new Float64Array(n);
  for (let c = 0; c < n; c++) {
    const byShare = goodsCostShare * (uncosted[c] - stillWorth * returnedUncosted[c]);
    if (isGoodsCostShareAssumed) assumedGoodsCost[c] = byShare;
    goodsCost[c] = stated[c] - stillWorth * returnedGoodsCost[c] + byShare;
  }
  const costToServe = new Float64Array(n);
  const paid = rates.drivers.flatMap(({ basis, rate }) =>
    paidFor(drivers, basis).map((column) => ({ column, rate })),
  );
  for (let from = 0; from < n; from += block) {
    for (const { column, rate } of paid) addTo(costToServe, column, rate, from, Math.min(n, from + block));
  }
  const profit = new Float64Array(n);
  for (let c = 0; c < n; c++) profit[c] = revenue[c] - goodsCost[c] - costToServe[c];
  return { revenue, spent, goodsCost, assumedGoodsCost, costToServe, profit };
}

/** By customer: how many of what the cost is paid for. A name without a column counts nothing. */
export function amountsOf(drivers: CustomerDrivers, basis: CostBasis): Float64Array {
  return timesRate(drivers, basis, 1);
}

function timesRate(drivers: CustomerDrivers, basis: CostBasis, rate: number): Float64Array {
  const costs = new Float64Array(drivers.orders.length);
  for (const column of paidFor(drivers, basis)) addTo(costs, column, rate, 0, costs.length);
  return costs;
}

/** The columns, by customer, that together are how many of what the cost is paid for. */
export function paidFor(drivers: CustomerDrivers, basis: CostBasis): readonly (Counts | Float64Array)[] {
  switch (basis.per) {
    case 'order':
      return [drivers.orders];
    case 'line':
      return [drivers.lines];
    case 'unit':
      return [drivers.units];
    case 'kilogram':
      return [drivers.kilograms];
    case 'return':
      return [drivers.returnDocuments];
    case 'returned-line':
      return [drivers.returnedLines];
    case 'returned-unit':
      return [drivers.returnedUnits];
    default:
      return drivers.counts
        .filter(({ source, name }) => source === basis.per && basis.names.includes(name))
        .map(({ counts }) => counts);
  }
}

/** Customers whose sums stay in the nearest memory while all columns are added to them. */
const block = 2048;

function addTo(
  sums: Float64Array,
  column: Counts | Float64Array,
  rate: number,
  from: number,
  to: number,
): void {
  for (let c = from; c < to; c++) sums[c] += rate * column[c];
}
