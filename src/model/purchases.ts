import { type BasketHistories, basketHistories } from '../baskets/basket-histories.ts';
import type { Transactions } from '../baskets/transactions.ts';
import type { OrderTable } from './order-table.ts';

/**
 * What each customer bought, day by day.
 *
 * @param baskets basket b holds the items of order b
 */
export function customerPurchases(orders: OrderTable, baskets: Transactions): BasketHistories {
  const { offsets, items, itemCount } = baskets;
  const customer = new Int32Array(items.length);
  const day = new Int32Array(items.length);
  for (let order = 0; order < orders.customer.length; order++) {
    customer.fill(orders.customer[order], offsets[order], offsets[order + 1]);
    day.fill(orders.day[order], offsets[order], offsets[order + 1]);
  }
  return basketHistories({ customer, day, item: items }, orders.customerCodes.length, itemCount);
}

/** The different items that a customer bought, those of the newest day first; of one day by number. */
export function itemsBought({ offsets, itemOffsets, items }: BasketHistories, customer: number): Set<number> {
  const bought = new Set<number>();
  for (let b = offsets[customer + 1] - 1; b >= offsets[customer]; b--)
    for (let p = itemOffsets[b]; p < itemOffsets[b + 1]; p++) bought.add(items[p]);
  return bought;
}
