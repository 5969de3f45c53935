import fc from 'fast-check';
import { type BasketHistories, basketHistories } from '../../baskets/basket-histories.ts';
import type { ShopBaskets } from '../../ranking/shop-baskets.ts';

/** By customer, then basket: what was bought, a basket a day from day 0 on. */
export type HistoryLiteral = readonly (readonly (readonly number[])[])[];

export function historiesFrom(literal: HistoryLiteral, itemCount: number): BasketHistories {
  const rows = literal.flatMap((baskets, customer) =>
    baskets.flatMap((items, day) => items.map((item) => ({ customer, day, item }))),
  );
  return basketHistories(
    {
      customer: Int32Array.from(rows, ({ customer }) => customer),
      day: Int32Array.from(rows, ({ day }) => day),
      item: Int32Array.from(rows, ({ item }) => item),
    },
    literal.length,
    itemCount,
  );
}

/** Those histories, and baskets of nobody known, of day 0 all. */
export function pastOf(
  literal: HistoryLiteral,
  itemCount: number,
  anonymous: readonly (readonly number[])[] = [],
): ShopBaskets {
  const offsets = new Int32Array(anonymous.length + 1);
  anonymous.forEach((basket, n) => {
    offsets[n + 1] = offsets[n] + basket.length;
  });
  return {
    histories: historiesFrom(literal, itemCount),
    anonymous: {
      transactions: { itemCount, offsets, items: Int32Array.from(anonymous.flat()) },
      day: new Int32Array(anonymous.length),
    },
  };
}

const anyBasket = (itemCount: number) =>
  fc
    .uniqueArray(fc.integer({ min: 0, max: itemCount - 1 }), { minLength: 1, maxLength: 6 })
    .map((items) => items.sort((a, b) => a - b));

export const itemCountOfAny = 12;

/** A few customers, some without a basket. */
export const anyHistories = fc.array(fc.array(anyBasket(itemCountOfAny), { maxLength: 17 }), {
  minLength: 1,
  maxLength: 9,
});

export const anyAnonymous = fc.array(anyBasket(itemCountOfAny), { maxLength: 5 });
