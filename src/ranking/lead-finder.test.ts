import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LeadFinder } from './lead-finder.ts';
import { leadTo } from './leads.ts';
import { purchaseWorld } from './purchase-world.ts';
import { guest } from './shopper.ts';
import { anyShop, anyShopper, itemCountOfAny, shopFrom, shopperFrom } from './testing/shops.ts';

const items = Array.from({ length: itemCountOfAny }, (_, item) => item);

describe('LeadFinder', () => {
  it('finds what looking through all that leads anywhere does, whoever was asked about before', () => {
    fc.assert(
      fc.property(anyShop, fc.array(anyShopper, { minLength: 1, maxLength: 4 }), (shop, shoppers) => {
        const world = purchaseWorld(shop);
        const finder = new LeadFinder(world);
        for (const shopper of shoppers) {
          finder.begin(shopper);
          expect(items.map((to) => finder.leadTo(to))).toEqual(items.map((to) => leadTo(world, shopper, to)));
        }
      }),
    );
  });

  it('finds a few items among very many that lead to one', () => {
    // Item n < 90 is in 2 + n % 7 baskets, always with 90.
    const baskets = Array.from({ length: 90 }, (_, n) =>
      Array.from({ length: 2 + (n % 7) }, (_, k) => ({ customer: n, day: k, items: k < 2 ? [n, 90] : [n] })),
    ).flat();
    const world = purchaseWorld(shopFrom(baskets, 91));
    const finder = new LeadFinder(world);
    const shoppers = [
      ...[[0], [89, 6], [6, 13, 20], [5, 4], [90]].map((cart) => guest(cart, 20)),
      shopperFrom([[3, 4], [11]], [1, 2], 20),
      shopperFrom([[3, 4], [11]], [1, 2], 20, [60]),
    ];
    for (const shopper of shoppers) {
      finder.begin(shopper);
      expect(finder.leadTo(90)).toEqual(leadTo(world, shopper, 90));
    }
    finder.begin(guest([89, 7], 20));
    expect(finder.leadTo(90)).toMatchObject({ kind: 'together', from: 7, confidence: 1 });
  });

  it('looks at the 40 items bought last', () => {
    const pairs = [0, 1].map((customer) => ({ customer, day: 1, items: [0, 50] }));
    const world = purchaseWorld(shopFrom(pairs, 60));
    const later = Array.from({ length: 40 }, (_, n) => n + 1);
    const finder = new LeadFinder(world);
    finder.begin(shopperFrom([[0], later], [1, 2], 5));
    expect(finder.leadTo(50)).toBeUndefined();
    finder.begin(shopperFrom([[0], later.slice(1)], [1, 2], 5));
    expect(finder.leadTo(50)).toMatchObject({ from: 0, both: 2 });
  });

  it('knows of no lead before it is told of somebody', () => {
    const world = purchaseWorld(shopFrom([{ customer: 0, day: 1, items: [0, 1] }], 2));
    expect(new LeadFinder(world).leadTo(1)).toBeUndefined();
  });
});
