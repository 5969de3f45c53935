import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EvidenceGatherer, evidence } from './evidence.ts';
import { itemTrends, trend, trendWidth } from './item-trends.ts';
import { purchaseWorld } from './purchase-world.ts';
import { Shortlister } from './shortlist.ts';
import { anyShop, anyShopper, itemCountOfAny } from './testing/shops.ts';

/** What each kind of evidence counts, with a cart and without. */
const weights = {
  visit: {
    fading: 1,
    togetherConfidence: 3,
    togetherCloseness: 2,
    fellowsConfidence: 5,
    fellowsCloseness: 4,
    nextConfidence: 3,
    nextCloseness: 2,
    ownedWeight: 2,
  },
  cart: {
    fading: 1,
    cartConfidence: 4,
    cartCloseness: 4,
    cartBest: 2,
    cartFellows: 3,
    cartWeight: 4,
    ownedWeight: 2,
  },
} as const;

describe('Shortlister', () => {
  it('chooses what sorting would, of the owned and of the rest, nothing of the cart and nothing that is not admitted', () => {
    const anySizes = fc.record({ owned: fc.nat(12), fresh: fc.nat(20) });
    fc.assert(
      fc.property(
        anyShop,
        fc.array(anyShopper, { minLength: 1, maxLength: 3 }),
        anySizes,
        fc.uniqueArray(fc.nat(itemCountOfAny - 1)),
        (shop, shoppers, sizes, barred) => {
          const world = purchaseWorld(shop);
          const gatherer = new EvidenceGatherer(world);
          const shortlister = new Shortlister(gatherer);
          const out = new Int32Array(40);
          for (const shopper of shoppers) {
            gatherer.gather(shopper);
            const trends = itemTrends(world.calendar, shopper.today, 60);
            const kinds = shopper.cart.length > 0 ? weights.cart : weights.visit;
            const score = (item: number): number =>
              Object.entries(kinds).reduce(
                (sum, [kind, weight]) =>
                  sum +
                  weight * gatherer.values[gatherer.rowOf(item) + evidence[kind as keyof typeof evidence]]!,
                2 * trends.rows[item * trendWidth + trend.recent]! +
                  2 * trends.rows[item * trendWidth + trend.latest]!,
              );
            const cart = Array.from(shopper.cart);
            const open = [...gatherer.candidates.subarray(0, gatherer.count)].filter(
              (item) => !cart.includes(item) && !barred.includes(item),
            );
            const isOwned = (item: number): boolean =>
              gatherer.values[gatherer.rowOf(item) + evidence.purchases]! > 0;
            const count = shortlister.choose(sizes, (item) => !barred.includes(item), out);
            const chosen = [...out.subarray(0, count)];
            expect(new Set(chosen).size).toBe(count);
            expect(chosen.map(isOwned)).toEqual(chosen.map((_, n) => n < shortlister.owned));
            for (const [part, size] of [
              [open.filter(isOwned), sizes.owned],
              [open.filter((item) => !isOwned(item)), sizes.fresh],
            ] as const) {
              const best = part.map(score).sort((a, b) => b - a);
              const taken = chosen.filter((item) => part.includes(item)).map(score);
              expect(taken).toHaveLength(Math.min(size, part.length));
              // Scores, as sums in another order may swap items that are as good as equal.
              for (const [n, one] of taken.sort((a, b) => b - a).entries())
                expect(one).toBeCloseTo(best[n]!, 4);
            }
            expect(chosen.every((item) => open.includes(item))).toBe(true);
          }
        },
      ),
    );
  });
});
