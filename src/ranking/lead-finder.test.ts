import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { basketHistories } from '../baskets/basket-histories.ts';
import { type Lead, LeadFinder } from './lead-finder.ts';
import { type PurchaseWorld, purchaseWorld } from './purchase-world.ts';
import { guest, type Shopper, shopperOf } from './shopper.ts';
import { plainLeadTo } from './testing/plain-leads.ts';
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
          expect(items.map((to) => finder.leadTo(to))).toEqual(
            items.map((to) => plainLeadTo(world, shopper, to)),
          );
        }
      }),
    );
  });

  it('finds the same of the items it is made for, and nothing of others', () => {
    const someItems = fc.uniqueArray(fc.constantFrom(...items), { maxLength: 12 });
    fc.assert(
      fc.property(anyShop, anyShopper, someItems, (shop, shopper, targets) => {
        const world = purchaseWorld(shop);
        const finder = new LeadFinder(world, targets);
        finder.begin(shopper);
        for (const to of items)
          expect(finder.leadTo(to)).toEqual(
            targets.includes(to) ? plainLeadTo(world, shopper, to) : undefined,
          );
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
      expect(finder.leadTo(90)).toEqual(plainLeadTo(world, shopper, 90));
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

/** [customer, day, item] of each purchase. */
const rows = [
  // Three customers buy 0 and 1 on a day, 2 on the next; two of them 3 later on.
  ...[0, 1, 2].flatMap((c) => [
    [c, 1, 0],
    [c, 1, 1],
    [c, 2, 2],
  ]),
  [0, 9, 3],
  [1, 9, 3],
  // Two buy 0 alone, on two days.
  [3, 1, 0],
  [3, 3, 0],
  [4, 1, 0],
] as const;

const column = (at: number) => Int32Array.from(rows, (row) => row[at]);
const histories = basketHistories({ customer: column(0), day: column(1), item: column(2) }, 5, 5);
const anonymous = {
  transactions: { itemCount: 5, offsets: new Int32Array(1), items: new Int32Array(0) },
  day: new Int32Array(0),
};
const small = purchaseWorld({ histories, anonymous });

function leadTo(world: PurchaseWorld, shopper: Shopper, to: number): Lead | undefined {
  const finder = new LeadFinder(world);
  finder.begin(shopper);
  return finder.leadTo(to);
}

describe('the lead to an item', () => {
  it('counts the baskets of what is in the cart', () => {
    // Item 0 is in six baskets, three of which hold 1.
    expect(leadTo(small, guest([0], 10), 1)).toEqual({
      kind: 'together',
      from: 0,
      to: 1,
      both: 3,
      left: 6,
      right: 3,
      confidence: 0.5,
    });
  });

  it('takes the surest of a cart', () => {
    expect(leadTo(small, guest([0, 3], 10), 1)).toMatchObject({ from: 0 });
    expect(leadTo(small, guest([1, 2], 10), 0)).toMatchObject({ from: 1, confidence: 1 });
  });

  it('goes from the newest purchases to what comes next', () => {
    // Of the steps from a basket with 1 all three lead to 2; of those from one with 0 three of four.
    expect(leadTo(small, shopperOf(histories, 0, 1, 2), 2)).toEqual({
      kind: 'next',
      from: 1,
      to: 2,
      both: 3,
      left: 3,
      right: 3,
      confidence: 1,
    });
  });

  it('goes by the same customers where no basket leads there', () => {
    // Of the three with 1 two have 3, though never in the next basket.
    expect(leadTo(small, shopperOf(histories, 2, 1, 5), 3)).toMatchObject({
      kind: 'fellows',
      from: 1,
      both: 2,
      left: 3,
    });
  });

  it('knows of no lead where there is none', () => {
    expect(leadTo(small, guest([4], 10), 0)).toBeUndefined();
    expect(leadTo(small, guest([], 10), 0)).toBeUndefined();
    expect(leadTo(small, shopperOf(histories, 4, 1, 5), 4)).toBeUndefined();
  });
});
