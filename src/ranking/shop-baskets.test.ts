import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allBaskets, allDays, type BasketPlace, withoutBaskets } from './shop-baskets.ts';
import { anyShop, basketsIn, itemCountOfAny, transactionsFrom } from './testing/shops.ts';

describe('shop baskets', () => {
  it('are those of customers, and after them those of nobody known', () => {
    fc.assert(
      fc.property(anyShop, (shop) => {
        const literal = basketsIn(shop).map(({ items }) => items);
        expect(allBaskets(shop)).toEqual(transactionsFrom(literal, itemCountOfAny));
        expect([...allDays(shop)]).toEqual(basketsIn(shop).map(({ day }) => day));
      }),
    );
  });

  it('can be taken away; customers stay, and so does what was on promotion', () => {
    fc.assert(
      fc.property(anyShop, fc.infiniteStream(fc.boolean()), (shop, hides) => {
        const baskets = basketsIn(shop);
        const known = shop.histories.day.length;
        const isHidden = baskets.map(() => hides.next().value!);
        const places: BasketPlace[] = baskets
          .map(({ customer }, n) => ({ customer, basket: n < known ? n : n - known }))
          .filter((_, n) => isHidden[n]);
        const promoted = { items: Int32Array.of(1), days: Int32Array.of(120) };
        const left = withoutBaskets({ ...shop, promoted }, places);
        expect(left.promoted).toEqual(promoted);
        expect(basketsIn(left)).toEqual(baskets.filter((_, n) => !isHidden[n]));
        expect(left.histories.offsets).toHaveLength(shop.histories.offsets.length);
      }),
    );
  });
});
