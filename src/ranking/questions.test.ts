import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../learn/random.ts';
import { cartQuestion, newestBaskets, visitQuestion } from './questions.ts';
import type { Shopper } from './shopper.ts';
import { anyShop, basketsIn, historiesIn, shopFrom } from './testing/shops.ts';

const knownBaskets = ({ items, starts }: Shopper): number[][] =>
  Array.from({ length: starts.length - 1 }, (_, k) => [...items.subarray(starts[k], starts[k + 1])]);

describe('visitQuestion', () => {
  it('asks for the newest basket of who came back, and knows the earlier ones alone', () => {
    fc.assert(
      fc.property(anyShop, (shop) => {
        const histories = historiesIn(shop);
        const places = newestBaskets(shop);
        expect(places.map(({ customer }) => customer)).toEqual(
          [...histories.keys()].filter((customer) => histories[customer]!.length > 1),
        );
        for (const place of places) {
          const { shopper, bought } = visitQuestion(shop, place);
          const own = histories[place.customer]!;
          expect(knownBaskets(shopper)).toEqual(own.slice(0, -1));
          expect([...bought]).toEqual(own.at(-1));
          expect(shopper.today).toBe(basketsIn(shop)[place.basket]!.day);
          expect([...shopper.days].every((day) => day < shopper.today)).toBe(true);
          expect(shopper.cart).toHaveLength(0);
        }
      }),
    );
  });
});

describe('cartQuestion', () => {
  it('parts a basket into cart and answer, neither empty, and knows the earlier baskets alone', () => {
    fc.assert(
      fc.property(anyShop, fc.nat(1000), (shop, seed) => {
        const random = seededRandom(seed);
        const known = shop.histories.day.length;
        for (const [n, { customer, day, items }] of basketsIn(shop).entries()) {
          if (items.length < 2) continue;
          const basket = n < known ? n : n - known;
          const { shopper, bought } = cartQuestion(shop, { customer, basket }, random);
          const cart = Array.from(shopper.cart);
          expect(cart.length).toBeGreaterThan(0);
          expect(bought.length).toBeGreaterThan(0);
          expect([...bought]).toEqual([...bought].sort((a, b) => a - b));
          expect([...cart, ...bought].sort((a, b) => a - b)).toEqual(items);
          const earlier = basketsIn(shop).filter(
            (one) => customer >= 0 && one.customer === customer && one.day < day,
          );
          expect(knownBaskets(shopper)).toEqual(earlier.map((one) => one.items));
          expect(shopper.today).toBe(day);
        }
      }),
    );
  });

  it('draws each size of cart as often as any other, and each item', () => {
    const shop = shopFrom([{ customer: -1, day: 1, items: [0, 1, 2, 3] }], 4);
    const random = seededRandom(1);
    const sizes = [0, 0, 0];
    const items = [0, 0, 0, 0];
    for (let n = 0; n < 6000; n++) {
      const cart = Array.from(cartQuestion(shop, { customer: -1, basket: 0 }, random).shopper.cart);
      sizes[cart.length - 1]!++;
      for (const item of cart) items[item]!++;
    }
    // 2000 ± 3.5 standard deviations of √(6000 × ⅓ × ⅔) = 36.5; 3000 ± 3.5 of √(6000 × ½ × ½) = 38.7.
    for (const count of sizes) expect(Math.abs(count - 2000)).toBeLessThan(128);
    for (const count of items) expect(Math.abs(count - 3000)).toBeLessThan(136);
  });
});
