import { beforeAll, describe, expect, it } from 'vitest';
import { historyCount } from '../baskets/basket-histories.ts';
import { trainTrees } from '../learn/trees/boost.ts';
import { plainScorer } from '../learn/trees/plain-scorer.ts';
import { CustomerRanker, joinedRankings, visitKept, visitSizes } from './customer-rankings.ts';
import { learnRanking } from './learn-ranking.ts';
import { OfferRanker } from './offer-ranker.ts';
import type { Ranking } from './ranking.ts';
import { shopperOf } from './shopper.ts';
import { plantedDays, plantedItems, plantedShop } from './testing/planted-shop.ts';
import { basketsIn, shopFrom } from './testing/shops.ts';

/** With a customer who never bought anything, and one who bought all there is. */
const planted = plantedShop(80);
const everything = Array.from({ length: plantedItems }, (_, item) => item);
const shop = shopFrom(
  [...basketsIn(planted), { customer: 81, day: plantedDays - 1, items: everything }],
  plantedItems,
);

describe('CustomerRanker', () => {
  let ranking: Ranking;
  beforeAll(async () => {
    const train: Parameters<typeof learnRanking>[1] = async (data, options) =>
      trainTrees(data, { ...options, trees: 8 });
    ranking = await learnRanking(shop, train, { seed: 1, questions: 200 });
  });
  const { histories } = shop;
  const asked = () => ({ ranking, histories, day: plantedDays });
  const all = { from: 0, to: historyCount(histories) };

  it('keeps of each customer what OfferRanker puts first of what they own, and of what is new', () => {
    const { day, offsets, items, probabilities, ownedCounts } = new CustomerRanker(
      asked(),
      plainScorer,
    ).rankCustomers(all);
    expect(day).toBe(plantedDays);
    const ranker = new OfferRanker(ranking, plainScorer);
    for (let c = 0; c < all.to; c++) {
      const known = histories.offsets[c + 1]! - histories.offsets[c]!;
      const count =
        known === 0 ? 0 : ranker.rank(shopperOf(histories, c, known, day), () => true, visitSizes);
      const list = Array.from({ length: count }, (_, n) => ({
        item: ranker.ranked.items[n]!,
        probability: Math.fround(ranker.ranked.probabilities[n]!),
        isOwned: ranker.ranked.isOwned[n] === 1,
      }));
      const owned = list.filter(({ isOwned }) => isOwned).slice(0, visitKept.owned);
      const fresh = list.filter(({ isOwned }) => !isOwned).slice(0, visitKept.fresh);
      const found = Array.from({ length: offsets[c + 1]! - offsets[c]! }, (_, n) => ({
        item: items[offsets[c]! + n]!,
        probability: probabilities[offsets[c]! + n]!,
        isOwned: n < ownedCounts[c]!,
      }));
      expect(found).toEqual([...owned, ...fresh]);
    }
    expect(offsets[81]! - offsets[80]!).toBe(0);
    expect([ownedCounts[81], offsets[82]! - offsets[81]!]).toEqual([16, 16]);
    expect(ownedCounts[0]).toBeGreaterThan(5);
  });

  it('says the same of customers in parts', () => {
    const whole = new CustomerRanker(asked(), plainScorer).rankCustomers(all);
    for (const size of [1, 30, 100]) {
      const ranker = new CustomerRanker(asked(), plainScorer);
      const parts = Array.from({ length: Math.ceil(all.to / size) }, (_, n) =>
        ranker.rankCustomers({ from: n * size, to: Math.min(all.to, (n + 1) * size) }),
      );
      expect(joinedRankings(plantedDays, parts)).toEqual(whole);
    }
  });

  it('ranks nothing that is not admitted', () => {
    const odd = new CustomerRanker(asked(), plainScorer, (item) => item % 2 === 1).rankCustomers(all);
    expect(odd.items.length).toBeGreaterThan(100);
    expect(odd.items.every((item) => item % 2 === 1)).toBe(true);
  });
});
