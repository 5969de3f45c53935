import type { BasketHistories } from '../baskets/basket-histories.ts';

/**
 * Who is asked about, and when: basket k of `starts.length - 1` was bought on `days[k]` and holds `items[starts[k]]` …
 * `items[starts[k + 1] - 1]`, in the order of time.
 */
export interface Shopper {
  /** Of the world's items; so are those of the cart. */
  readonly items: Int32Array;
  readonly starts: Int32Array;
  /** In days since 1970-01-01, ascending, each another one. */
  readonly days: Int32Array;
  /** What is in the cart, or on the page, each item once. */
  readonly cart: ArrayLike<number>;
  /** The day of the question, since 1970-01-01. */
  readonly today: number;
}

const nothing = new Int32Array(0);
const noBasket = new Int32Array(1);

/** Somebody of whom nothing is known but the cart. */
export function guest(cart: ArrayLike<number>, today: number): Shopper {
  return { items: nothing, starts: noBasket, days: nothing, cart, today };
}

/**
 * A customer with an empty cart, as known after the baskets given: views, nothing is copied.
 *
 * @param basketCount how many of the customer's baskets are known, the oldest first
 */
export function shopperOf(
  { offsets, day, itemOffsets, items }: BasketHistories,
  customer: number,
  basketCount: number,
  today: number,
  cart: ArrayLike<number> = nothing,
): Shopper {
  const first = offsets[customer];
  const starts = itemOffsets.subarray(first, first + basketCount + 1);
  return { items, starts, days: day.subarray(first, first + basketCount), cart, today };
}
