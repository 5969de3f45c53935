import {
  asTransactions,
  type BasketHistories,
  basketCount,
  basketsWhere,
} from '../baskets/basket-histories.ts';
import { joined, type Transactions } from '../baskets/transactions.ts';
import { transactionsWhere } from '../rules/hold-out.ts';

/** Baskets of nobody known: basket b, of `day[b]`, holds the items of transaction b. In any order. */
export interface AnonymousBaskets {
  readonly transactions: Transactions;
  /** In days since 1970-01-01. */
  readonly day: Int32Array;
}

/** What was on promotion when: the item `items[n]` on the day `days[n]`; in any order, some more than once. */
export interface PromotedDays {
  readonly items: Int32Array;
  /** In days since 1970-01-01. */
  readonly days: Int32Array;
}

/** All that a shop sold, by basket; both parts number the same items. */
export interface ShopBaskets {
  readonly histories: BasketHistories;
  readonly anonymous: AnonymousBaskets;
  /** Absent where nothing is known to have been on promotion. */
  readonly promoted?: PromotedDays | undefined;
}

/** A basket of the shop: of a known customer its place among theirs, else −1 and its place among those of nobody known. */
export interface BasketPlace {
  readonly customer: number;
  readonly basket: number;
}

/** The baskets of customers, and after them those of nobody known. */
export const allBaskets = ({ histories, anonymous }: ShopBaskets): Transactions =>
  joined(asTransactions(histories), anonymous.transactions);

/** The days of these baskets, since 1970-01-01. */
export function allDays({ histories, anonymous }: ShopBaskets): Int32Array {
  const days = new Int32Array(histories.day.length + anonymous.day.length);
  days.set(histories.day);
  days.set(anonymous.day, histories.day.length);
  return days;
}

/**
 * The shop as if these baskets had not been; customers who are left without any stay. So does what was on promotion when, which the
 * shop settles before anybody buys.
 */
export function withoutBaskets(
  { histories, anonymous, promoted }: ShopBaskets,
  places: readonly BasketPlace[],
): ShopBaskets {
  const hidden = new Uint8Array(basketCount(histories));
  const hiddenAnonymous = new Uint8Array(anonymous.day.length);
  for (const { customer, basket } of places) (customer >= 0 ? hidden : hiddenAnonymous)[basket] = 1;
  const isKept = (_: number, basket: number): boolean => hiddenAnonymous[basket] === 0;
  return {
    histories: basketsWhere(histories, (basket) => hidden[basket] === 0),
    anonymous: {
      transactions: transactionsWhere(anonymous.transactions, (basket) => isKept(0, basket)),
      day: anonymous.day.filter(isKept),
    },
    promoted,
  };
}
