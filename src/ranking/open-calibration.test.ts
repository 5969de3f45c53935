import { beforeAll, describe, expect, it } from 'vitest';
import { itemsOfBasket } from '../baskets/basket-histories.ts';
import { trainTrees } from '../learn/trees/boost.ts';
import { plainScorer } from '../learn/trees/plain-scorer.ts';
import { ItemProbabilities } from './item-probabilities.ts';
import { learnRanking } from './learn-ranking.ts';
import { fitOpenCalibration } from './open-calibration.ts';
import { purchaseWorld } from './purchase-world.ts';
import { newestBaskets } from './questions.ts';
import type { Ranking } from './ranking.ts';
import type { RowScorer } from './row-scorer.ts';
import { type ShopBaskets, withoutBaskets } from './shop-baskets.ts';
import { hiddenVisits } from './testing/hidden-visits.ts';
import { plantedItems, plantedShop } from './testing/planted-shop.ts';
import { shopFrom } from './testing/shops.ts';

const customers = 300;
const train: typeof trainTrees = (data, options) =>
  trainTrees(data, { ...options, trees: 10, learningRate: 0.3 });

describe('fitOpenCalibration', () => {
  const shop = plantedShop(customers);
  const newest = newestBaskets(shop);
  const past = withoutBaskets(shop, newest);
  let ranking: Ranking;
  let scorer: RowScorer;
  beforeAll(async () => {
    const options = { seed: 1, questions: 300, kinds: ['visit'] as const };
    // Of another shop of the same kind: on what it was learnt from it would be too sure.
    const other = plantedShop(customers, 2);
    const { visit } = await learnRanking(other, async (data, given) => train(data, given), options);
    ranking = { world: purchaseWorld(past), visit, cart: null };
    scorer = plainScorer(visit!);
  });
  const fitted = (of: ShopBaskets, seed: number) =>
    fitOpenCalibration([hiddenVisits(of, seed)], scorer, seed);

  it('makes the probabilities of all that is new add up to what is bought', () => {
    const { histories } = past;
    const items = Int32Array.from({ length: plantedItems }, (_, item) => item);
    // The last visits come from day 75 on.
    const asked = { world: ranking.world, scorer, histories, today: 75, items };
    const out = new Float64Array(customers * plantedItems);
    new ItemProbabilities({ ...asked, open: fitted(past, 1) }).fill(0, customers, out);
    let [expected, actual] = [0, 0];
    for (const { customer, basket } of newest) {
      const bought = new Set(itemsOfBasket(shop.histories, basket));
      const [first, end] = [histories.offsets[customer]!, histories.offsets[customer + 1]!];
      const owned = new Set(
        histories.items.subarray(histories.itemOffsets[first], histories.itemOffsets[end]),
      );
      for (const item of items) {
        if (owned.has(item)) continue;
        expected += out[customer * plantedItems + item]!;
        actual += bought.has(item) ? 1 : 0;
      }
    }
    expect(actual).toBeGreaterThan(600);
    expect(expected / actual).toBeGreaterThan(0.85);
    expect(expected / actual).toBeLessThan(1.15);
  });

  it('tells nothing where too little is bought', () => {
    const baskets = Array.from({ length: 30 }, (_, n) => ({ customer: n % 10, day: n, items: [n % 5] }));
    expect(fitted(shopFrom(baskets, 5), 1)).toBeNull();
    expect(fitted(shopFrom([], 0), 1)).toBeNull();
  });

  it('is the same for the same seed, and much the same for another', () => {
    const [one, other] = [fitted(past, 3)!, fitted(past, 4)!];
    expect(fitted(past, 3)).toEqual(one);
    expect(other).not.toEqual(one);
    const at = (score: number) => [one, other].map(({ slope, intercept }) => slope * score + intercept);
    for (const score of [-4, -3, -2]) expect(Math.abs(at(score)[0]! - at(score)[1]!)).toBeLessThan(0.5);
  });
});
