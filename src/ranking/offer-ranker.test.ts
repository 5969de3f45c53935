import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { probabilityOf } from '../learn/scores.ts';
import { trainTrees } from '../learn/trees/boost.ts';
import { plainScorer } from '../learn/trees/plain-scorer.ts';
import { CandidateRows } from './candidate-rows.ts';
import { learnRanking } from './learn-ranking.ts';
import { OfferRanker } from './offer-ranker.ts';
import type { Ranking } from './ranking.ts';
import type { Shopper } from './shopper.ts';
import { type ShortlistSizes, shortlistDefaults } from './shortlist.ts';
import { plantedShop } from './testing/planted-shop.ts';
import { anyShopper, itemCountOfAny } from './testing/shops.ts';

const always = (_: number): boolean => true;
const anySizes = fc.oneof(
  fc.constant(shortlistDefaults),
  fc.record({ owned: fc.nat(20), fresh: fc.nat(20) }),
);

describe('OfferRanker', () => {
  let ranking: Ranking;
  beforeAll(async () => {
    const train: typeof trainTrees = (data, options) => trainTrees(data, { ...options, trees: 20 });
    ranking = await learnRanking(plantedShop(100), async (data, options) => train(data, options), {
      seed: 1,
      questions: 300,
    });
  });
  const asked = (
    ranker: OfferRanker,
    shopper: Shopper,
    admits = always,
    sizes: ShortlistSizes = shortlistDefaults,
  ) => {
    const count = ranker.rank(shopper, admits, sizes);
    const { items, probabilities } = ranker.ranked;
    return { items: [...items.subarray(0, count)], probabilities: [...probabilities.subarray(0, count)] };
  };

  it('puts the candidates in the order of their probabilities, ties by number', () => {
    fc.assert(
      fc.property(anyShopper, anySizes, (shopper, sizes) => {
        const { items, probabilities } = asked(new OfferRanker(ranking, plainScorer), shopper, always, sizes);
        const rows = new CandidateRows(ranking.world);
        const count = rows.fill(shopper, sizes, always);
        const scores = new Float64Array(count);
        plainScorer((shopper.cart.length > 0 ? ranking.cart : ranking.visit)!).score(
          rows.rows,
          count,
          scores,
        );
        const expected = Array.from(scores, (score, n) => ({ item: rows.items[n]!, score })).sort(
          (a, b) => b.score - a.score || a.item - b.item,
        );
        expect(items).toEqual(expected.map(({ item }) => item));
        expect(probabilities).toEqual(expected.map(({ score }) => probabilityOf(score)));
        expect(probabilities.every((one) => one > 0 && one < 1)).toBe(true);
      }),
    );
  });

  it('ranks nothing of the cart, admitted items alone, each once', () => {
    fc.assert(
      fc.property(anyShopper, fc.uniqueArray(fc.nat(itemCountOfAny - 1)), (shopper, barred) => {
        const { items } = asked(
          new OfferRanker(ranking, plainScorer),
          shopper,
          (item) => !barred.includes(item),
        );
        const forbidden = new Set([...barred, ...Array.from(shopper.cart)]);
        expect(items.filter((item) => forbidden.has(item))).toEqual([]);
        expect(new Set(items).size).toBe(items.length);
      }),
    );
  });

  it('answers the same whatever was asked before', () => {
    const busy = new OfferRanker(ranking, plainScorer);
    fc.assert(
      fc.property(anyShopper, anyShopper, (before, shopper) => {
        asked(busy, before);
        expect(asked(busy, shopper)).toEqual(asked(new OfferRanker(ranking, plainScorer), shopper));
      }),
    );
  });

  it('keeps to the numbers of owned and of new candidates', () => {
    fc.assert(
      fc.property(anyShopper, anySizes, (shopper, sizes) => {
        const { items } = asked(new OfferRanker(ranking, plainScorer), shopper, always, sizes);
        const own = new Set(shopper.items.subarray(shopper.starts[0], shopper.starts.at(-1)));
        expect(items.filter((item) => own.has(item)).length).toBeLessThanOrEqual(sizes.owned);
        expect(items.filter((item) => !own.has(item)).length).toBeLessThanOrEqual(sizes.fresh);
      }),
    );
  });

  it('ranks nothing where nothing was learnt for such a question', () => {
    const carts = new OfferRanker({ ...ranking, visit: null }, plainScorer);
    fc.assert(
      fc.property(anyShopper, (shopper) => {
        expect(asked(carts, shopper).items.length > 0).toBe(shopper.cart.length > 0);
      }),
    );
  });
});
