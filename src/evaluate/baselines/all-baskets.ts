import { asTransactions } from '../../baskets/basket-histories.ts';
import type { Transactions } from '../../baskets/transactions.ts';
import type { ShopBaskets } from '../../ranking/shop-baskets.ts';

/** The baskets of customers, and after them those of nobody known. */
export function allBaskets({ histories, anonymous: { transactions: anonymous } }: ShopBaskets): Transactions {
  const known = asTransactions(histories);
  if (anonymous.items.length === 0) return known;
  const items = new Int32Array(known.items.length + anonymous.items.length);
  items.set(known.items);
  items.set(anonymous.items, known.items.length);
  const offsets = new Int32Array(known.offsets.length + anonymous.offsets.length - 1);
  offsets.set(known.offsets);
  anonymous.offsets.forEach((offset, t) => {
    offsets[known.offsets.length - 1 + t] = known.items.length + offset;
  });
  return { itemCount: known.itemCount, offsets, items };
}
