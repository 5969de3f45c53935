import type { Transactions } from '../baskets/transactions.ts';
import type { ItemGroups } from './model.ts';
import type { OrderTable } from './order-table.ts';

/** What each customer bought, in how many orders, the most recently bought first. */
export function customerHistories(orders: OrderTable, baskets: Transactions): ItemGroups {
  const customers = orders.customerCodes.length;
  const newestFirst = ordersByCustomer(orders);

  const offsets = new Int32Array(customers + 1);
  const items: number[] = [];
  const counts: number[] = [];
  // Where the current customer's entry for an item stands, plus one; older customers' marks are below `start`.
  const entryOf = new Int32Array(baskets.itemCount);
  let at = 0;
  for (let customer = 0; customer < customers; customer++) {
    const start = items.length;
    for (; at < newestFirst.length && orders.customer[newestFirst[at]] === customer; at++) {
      const order = newestFirst[at];
      for (let i = baskets.offsets[order]; i < baskets.offsets[order + 1]; i++) {
        const item = baskets.items[i];
        if (entryOf[item] > start) {
          counts[entryOf[item] - 1]++;
          continue;
        }
        items.push(item);
        counts.push(1);
        entryOf[item] = items.length;
      }
    }
    offsets[customer + 1] = items.length;
  }
  return { offsets, items: Int32Array.from(items), counts: Int32Array.from(counts) };
}

/** The orders of known customers, by customer, each customer's newest first. */
function ordersByCustomer({ customer, day }: OrderTable): Int32Array {
  const known: number[] = [];
  for (let order = 0; order < customer.length; order++) if (customer[order] >= 0) known.push(order);
  return Int32Array.from(known.sort((a, b) => customer[a] - customer[b] || day[b] - day[a] || b - a));
}
