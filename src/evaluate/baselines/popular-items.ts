import { asTransactions, basketCount, basketsWhere } from '../../baskets/basket-histories.ts';
import { type Transactions, transactionCount } from '../../baskets/transactions.ts';
import type { ShopBaskets } from '../../ranking/shop-baskets.ts';
import { transactionsWhere } from '../../rules/hold-out.ts';
import type { CartMethod, NextBasketMethod } from '../method.ts';
import { ItemPopularity } from './item-popularity.ts';
import { Marks } from './marks.ts';
import { OwnItems } from './own-items.ts';

/** Which baskets popularity is counted in: all, the newest by day, or the newest of each customer. */
export type PopularIn = 'all' | 'newest' | 'last';

/** The newest baskets are this share of all, with the others of the same day as the oldest of them. */
const newestShare = 0.1;

function counted(parts: readonly Transactions[]): ItemPopularity {
  const counts = new Int32Array(parts[0].itemCount);
  for (const { items } of parts) for (const item of items) counts[item]++;
  return new ItemPopularity(
    counts,
    parts.reduce((sum, part) => sum + transactionCount(part), 0),
  );
}

/** The day from which on the newest share of these baskets is. */
function newestFrom(days: Int32Array): number {
  if (days.length === 0) return 0;
  return days.slice().sort()[Math.floor(days.length * (1 - newestShare))];
}

/** The popularity of items in baskets of customers, and of nobody known. */
export function popularityIn(which: PopularIn, { histories, anonymous }: ShopBaskets): ItemPopularity {
  if (which === 'all') return counted([asTransactions(histories), anonymous.transactions]);
  if (which === 'last') {
    const { offsets } = histories;
    return counted([
      asTransactions(basketsWhere(histories, (b, customer) => b + 1 === offsets[customer + 1])),
    ]);
  }
  const days = new Int32Array(basketCount(histories) + anonymous.day.length);
  days.set(histories.day);
  days.set(anonymous.day, histories.day.length);
  const from = newestFrom(days);
  return counted([
    asTransactions(basketsWhere(histories, (b) => histories.day[b] >= from)),
    transactionsWhere(anonymous.transactions, (t) => anonymous.day[t] >= from),
  ]);
}

const names: Readonly<Record<PopularIn, string>> = {
  all: 'popularity',
  newest: 'popularity-newest-baskets',
  last: 'popularity-last-baskets',
};

/** The same items for everybody, by the share of the baskets that hold them. */
export const popularItems = (which: PopularIn): NextBasketMethod => ({
  name: names[which],
  prepare(past) {
    const popularity = popularityIn(which, past);
    const own = new OwnItems(past.histories);
    return {
      hasProbabilities: true,
      rank: (customer, k, among, out) => popularity.fill(0, k, own.barred(customer, among), out),
    };
  },
});

/** The same items for every cart, those in it left out. */
export const popularInCarts: CartMethod = {
  name: names.all,
  prepare({ baskets }) {
    const popularity = counted([baskets]);
    const barred = new Marks(baskets.itemCount);
    return {
      rank(cart, _, k, out) {
        barred.set(cart);
        return popularity.fill(0, k, barred, out);
      },
    };
  },
};
