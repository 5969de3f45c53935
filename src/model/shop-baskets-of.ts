import type { BasketHistories } from '../baskets/basket-histories.ts';
import { offsetsOf } from '../baskets/offsets.ts';
import type { Transactions } from '../baskets/transactions.ts';
import type { PromotedLines } from '../insights/promotions.ts';
import type { ShopBaskets } from '../ranking/shop-baskets.ts';
import type { OrderTable } from './order-table.ts';

/**
 * All baskets: those of known customers as they are in `purchases`, and the orders of nobody known in the order of time.
 *
 * @param promoted lines of the orders that were bought on promotion
 */
export function shopBasketsOf(
  { customer, day }: OrderTable,
  { itemCount, offsets, items }: Transactions,
  purchases: BasketHistories,
  promoted?: PromotedLines,
): ShopBaskets {
  const anonymous: number[] = [];
  for (let order = 0; order < customer.length; order++) if (customer[order] < 0) anonymous.push(order);
  anonymous.sort((a, b) => day[a] - day[b] || a - b);
  const starts = offsetsOf(Int32Array.from(anonymous, (order) => offsets[order + 1] - offsets[order]));
  const chosen = new Int32Array(starts[anonymous.length]);
  anonymous.forEach((order, n) => {
    chosen.set(items.subarray(offsets[order], offsets[order + 1]), starts[n]);
  });
  return {
    histories: purchases,
    anonymous: {
      transactions: { itemCount, offsets: starts, items: chosen },
      day: Int32Array.from(anonymous, (order) => day[order]),
    },
    promoted: promoted && {
      items: promoted.promotedItems,
      days: promoted.promotedBaskets.map((order) => day[order]),
    },
  };
}
