import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trainTrees } from '../src/learn/trees/boost.ts';
import { wasmPlaces } from '../src/learn/trees/kernel/wasm-kernel.ts';
import { plainScorer } from '../src/learn/trees/plain-scorer.ts';
import { CustomerRanker } from '../src/ranking/customer-rankings.ts';
import { learnRanking } from '../src/ranking/learn-ranking.ts';
import type { Ranking } from '../src/ranking/ranking.ts';
import { plantedDays, plantedShop } from '../src/ranking/testing/planted-shop.ts';
import { createComputePool } from './mining.ts';
import { createRankingLearner } from './ranking.ts';
import { treesKernel } from './shared-training.ts';

const pools = [1, 2, 3].map((size) => createComputePool({ size, queueLimit: 16 * size }));
const learners = pools.map((pool, n) => createRankingLearner(pool, n + 1));
afterAll(() => Promise.all(pools.map((pool) => pool.close())));

describe('rankings learnt on threads', () => {
  const shop = plantedShop(250);
  const options = { seed: 5, questions: 250 };
  let plain: Ranking;
  beforeAll(async () => {
    plain = await learnRanking(
      shop,
      async (data, trees) => trainTrees(data, trees, wasmPlaces(treesKernel())),
      options,
    );
  });

  it.each([1, 2, 3])('are the same on %i of them, and without any', async (threads) => {
    const { ranking, exercises } = await learners[threads - 1]!.learnRanking(shop, options);
    expect(ranking).toEqual(plain);
    expect(exercises.map(({ exercise }) => exercise.kind)).toEqual([
      'visit',
      'visit',
      'visit',
      'cart',
      'cart',
      'cart',
      'cart',
      'cart',
    ]);
  });

  it('are the same of one kind alone, or with logistic models', async () => {
    const visit = { ...options, kinds: ['visit' as const] };
    expect((await learners[1]!.learnRanking(shop, visit)).ranking).toEqual({ ...plain, cart: null });
    const logistic = { seed: 5, questions: 60, learner: 'logistic' as const };
    const unused = async (): Promise<never> => {
      throw new Error('No tree is grown.');
    };
    const expected = await learnRanking(shop, unused, logistic);
    expect([expected.visit, expected.cart]).toEqual([null, null]);
    expect((await learners[1]!.learnRanking(shop, logistic)).ranking).toEqual(expected);
  });

  it('end when they are cancelled, and the threads take other work', async () => {
    const abort = new AbortController();
    const learning = learners[1]!.learnRanking(shop, options, { signal: abort.signal });
    setTimeout(() => abort.abort(), 150);
    await expect(learning).rejects.toMatchObject({ code: 'cancelled' });
    const small = plantedShop(60);
    const { ranking } = await learners[1]!.learnRanking(small, { ...options, questions: 100 });
    expect(ranking.world.itemCount).toBe(60);
  });

  it('rank all customers as one thread does', async () => {
    // More customers than one part has.
    const many = plantedShop(2100, 3);
    const asked = { ranking: plain, histories: many.histories, day: plantedDays };
    const expected = new CustomerRanker(asked, plainScorer).rankCustomers({ from: 0, to: 2100 });
    const shares: number[] = [];
    for (const learner of learners)
      expect(await learner.rankAll(asked, { onProgress: (share) => shares.push(share) })).toEqual(expected);
    expect(shares.slice(0, 2)).toEqual([2048 / 2100, 1]);
  });
});
