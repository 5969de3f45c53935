import type { CustomerProfit } from '../customers/customer-insights.ts';
import { type CauseName, causeNames, causeWords } from '../customers/profit/drain-causes.ts';
import type { CustomerDrivers } from '../customers/profit/drivers.ts';
import { amountsOf, profitOf } from '../customers/profit/profit.ts';
import type { CostDriver } from '../customers/profit/rates.ts';

/** What one customer cost by one driver. */
export interface CustomerCost extends Pick<CostDriver, 'id' | 'group' | 'rate' | 'isAssumed'> {
  /** How many of what is paid for. */
  readonly amount: number;
  /** Money. */
  readonly cost: number;
}

/** What a drain costs more than its peers would. */
export interface DrainView {
  /** How much more profit the peers make of sales like these; money. */
  readonly shortfall: number;
  /** The largest first; below 0 where it cost less. */
  readonly causes: readonly { readonly cause: CauseName; readonly words: string; readonly excess: number }[];
  readonly definition: string;
}

/** The drivers of one customer alone: views, so that nothing is worked out for all. */
function driversAt(drivers: CustomerDrivers, customer: number): CustomerDrivers {
  const one = <T extends { subarray(from: number, to: number): unknown }>(column: T) =>
    column.subarray(customer, customer + 1) as T;
  const { orderSizes, counts, totals, ...columns } = drivers;
  const own = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, one(column)]));
  return {
    ...(own as typeof columns),
    totals,
    counts: counts.map((column) => ({ ...column, counts: one(column.counts) })),
    orderSizes: {
      bounds: orderSizes.bounds,
      ordersUnder: orderSizes.ordersUnder.map(one),
      revenueUnder: orderSizes.revenueUnder.map(one),
    },
  };
}

/** What serving a customer cost, by driver in the order of the rates; those of which there was nothing are left out. */
export function customerCosts(
  { drivers, rates }: Pick<CustomerProfit, 'drivers' | 'rates'>,
  customer: number,
): CustomerCost[] {
  const own = driversAt(drivers, customer);
  const { costs } = profitOf(own, rates);
  return rates.drivers
    .map(({ id, group, rate, isAssumed, basis }, n) => {
      return { id, group, rate, isAssumed, amount: amountsOf(own, basis)[0], cost: costs[n][0] };
    })
    .filter(({ amount }) => amount !== 0);
}

/** Why a drain is one; undefined for who is none, and where causes are not told. */
export function drainOf({ drains }: Pick<CustomerProfit, 'drains'>, customer: number): DrainView | undefined {
  const at = drains.customers.indexOf(customer);
  if (at < 0 || drains.report.code !== null) return undefined;
  const causes = causeNames.map((cause) => {
    return { cause, words: causeWords[cause], excess: drains.excess[cause][at] };
  });
  return {
    shortfall: drains.shortfall[at],
    causes: causes.filter(({ excess }) => excess !== 0).sort((a, b) => b.excess - a.excess),
    definition: drains.report.definition,
  };
}
