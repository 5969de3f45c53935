import { afterAll, describe, expect, it } from 'vitest';
import { itemsetCount } from '../src/mining/itemsets.ts';
import { plainMiners } from '../src/mining/plain-miners.ts';
import type { Target } from '../src/mining/search.ts';
import { basketsOf } from '../src/mining/testing/baskets.ts';
import { groceries } from '../src/mining/testing/groceries.ts';
import { linesOf } from '../src/mining/testing/itemsets.ts';
import { range } from '../src/mining/testing/random.ts';
import { sift, targets } from '../src/mining/testing/searching.ts';
import { createComputePool, createMiningEngine } from './mining.ts';

/** How many subsets of each size a set has; entry 0 counts those of one item. */
function subsetsBySize(items: number): bigint[] {
  const counts = [BigInt(items)];
  for (let size = 2; size <= items; size++) {
    counts.push((counts[size - 2]! * BigInt(items - size + 1)) / BigInt(size));
  }
  return counts;
}

describe('more sets than a double can count', () => {
  const pools = [1, 3].map((size) => createComputePool({ size, queueLimit: 2 * size }));
  const engines = pools.map((pool, n) => createMiningEngine(pool, n === 0 ? 1 : 3));
  afterAll(() => Promise.all(pools.map((pool) => pool.close())));

  describe.each(['fpgrowth', 'eclat'] as const)('%s', (algorithm) => {
    it.each([60, 100])('counts those of one basket of %i items that comes again and again', async (items) => {
      const alike = range(70).map(() => range(items));
      const whole = [...range(items - 1).map(() => 0n), 1n];
      // By themselves the items are everywhere, beside another basket they are not.
      const cases: [number[][], Record<Target, bigint[]>][] = [
        [alike, { all: subsetsBySize(items), closed: whole, maximal: whole, generator: [] }],
        [
          [...alike, []],
          { all: subsetsBySize(items), closed: whole, maximal: whole, generator: [BigInt(items)] },
        ],
      ];
      for (const [baskets, expected] of cases) {
        for (const target of targets) {
          for (const engine of engines) {
            const request = { algorithm, target, minSupport: 70, maxItemsets: 10_000 };
            const { bySize } = await engine.count(basketsOf(...baskets), request);
            expect(bySize).toEqual(expected[target]);
            const { bySize: short } = await engine.count(basketsOf(...baskets), {
              ...request,
              minLength: 2,
              maxLength: items - 1,
            });
            const within = expected[target].map((count, n) => (n === 0 || n === items - 1 ? 0n : count));
            while (within.at(-1) === 0n) within.pop();
            expect(short).toEqual(within);
          }
        }
      }
    });

    it('lists those that are closed or maximal, the best, and no more than it may', async () => {
      for (const more of [[], [[]], [[3]]]) {
        const baskets = basketsOf(...range(3).map(() => range(60)), ...more);
        for (const engine of engines) {
          const request = { algorithm, minSupport: 2 } as const;
          for (const target of ['closed', 'maximal'] as const) {
            const { itemsets } = await engine.mine(baskets, { ...request, target, minLength: 2 });
            expect(linesOf(itemsets)).toEqual([`${range(60).join(' ')}: 3`]);
          }
          await expect(engine.mine(baskets, { ...request, maxItemsets: 10_000 })).rejects.toMatchObject({
            code: 'limit-exceeded',
            message: expect.stringMatching(/more than 10000 itemsets at a minimum support of 2/),
          });
          const { itemsets } = await engine.mine(baskets, { ...request, top: 4, minLength: 2 });
          expect(linesOf(itemsets)).toEqual(['0 1: 3', '0 2: 3', '0 3: 3', '0 4: 3']);
        }
      }
    });

    it.each(targets)('lists as many %s sets as it may, and not one more', async (target) => {
      const { baskets } = groceries();
      const all = plainMiners.fpgrowth(baskets, { minSupport: 50 });
      const maxItemsets = itemsetCount(sift(all, 9835, target));
      for (const engine of engines) {
        const request = { algorithm, target, minSupport: 50 };
        const { itemsets } = await engine.mine(baskets, { ...request, maxItemsets });
        expect(itemsetCount(itemsets)).toBe(maxItemsets);
        await expect(
          engine.mine(baskets, { ...request, maxItemsets: maxItemsets - 1 }),
        ).rejects.toMatchObject({ code: 'limit-exceeded' });
      }
    });
  });
});
