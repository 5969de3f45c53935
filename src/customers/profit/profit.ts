import { type CustomerDrivers, revenueOf } from './drivers.ts';
import { type CostBasis, type CostRates, checkRates } from './rates.ts';

/** What each customer brought and cost, as columns by customer, in money. */
export interface CustomerProfits {
  /** Net of discounts and returns, fees included. */
  readonly revenue: Float64Array;
  /** What goods cost, less what returned goods are still worth; includes `assumedGoodsCost`. */
  readonly goodsCost: Float64Array;
  /** The part that rests on {@link CostRates.goodsCostShare}. */
  readonly assumedGoodsCost: Float64Array;
  /** By driver in the order of the rates, then by customer. */
  readonly costs: readonly Float64Array[];
  /** The sum of `costs`. */
  readonly costToServe: Float64Array;
  /** `revenue` − `goodsCost` − `costToServe`. */
  readonly profit: Float64Array;
}

/**
 * Profit by customer at these rates: linear in the drivers and in the rates.
 *
 * @throws PairwellError `bad-input` as {@link checkRates}
 */
export function profitOf(drivers: CustomerDrivers, rates: CostRates): CustomerProfits {
  checkRates(rates);
  const { goodsCostShare, returnedGoodsLost } = rates;
  const { goodsCost: known, uncosted, returnedGoodsCost, returnedUncosted } = drivers;
  const revenue = revenueOf(drivers);
  const n = revenue.length;
  const stillWorth = 1 - returnedGoodsLost;
  const assumedGoodsCost = new Float64Array(n);
  const goodsCost = new Float64Array(n);
  for (let c = 0; c < n; c++) {
    assumedGoodsCost[c] = goodsCostShare * (uncosted[c] - stillWorth * returnedUncosted[c]);
    goodsCost[c] = known[c] - stillWorth * returnedGoodsCost[c] + assumedGoodsCost[c];
  }
  const costToServe = new Float64Array(n);
  const costs = rates.drivers.map(({ basis, rate }) => {
    const money = amountsOf(drivers, basis);
    for (let c = 0; c < n; c++) {
      money[c] *= rate;
      costToServe[c] += money[c];
    }
    return money;
  });
  const profit = revenue.map((value, c) => value - goodsCost[c] - costToServe[c]);
  return { revenue, goodsCost, assumedGoodsCost, costs, costToServe, profit };
}

/** By customer: how many of what the cost is paid for. A name without a column counts nothing. */
export function amountsOf(drivers: CustomerDrivers, basis: CostBasis): Float64Array {
  switch (basis.per) {
    case 'order':
      return Float64Array.from(drivers.orders);
    case 'line':
      return Float64Array.from(drivers.lines);
    case 'unit':
      return drivers.units.slice();
    case 'kilogram':
      return drivers.kilograms.slice();
    case 'return':
      return Float64Array.from(drivers.returnDocuments);
    case 'returned-line':
      return Float64Array.from(drivers.returnedLines);
    case 'returned-unit':
      return drivers.returnedUnits.slice();
    default: {
      const amounts = new Float64Array(drivers.orders.length);
      for (const { source, name, counts } of drivers.counts) {
        if (source !== basis.per || !basis.names.includes(name)) continue;
        for (let c = 0; c < amounts.length; c++) amounts[c] += counts[c];
      }
      return amounts;
    }
  }
}
