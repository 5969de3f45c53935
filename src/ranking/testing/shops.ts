import fc from 'fast-check';
import { basketHistories } from '../../baskets/basket-histories.ts';
import { offsetsOf } from '../../baskets/offsets.ts';
import type { Transactions } from '../../baskets/transactions.ts';
import type { ShopBaskets } from '../shop-baskets.ts';
import type { Shopper } from '../shopper.ts';

/** A basket of the day; `customer` is −1 for nobody known. */
export interface BasketLiteral {
  readonly customer: number;
  readonly day: number;
  readonly items: readonly number[];
}

/** Transactions of these items, which are put in order. */
export function transactionsFrom(baskets: readonly (readonly number[])[], itemCount: number): Transactions {
  return {
    itemCount,
    offsets: offsetsOf(Int32Array.from(baskets, (items) => items.length)),
    items: Int32Array.from(baskets.flatMap((items) => items.toSorted((a, b) => a - b))),
  };
}

/** Baskets of one customer and day become one. */
export function shopFrom(
  baskets: readonly BasketLiteral[],
  itemCount: number,
  customerCount = 1 + baskets.reduce((most, { customer }) => Math.max(most, customer), -1),
): ShopBaskets {
  const rows = baskets.flatMap(({ customer, day, items }) => items.map((item) => [customer, day, item]));
  const column = (n: number): Int32Array => Int32Array.from(rows, (row) => row[n]!);
  const anonymous = baskets.filter(({ customer }) => customer < 0).sort((a, b) => a.day - b.day);
  return {
    histories: basketHistories(
      { customer: column(0), day: column(1), item: column(2) },
      customerCount,
      itemCount,
    ),
    anonymous: {
      transactions: transactionsFrom(
        anonymous.map(({ items }) => items),
        itemCount,
      ),
      day: Int32Array.from(anonymous, ({ day }) => day),
    },
  };
}

/** All baskets: those of customers one customer after the other, in the order of time, then those of nobody known. */
export function basketsIn({ histories, anonymous }: ShopBaskets): BasketLiteral[] {
  const { offsets, day, itemOffsets, items } = histories;
  const known = Array.from(day, (one, b) => ({
    customer: offsets.findIndex((_, c) => offsets[c + 1]! > b),
    day: one,
    items: [...items.subarray(itemOffsets[b], itemOffsets[b + 1])],
  }));
  const { transactions } = anonymous;
  const nobodys = Array.from(anonymous.day, (one, b) => ({
    customer: -1,
    day: one,
    items: [...transactions.items.subarray(transactions.offsets[b], transactions.offsets[b + 1])],
  }));
  return [...known, ...nobodys];
}

/** The items of each customer's baskets, in the order of time. */
export function historiesIn(shop: ShopBaskets): (readonly number[])[][] {
  const customers = shop.histories.offsets.length - 1;
  return Array.from({ length: customers }, (_, c) =>
    basketsIn(shop)
      .filter(({ customer }) => customer === c)
      .map(({ items }) => items),
  );
}

/** A shopper with these baskets, of a day each from `days` on. */
export function shopperFrom(
  baskets: readonly (readonly number[])[],
  days: readonly number[],
  today: number,
  cart: readonly number[] = [],
): Shopper {
  const { offsets: starts, items } = transactionsFrom(baskets, Number.POSITIVE_INFINITY);
  return { items, starts, days: Int32Array.from(days), cart, today };
}

export const itemCountOfAny = 40;
const anyItems = (maxLength: number) =>
  fc.uniqueArray(fc.integer({ min: 0, max: itemCountOfAny - 1 }), { minLength: 1, maxLength });

/** Up to 40 baskets of a few customers and of nobody known, within 60 days; items 30 to 39 are rare. */
export const anyShop: fc.Arbitrary<ShopBaskets> = fc
  .array(
    fc.record({
      customer: fc.integer({ min: -1, max: 5 }),
      day: fc.integer({ min: 100, max: 160 }),
      // Few items, so that pairs come again.
      items: fc.oneof(
        fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 6 }),
        anyItems(12),
      ),
    }),
    { maxLength: 40 },
  )
  .map((baskets) => shopFrom(baskets, itemCountOfAny, 7));

/** Somebody with up to eight baskets of any size up to 12, on different days up to 160, who asks on day 100 to 170. */
export const anyShopper: fc.Arbitrary<Shopper> = fc
  .record({
    baskets: fc.array(anyItems(12), { maxLength: 8 }),
    gaps: fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 8, maxLength: 8 }),
    today: fc.integer({ min: 100, max: 170 }),
    cart: fc.oneof(fc.constant([]), anyItems(4)),
  })
  .map(({ baskets, gaps, today, cart }) => {
    let day = today - gaps.reduce((sum, gap) => sum + gap, 0);
    const days = baskets.map((_, n) => (day += gaps[n]!));
    return shopperFrom(baskets, days, today, cart);
  });
