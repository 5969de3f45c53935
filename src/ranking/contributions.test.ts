import { beforeAll, describe, expect, it } from 'vitest';
import { trainTrees } from '../learn/trees/boost.ts';
import { plainScorer } from '../learn/trees/plain-scorer.ts';
import { CandidateRows } from './candidate-rows.ts';
import { contributionsOf } from './contributions.ts';
import { type Learner, learners, learnRanking } from './learn-ranking.ts';
import { newestBaskets, visitQuestion } from './questions.ts';
import type { Ranking } from './ranking.ts';
import type { RowScorer } from './row-scorer.ts';
import { guest, type Shopper } from './shopper.ts';
import { shortlistDefaults } from './shortlist.ts';
import { logisticScorer } from './signal-logistic.ts';
import { signal, signalCount } from './signal-names.ts';
import { companionOf, plantedDays, plantedShop } from './testing/planted-shop.ts';

describe.each(learners)('contributions to scores by %s', (learner: Learner) => {
  const shop = plantedShop(120);
  let ranking: Ranking;
  beforeAll(async () => {
    const train: Parameters<typeof learnRanking>[1] = async (data, options) =>
      trainTrees(data, { ...options, trees: 12 });
    ranking = await learnRanking(shop, train, { seed: 1, questions: 150, learner });
  });

  const rowsOf = (shopper: Shopper) => {
    const candidates = new CandidateRows(ranking.world);
    return { candidates, count: candidates.fill(shopper, shortlistDefaults, () => true) };
  };
  const scorerOf = (kind: 'visit' | 'cart'): RowScorer =>
    learner === 'trees' ? plainScorer(ranking[kind]!) : logisticScorer(ranking.logistic![kind]!);

  it('sum up to the score of each candidate, of visits and of carts', () => {
    const visitor = visitQuestion(shop, newestBaskets(shop)[3]!).shopper;
    for (const [kind, shopper] of [
      ['visit', visitor],
      ['cart', { ...visitor, cart: [21, 45] }],
      ['cart', guest([22], plantedDays)],
    ] as const) {
      const { candidates, count } = rowsOf(shopper);
      const scores = new Float64Array(count);
      scorerOf(kind).score(candidates.rows, count, scores);
      expect(count).toBeGreaterThan(20);
      for (let row = 0; row < count; row++) {
        const parts = contributionsOf(ranking, kind, candidates.rows, row)!;
        expect(parts).toHaveLength(signalCount + 1);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(scores[row]!, 8);
      }
    }
  });

  it('say that what goes with the cart speaks for its companion more than all else together', () => {
    const { candidates, count } = rowsOf(guest([22], plantedDays));
    const at = candidates.items.subarray(0, count).indexOf(companionOf(22));
    const parts = contributionsOf(ranking, 'cart', candidates.rows, at)!.subarray(0, signalCount);
    const ofCart = parts.subarray(signal.cartConfidence, signal.cartWeight + 1);
    const sum = (some: Float64Array): number => some.reduce((total, part) => total + part, 0);
    expect(sum(ofCart)).toBeGreaterThan(2);
    expect(sum(ofCart)).toBeGreaterThan(Math.abs(sum(parts) - sum(ofCart)));
  });

  it('are none where nothing was learnt', () => {
    const nothing = { world: ranking.world, visit: null, cart: null };
    expect(contributionsOf(nothing, 'visit', new Float32Array(signalCount), 0)).toBeNull();
  });
});
