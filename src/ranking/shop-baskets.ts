import type { BasketHistories } from '../baskets/basket-histories.ts';
import type { Transactions } from '../baskets/transactions.ts';

/** Baskets of nobody known: basket b, of `day[b]`, holds the items of transaction b. In the order of time. */
export interface AnonymousBaskets {
  readonly transactions: Transactions;
  /** In days since 1970-01-01. */
  readonly day: Int32Array;
}

/** All that a shop sold, by basket; both parts number the same items. */
export interface ShopBaskets {
  readonly histories: BasketHistories;
  readonly anonymous: AnonymousBaskets;
}
