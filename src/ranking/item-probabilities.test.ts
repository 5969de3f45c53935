import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { historyCount } from '../baskets/basket-histories.ts';
import { probabilityOf } from '../learn/scores.ts';
import { trainTrees } from '../learn/trees/boost.ts';
import { plainScorer } from '../learn/trees/plain-scorer.ts';
import { EvidenceGatherer } from './evidence.ts';
import { ItemProbabilities } from './item-probabilities.ts';
import { learnRanking } from './learn-ranking.ts';
import { OfferRanker } from './offer-ranker.ts';
import { type OpenCalibration, openProbability } from './open-calibration.ts';
import { type PurchaseWorld, purchaseWorld } from './purchase-world.ts';
import type { Ranking } from './ranking.ts';
import type { RowScorer } from './row-scorer.ts';
import type { ShopBaskets } from './shop-baskets.ts';
import { shopperOf } from './shopper.ts';
import { signal, signalCount } from './signal-names.ts';
import { shopperTraits, writeSignals } from './signals.ts';
import { plantedDays, plantedItems, plantedShop } from './testing/planted-shop.ts';
import { anyShop, itemCountOfAny } from './testing/shops.ts';

const anyItems = fc
  .uniqueArray(fc.nat(itemCountOfAny - 1), { minLength: 1, maxLength: 8 })
  .map((items) => Int32Array.from(items));

/** The signals of some items for a customer with an empty cart, each question asked of a gatherer of its own. */
function signalsOf(
  { histories }: ShopBaskets,
  world: PurchaseWorld,
  customer: number,
  today: number,
  items: Int32Array,
): number[] {
  const gatherer = new EvidenceGatherer(world);
  const known = histories.offsets[customer + 1]! - histories.offsets[customer]!;
  const shopper = shopperOf(histories, customer, known, today);
  gatherer.gather(shopper);
  const traits = shopperTraits(shopper, gatherer.owned);
  const row = new Float32Array(signalCount);
  return [...items].flatMap((item) => {
    writeSignals(gatherer, shopper, traits, item, row, 0);
    return [...row];
  });
}

describe('ItemProbabilities', () => {
  let ranking: Ranking;
  let shop: ShopBaskets;
  beforeAll(async () => {
    shop = plantedShop(100);
    const train: typeof trainTrees = (data, options) => trainTrees(data, { ...options, trees: 20 });
    ranking = await learnRanking(shop, async (data, options) => train(data, options), {
      seed: 1,
      questions: 300,
    });
  });

  it('scores the very signals that the evidence of each customer gives', () => {
    fc.assert(
      fc.property(anyShop, anyItems, fc.integer({ min: 161, max: 175 }), (any, items, today) => {
        const scored: number[] = [];
        const scorer: RowScorer = {
          score: (rows, count, out) => {
            scored.push(...rows.slice(0, count * signalCount));
            plainScorer(ranking.visit!).score(rows, count, out);
          },
        };
        const { histories } = any;
        const options = { world: purchaseWorld(any), scorer, histories, today, items };
        const customers = historyCount(histories);
        const out = new Float64Array(customers * items.length);
        new ItemProbabilities(options).fill(0, customers, out);
        const known = Array.from({ length: customers }, (_, c) => c).filter(
          (c) => histories.offsets[c + 1]! > histories.offsets[c]!,
        );
        expect(scored).toEqual(known.flatMap((c) => signalsOf(any, options.world, c, today, items)));
        for (let c = 0; c < customers; c++)
          expect(Number.isNaN(out[c * items.length]!)).toBe(!known.includes(c));
      }),
      { numRuns: 50 },
    );
  });

  it('says what OfferRanker says of its candidates', () => {
    const ranker = new OfferRanker(ranking, plainScorer);
    const { histories } = shop;
    const items = Int32Array.from({ length: plantedItems }, (_, item) => item);
    const asked = { world: ranking.world, scorer: plainScorer(ranking.visit!), histories, items };
    const each = new ItemProbabilities({ ...asked, today: plantedDays });
    const out = new Float64Array(each.customers * items.length);
    each.fill(0, each.customers, out);
    for (let customer = 0; customer < each.customers; customer++) {
      const known = histories.offsets[customer + 1]! - histories.offsets[customer]!;
      const count = ranker.rank(shopperOf(histories, customer, known, plantedDays), () => true);
      expect(count).toBeGreaterThan(10);
      const { items: ranked, probabilities } = ranker.ranked;
      const expected = Array.from(probabilities.subarray(0, count));
      const found = Array.from(ranked.subarray(0, count), (item) => out[customer * plantedItems + item]);
      expect(found).toEqual(expected);
    }
  });

  it('answers for any part of the customers as for all, and brings down what is new to a customer alone', () => {
    const open: OpenCalibration = { slope: 2, intercept: 1 };
    const { histories } = shop;
    const items = Int32Array.of(11, 31);
    const asked = { world: ranking.world, scorer: plainScorer(ranking.visit!), histories, items };
    const plain = new ItemProbabilities({ ...asked, today: plantedDays });
    const all = new Float64Array(plain.customers * 2);
    plain.fill(0, plain.customers, all);
    const part = new Float64Array(20);
    plain.fill(40, 50, part);
    expect(part).toEqual(all.slice(80, 100));
    const down = new ItemProbabilities({ ...asked, today: plantedDays, open });
    const brought = new Float64Array(all.length);
    down.fill(0, down.customers, brought);
    let owned = 0;
    for (let customer = 0; customer < plain.customers; customer++) {
      const row = signalsOf(shop, ranking.world, customer, plantedDays, items);
      for (let n = 0; n < 2; n++) {
        const at = 2 * customer + n;
        const isOwned = row[n * signalCount + signal.purchases]! > 0;
        owned += isOwned ? 1 : 0;
        const score = Math.log(all[at]! / (1 - all[at]!));
        const expected = isOwned ? all[at]! : openProbability(open, score);
        expect(brought[at]).toBeCloseTo(expected, 12);
      }
    }
    expect(owned).toBeGreaterThan(20);
    expect(owned).toBeLessThan(180);
  });

  it('brings nothing above what it is of a candidate', () => {
    fc.assert(
      fc.property(fc.double({ min: -12, max: 12, noNaN: true }), (score) => {
        const open = openProbability({ slope: 1.9, intercept: 2.2 }, score);
        expect(open).toBeLessThanOrEqual(probabilityOf(score));
        expect(open).toBeGreaterThan(0);
      }),
    );
  });
});
