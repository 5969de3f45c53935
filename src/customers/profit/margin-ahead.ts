import type { CustomerDrivers } from './drivers.ts';
import type { CustomerProfits } from './profit.ts';

/** A customer's own margin counts as much as the shop's when it rests on the money of so many typical orders. */
const priorOrders = 5;

/**
 * By customer: the net profit to expect of a unit of money spent, before anything of it comes back. A customer's own is drawn to
 * the shop's, as a margin of a few orders says little, and one on no money nothing.
 *
 * @param customers the numbers of those with an order
 * @returns NaN for everybody where the shop has sold nothing
 */
export function marginAhead(
  customers: Int32Array,
  { returnedValue, totals }: Pick<CustomerDrivers, 'returnedValue' | 'totals'>,
  { revenue, profit }: Pick<CustomerProfits, 'revenue' | 'profit'>,
): Float64Array {
  // What comes back is a cost of what was spent.
  const spent = (c: number): number => Math.max(0, revenue[c] + returnedValue[c]);
  let [allSpent, allProfit] = [0, 0];
  for (const c of customers) {
    allSpent += spent(c);
    allProfit += profit[c];
  }
  const shop = allSpent > 0 ? allProfit / allSpent : Number.NaN;
  const prior = priorOrders * (totals.typicalOrder ?? 0);
  return revenue.map((_, c) => {
    const base = spent(c) + prior;
    return base > 0 ? (profit[c] + shop * prior) / base : shop;
  });
}
