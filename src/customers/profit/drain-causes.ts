import type { CustomerDrivers } from './drivers.ts';
import type { CustomerProfits } from './profit.ts';
import type { CostDriver, CostRates } from './rates.ts';
import { marginGivenBack } from './returns-cost.ts';

/** What can make a large customer earn less than its peers. */
export const causeNames = [
  'low-margin',
  'discounts',
  'order-frequency',
  'small-orders',
  'picking',
  'packing',
  'shipping',
  'rush',
  'returns',
  'service',
  'credits',
] as const;
export type CauseName = (typeof causeNames)[number];

/** What each cause is, for whoever reads a table. */
export const causeWords: Readonly<Record<CauseName, string>> = {
  'low-margin': 'Goods that cost more of their list price than what peers buy',
  discounts: 'More taken off the list price',
  'order-frequency': 'More orders that are not small, for the same sales',
  'small-orders': 'More small orders for the same sales',
  picking: 'More lines or units to pick for the same sales',
  packing: 'More to pack for the same sales, but for the number of orders',
  shipping: 'Heavier goods for the same sales',
  rush: 'More orders in haste',
  returns: 'More returns: their handling, the margin given back and goods that cannot be sold again',
  service: 'More contacts with service',
  credits: 'More money given back while no goods came back, as by corrections and refunded fees',
};

/** What each customer's sales lost to each cause, in money, as columns by customer. */
export type CauseCosts = Readonly<Record<CauseName, Float64Array>>;

/** By customer: what goods brought at list prices, without fees; money. */
export function goodsSalesOf({ sales, feeSales }: CustomerDrivers): Float64Array {
  return sales.map((money, c) => money - feeSales[c]);
}

/**
 * All that lies between a customer's sales of goods at list prices and its profit without what fees brought and cost, by cause: the
 * causes add up to the difference. Fees are left out since no goods belong to them: of who pays little postage, goods would seem dear.
 * What is paid per order is split into small and other orders; margins that returns take back belong to the returns. A credit is lost
 * in whole, as nothing came back for it.
 */
export function causeCosts(drivers: CustomerDrivers, rates: CostRates, profits: CustomerProfits): CauseCosts {
  const n = drivers.orders.length;
  const costs = Object.fromEntries(causeNames.map((cause) => [cause, new Float64Array(n)])) as Record<
    CauseName,
    Float64Array
  >;
  const { goodsCost, feeCost, uncosted } = drivers;
  const small = smallOrders(drivers);
  for (let c = 0; c < n; c++)
    costs['low-margin'][c] = goodsCost[c] - feeCost[c] + rates.goodsCostShare * uncosted[c];
  costs.discounts.set(drivers.discount);
  costs.returns.set(marginGivenBack(drivers, rates));
  costs.credits.set(drivers.credited);
  rates.drivers.forEach((driver, at) => {
    const paid = profits.costs[at];
    const cause = costs[causeOf(driver)];
    const ofSmall = costs['small-orders'];
    for (let c = 0; c < n; c++) {
      const forSmall = driver.basis.per === 'order' ? driver.rate * small[c] : 0;
      ofSmall[c] += forSmall;
      cause[c] += paid[c] - forSmall;
    }
  });
  return costs;
}

/** By customer: how many orders were small. */
export function smallOrders({ orderSizes, totals, orders }: CustomerDrivers): ArrayLike<number> {
  const at = orderSizes.bounds.indexOf(totals.smallOrderUnder ?? Number.NaN);
  return at < 0 ? new Uint8Array(orders.length) : orderSizes.ordersUnder[at];
}

/** Where a cost goes besides its part for small orders. */
function causeOf({ basis, group }: CostDriver): CauseName {
  return basis.per === 'order' ? 'order-frequency' : group;
}

/** What is paid per order, which fewer orders save. */
export function costPerOrder(rates: CostRates): number {
  return rates.drivers.reduce((sum, { basis, rate }) => sum + (basis.per === 'order' ? rate : 0), 0);
}
