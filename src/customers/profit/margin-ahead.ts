import type { CustomerDrivers } from './drivers.ts';
import type { CustomerProfits } from './profit.ts';

/** A customer's own margin counts as much as the shop's when it rests on the money of so many typical orders. */
const priorOrders = 5;

/**
 * By customer: the net profit to expect of a unit of money that is spent and not asked back. What returns cost is in it. A customer's own
 * is drawn to the shop's, as a margin of a few orders says little, and one on no money nothing. It counts by the money that went one way
 * or the other, but by no more than as many typical orders bring: what one huge order came to, or one that was taken back whole,
 * need not come again.
 *
 * @param customers the numbers of those with an order
 * @returns NaN for everybody where the shop has sold nothing
 */
export function marginAhead(
  customers: Int32Array,
  { orders, returnedValue, totals }: Pick<CustomerDrivers, 'orders' | 'returnedValue' | 'totals'>,
  { revenue, profit }: Pick<CustomerProfits, 'revenue' | 'profit'>,
): Float64Array {
  const kept = (c: number): number => Math.max(0, revenue[c]);
  let [allKept, allProfit] = [0, 0];
  for (const c of customers) {
    allKept += kept(c);
    allProfit += profit[c];
  }
  const shop = allKept > 0 ? allProfit / allKept : Number.NaN;
  const typical = totals.typicalOrder ?? 0;
  const prior = priorOrders * typical;
  return revenue.map((_, c) => {
    const moved = Math.max(revenue[c] + returnedValue[c], returnedValue[c]);
    const most = orders[c] * typical;
    const weight = moved > most ? most / moved : 1;
    const base = weight * kept(c) + prior;
    return base > 0 ? (weight * profit[c] + shop * prior) / base : shop;
  });
}
