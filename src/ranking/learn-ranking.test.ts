import { beforeAll, describe, expect, it } from 'vitest';
import { trainTrees } from '../learn/trees/boost.ts';
import { treeCount } from '../learn/trees/boosted-trees.ts';
import { plainScorer } from '../learn/trees/plain-scorer.ts';
import { learnRanking, rankingDefaults, type TrainTrees } from './learn-ranking.ts';
import { OfferRanker } from './offer-ranker.ts';
import { newestBaskets, visitQuestion } from './questions.ts';
import type { Ranking } from './ranking.ts';
import type { ShopBaskets } from './shop-baskets.ts';
import { guest, type Shopper } from './shopper.ts';
import { companionOf, nextOf, plantedDays, plantedShop } from './testing/planted-shop.ts';
import { ofPreference, ofPromotion, promotionShop, promotionShopDays } from './testing/promotion-shop.ts';
import { type BasketLiteral, shopFrom, shopperFrom } from './testing/shops.ts';

const train: TrainTrees = async (data, options) => trainTrees(data, options);

/** With fewer trees than in earnest: what is planted shows soon. */
const learn = (shop: ShopBaskets, seed = 1, trees = 50) =>
  learnRanking(shop, (data, options) => train(data, { ...options, trees }), { seed, questions: 600 });
const always = (): boolean => true;

function listOf(ranking: Ranking, shopper: Shopper): { item: number; probability: number }[] {
  const ranker = new OfferRanker(ranking, plainScorer);
  const count = ranker.rank(shopper, always);
  return Array.from({ length: count }, (_, n) => ({
    item: ranker.ranked.items[n]!,
    probability: ranker.ranked.probabilities[n]!,
  }));
}

const tens = Array.from({ length: 10 }, (_, n) => n);

describe('learnRanking', () => {
  let ranking: Ranking;
  beforeAll(async () => {
    ranking = await learn(plantedShop(600));
  });

  it('learns what is bought the visit after, and how surely', () => {
    const others = plantedShop(200, 2);
    let [right, expected, bought] = [0, 0, 0];
    for (const question of newestBaskets(others).map((place) => visitQuestion(others, place))) {
      const { items, starts } = question.shopper;
      const leading = items.subarray(starts.at(-2), starts.at(-1)).find((item) => item < 10)!;
      const list = listOf(ranking, question.shopper);
      right += list[0]!.item === nextOf(leading) ? 1 : 0;
      for (const { item, probability } of list) {
        expected += probability;
        bought += question.bought.includes(item) ? 1 : 0;
      }
    }
    expect(right).toBeGreaterThan(195);
    // About 1150; the standard deviation of a share of 200 × 40 chances is 3 %.
    expect(expected / bought).toBeGreaterThan(0.9);
    expect(expected / bought).toBeLessThan(1.1);
  });

  it('learns what goes with what is in a cart', () => {
    for (const item of tens) {
      const list = listOf(ranking, guest([20 + item, 45], plantedDays));
      expect(list[0]!.item).toBe(companionOf(20 + item));
      expect(list[0]!.probability).toBeGreaterThan(0.6);
      expect(list[1]!.probability).toBeLessThan(0.4);
    }
  });

  it('proposes nothing because a promotion brought it together with the cart', async () => {
    const { promoted, ...shop } = promotionShop();
    const [unaware, aware] = [await learn(shop), await learn({ ...shop, promoted })];
    const proposed = (ranking: Ranking, item: number): number[] =>
      listOf(ranking, guest([item], promotionShopDays)).map((offer) => offer.item);
    for (const [one, other] of [ofPromotion, ofPromotion.toReversed()]) {
      expect(proposed(unaware, one!)[0]).toBe(other);
      expect(proposed(aware, one!)).not.toContain(other);
    }
    for (const [one, other] of [ofPreference, ofPreference.toReversed()])
      expect(proposed(aware, one!)[0]).toBe(other);
  });

  it('learns the same for the same seed, and draws other carts for another', async () => {
    const shop = plantedShop(30);
    const [once, again, other] = [await learn(shop, 1, 8), await learn(shop, 1, 8), await learn(shop, 2, 8)];
    expect(treeCount(once.cart!)).toBeGreaterThan(5);
    expect(again).toEqual(once);
    expect(other.world).toEqual(once.world);
    expect(other.cart!.leaves).not.toEqual(once.cart!.leaves);
  });

  it('learns one kind alone where told to', async () => {
    const options = { ...rankingDefaults, questions: 100 };
    const visit = await learnRanking(plantedShop(60), train, { ...options, kinds: ['visit'] });
    expect([visit.visit, visit.cart].map((trees) => trees === null)).toEqual([false, true]);
    const cart = await learnRanking(plantedShop(60), train, { ...options, kinds: ['cart'] });
    expect([cart.visit, cart.cart].map((trees) => trees === null)).toEqual([true, false]);
  });

  const few: Record<string, BasketLiteral[]> = {
    'no basket': [],
    'one basket': [{ customer: 0, day: 3, items: [0, 1] }],
    'one basket of nobody known': [{ customer: -1, day: 3, items: [0, 1] }],
    'one customer': tens.map((day) => ({ customer: 0, day, items: [day % 3, 3] })),
    'one item': tens.map((customer) => ({ customer, day: customer % 2, items: [0] })),
  };
  it.each(Object.keys(few))('learns nothing from %s, and ranks nothing then', async (name) => {
    const ranking = await learn(shopFrom(few[name]!, 4, 10));
    expect([ranking.visit, ranking.cart]).toEqual([null, null]);
    expect(listOf(ranking, guest([0], 5))).toEqual([]);
    expect(listOf(ranking, shopperFrom([[0]], [1], 5))).toEqual([]);
  });

  it('ranks by number where all baskets are alike, as nothing tells their items apart', async () => {
    const baskets = Array.from({ length: 600 }, (_, n) => ({
      customer: n >> 1,
      day: n % 2,
      items: [0, 1, 2, 3],
    }));
    const ranking = await learn(shopFrom(baskets, 6));
    const visit = listOf(ranking, shopperFrom([[0, 1, 2, 3]], [0], 1));
    expect(visit.map(({ item }) => item)).toEqual([0, 1, 2, 3]);
    const cart = listOf(ranking, guest([2], 1));
    expect(cart.map(({ item }) => item)).toEqual([0, 1, 3]);
    for (const { probability } of [...visit, ...cart]) {
      expect(probability).toBeGreaterThan(0.99);
      expect(probability).toBeLessThan(1);
    }
  });
});
