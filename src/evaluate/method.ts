import type { Transactions } from '../baskets/transactions.ts';
import type { PromotedDays, ShopBaskets } from '../ranking/shop-baskets.ts';

/** A list that is being filled: room for as many entries as are asked for. */
export interface RankedItems {
  /** The best first. */
  readonly items: Int32Array;
  /** Of each entry: how likely it is taken. Written by rankers with `hasProbabilities` alone. */
  readonly probabilities: Float64Array;
}

/** `new`: those items alone that the customer's history does not hold. */
export type Among = 'all' | 'new';

/** Holds work arrays: one question at a time. */
export interface NextBasketRanker {
  readonly hasProbabilities: boolean;
  /**
   * What the customer is likely to buy next, of all items or of those that are new to them.
   *
   * @param customer a number of the histories that it was made from
   * @param k how many at most
   * @param day of the question, since 1970-01-01: a shop knows what day it is when a customer comes
   * @returns how many of `out` were filled, each with another item
   */
  rank(customer: number, k: number, among: Among, out: RankedItems, day: number): number;
}

/** A way to foretell the next basket. */
export interface NextBasketMethod {
  readonly name: string;
  /**
   * Learns; keeps what it needs of what it is given, and changes none of it.
   *
   * @param past all that was bought in the time that it may see
   */
  prepare(past: ShopBaskets): NextBasketRanker | Promise<NextBasketRanker>;
}

/** Baskets to learn from, oldest first. */
export interface PastCarts {
  readonly baskets: Transactions;
  /** By basket; −1 where not known. */
  readonly customer: Int32Array;
  readonly customerCount: number;
  /** By basket, since 1970-01-01; the same for all where days are not known. */
  readonly day: Int32Array;
  /** Absent where nothing is known to have been on promotion. */
  readonly promoted?: PromotedDays | undefined;
}

/** Holds work arrays: one question at a time. */
export interface CartRanker {
  /**
   * What else goes into a cart.
   *
   * @param cart items, ascending
   * @param customer a number of the past carts' customers, or −1
   * @param k how many at most
   * @param day of the question, since 1970-01-01
   * @returns how many of `out` were filled, each with another item, none of the cart
   */
  rank(cart: Int32Array, customer: number, k: number, out: RankedItems, day: number): number;
}

/** A way to complete carts. */
export interface CartMethod {
  readonly name: string;
  /** Learns; keeps what it needs of what it is given, and changes none of it. */
  prepare(past: PastCarts): CartRanker | Promise<CartRanker>;
}

/** Room for a list of `k` items. */
export const roomFor = (k: number): RankedItems => ({
  items: new Int32Array(k),
  probabilities: new Float64Array(k),
});
