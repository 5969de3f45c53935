import type { BasketHistories } from '../baskets/basket-histories.ts';
import { chosenRows } from '../baskets/chosen-rows.ts';
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
  orders: Transactions,
  purchases: BasketHistories,
  promoted?: PromotedLines,
): ShopBaskets {
  const anonymous: number[] = [];
  for (let order = 0; order < customer.length; order++) if (customer[order] < 0) anonymous.push(order);
  anonymous.sort((a, b) => day[a] - day[b] || a - b);
  return {
    histories: purchases,
    anonymous: {
      transactions: { itemCount: orders.itemCount, ...chosenRows(orders, Int32Array.from(anonymous)) },
      day: Int32Array.from(anonymous, (order) => day[order]),
    },
    promoted: promoted && {
      items: promoted.promotedItems,
      days: promoted.promotedBaskets.map((order) => day[order]),
    },
  };
}
