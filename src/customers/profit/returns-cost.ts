import type { CustomerDrivers } from './drivers.ts';
import { amountsOf } from './profit.ts';
import type { CostRates } from './rates.ts';

/** By customer: what was paid back for goods that came back, less what these are still worth; money. */
export function marginGivenBack(drivers: CustomerDrivers, rates: CostRates): Float64Array {
  const { returnedValue, credited, returnedGoodsCost, returnedUncosted } = drivers;
  const { goodsCostShare, returnedGoodsLost } = rates;
  const given = new Float64Array(returnedValue.length);
  for (let c = 0; c < given.length; c++) {
    const goods = returnedGoodsCost[c] + goodsCostShare * returnedUncosted[c];
    given[c] = returnedValue[c] - credited[c] - (1 - returnedGoodsLost) * goods;
  }
  return given;
}

/** By customer: {@link marginGivenBack} and what the handling of returns cost, by the document, line and unit; money. */
export function returnsCost(drivers: CustomerDrivers, rates: CostRates): Float64Array {
  const cost = marginGivenBack(drivers, rates);
  for (const { basis, rate } of rates.drivers) {
    if (basis.per !== 'return' && basis.per !== 'returned-line' && basis.per !== 'returned-unit') continue;
    const amounts = amountsOf(drivers, basis);
    for (let c = 0; c < cost.length; c++) cost[c] += rate * amounts[c];
  }
  return cost;
}
