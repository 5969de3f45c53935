import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bagsWithBoth, type PairLists } from './pair-lists.ts';
import { promotionPairs } from './promotion-pairs.ts';
import { purchaseWorld } from './purchase-world.ts';
import type { RegressedLists } from './regressed-lists.ts';
import { ofPreference, ofPromotion, promotionShop } from './testing/promotion-shop.ts';
import {
  anyShop,
  type BasketLiteral,
  basketsIn,
  historiesIn,
  itemCountOfAny,
  shopFrom,
} from './testing/shops.ts';

/** Bags with both, by pair. */
function pairsIn(lists: PairLists): Map<string, number> {
  const pairs = new Map<string, number>();
  for (let item = 0; item + 1 < lists.offsets.length; item++)
    for (let p = lists.offsets[item]!; p < lists.offsets[item + 1]!; p++)
      pairs.set(`${item} → ${lists.items[p]}`, bagsWithBoth(lists, item, p));
  return pairs;
}

const targetsOf = ({ offsets, items }: RegressedLists, item: number): number[] => [
  ...items.subarray(offsets[item], offsets[item + 1]),
];

/** Pairs of two bags and more. */
function counted(bags: readonly (readonly [readonly number[], readonly number[]])[]): Map<string, number> {
  const pairs = new Map<string, number>();
  for (const [left, right] of bags)
    for (const a of left)
      for (const b of right)
        if (left !== right || a !== b) pairs.set(`${a} → ${b}`, (pairs.get(`${a} → ${b}`) ?? 0) + 1);
  return new Map([...pairs].filter(([, count]) => count >= 2));
}
const both = (bags: readonly (readonly number[])[]) => bags.map((bag) => [bag, bag] as const);

describe('purchaseWorld', () => {
  it('says what goes together in baskets, with customers, and from one basket of theirs to the next', () => {
    fc.assert(
      fc.property(anyShop, (shop) => {
        const world = purchaseWorld(shop, { longestList: itemCountOfAny });
        const histories = historiesIn(shop);
        expect(pairsIn(world.together)).toEqual(counted(both(basketsIn(shop).map(({ items }) => items))));
        expect(pairsIn(world.fellows)).toEqual(
          counted(both(histories.map((baskets) => [...new Set(baskets.flat())]))),
        );
        const steps = histories.flatMap((baskets) =>
          baskets.slice(1).map((basket, n) => [baskets[n]!, basket] as const),
        );
        expect(pairsIn(world.next)).toEqual(counted(steps));
      }),
    );
  });

  it('takes the newest 200 items of those who bought more', () => {
    // Items 0 to 249, ten a day, of two customers alike: those of the first five days are passed over.
    const baskets: BasketLiteral[] = [0, 1].flatMap((customer) =>
      Array.from({ length: 25 }, (_, day) => ({
        customer,
        day,
        items: Array.from({ length: 10 }, (_, n) => 10 * day + n),
      })),
    );
    const { fellows } = purchaseWorld(shopFrom(baskets, 250), { longestList: 250 });
    expect(fellows.lefts).toEqual(Int32Array.from({ length: 250 }, (_, item) => (item < 50 ? 0 : 2)));
    expect(fellows.offsets[250]).toBe(200 * 199);
  });

  it('explains what is in a basket by the rest of it, and what a customer has by the rest of that', () => {
    // 0 and 1 in one basket, 2 of the same customers on another day.
    const baskets = Array.from({ length: 300 }, (_, n) => [
      { customer: n, day: 1, items: n % 2 === 0 ? [0, 1] : [3] },
      { customer: n, day: 2, items: n % 2 === 0 ? [2] : [4] },
    ]).flat();
    const { beside, owned } = purchaseWorld(shopFrom(baskets, 5));
    expect(targetsOf(beside, 0)).toEqual([1]);
    expect(targetsOf(owned, 0)).toEqual([1, 2]);
    expect(targetsOf(owned, 3)).toEqual([4]);
    // By hand: 150 baskets of 150, with 200 on the diagonal.
    expect(beside.weights[0]).toBeCloseTo(150 / 350, 6);
  });

  it('knows nothing of what promotions alone brought together, from either side, and the same of all else', () => {
    const { promoted, ...shop } = promotionShop();
    const [before, after] = [purchaseWorld(shop), purchaseWorld({ ...shop, promoted })];
    const isOfPromotions = promotionPairs({ ...shop, promoted })!;
    const [one, other] = ofPromotion;
    for (const lists of ['together', 'fellows', 'next'] as const) {
      const [told, left] = [pairsIn(before[lists]), pairsIn(after[lists])];
      for (const pair of [`${one} → ${other}`, `${other} → ${one}`]) expect(told.has(pair)).toBe(true);
      const kept = [...told].filter(([pair]) => {
        const [a, b] = pair.split(' → ').map(Number);
        return !isOfPromotions(a!, b!);
      });
      expect(left).toEqual(new Map(kept));
    }
    for (const lists of ['beside', 'owned'] as const) {
      for (const [a, b] of [ofPromotion, ofPromotion.toReversed()]) {
        expect(targetsOf(before[lists], a!)).toContain(b);
        expect(targetsOf(after[lists], a!)).not.toContain(b);
      }
      expect(targetsOf(after[lists], ofPreference[0])).toContain(ofPreference[1]);
    }
    expect(after.calendar).toEqual(before.calendar);
  });

  it('is the same where nothing was on promotion, whether that is said or not', () => {
    fc.assert(
      fc.property(anyShop, (shop) => {
        const promoted = { items: new Int32Array(0), days: new Int32Array(0) };
        expect(purchaseWorld({ ...shop, promoted })).toEqual(purchaseWorld(shop));
      }),
    );
  });

  it('is empty for an empty shop', () => {
    const world = purchaseWorld(shopFrom([], 3, 2));
    for (const lists of [world.together, world.fellows, world.next, world.beside, world.owned])
      expect(lists.offsets).toEqual(new Int32Array(4));
  });
});
