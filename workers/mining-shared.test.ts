import { afterAll, describe, expect, it } from 'vitest';
import type { Transactions } from '../src/baskets/transactions.ts';
import { inCanonicalOrder, itemsetCount } from '../src/mining/itemsets.ts';
import { plainMiners } from '../src/mining/plain-miners.ts';
import type { Target } from '../src/mining/search.ts';
import { basketsOf } from '../src/mining/testing/baskets.ts';
import { groceries } from '../src/mining/testing/groceries.ts';
import { topItemsets } from '../src/mining/top-itemsets.ts';
import { createComputePool, createMiningEngine } from './mining.ts';

const { baskets } = groceries();
const targets: Target[] = ['all', 'closed', 'maximal', 'generator'];
const range = (length: number, from = 0): number[] => Array.from({ length }, (_, i) => from + i);

describe('a search shared by threads', () => {
  const pools = [1, 2, 3].map((size) => createComputePool({ size, queueLimit: 2 * size }));
  const [one, two, three] = pools.map((pool, n) => createMiningEngine(pool, n + 1));
  afterAll(() => Promise.all(pools.map((pool) => pool.close())));

  describe.each(['fpgrowth', 'eclat'] as const)('%s', (algorithm) => {
    it.each(targets)('finds the same %s sets in the same order on any number of threads', async (target) => {
      const request = { algorithm, target, minSupport: 20 };
      const alone = await one!.mine(baskets, request);
      expect(alone).toMatchObject({ algorithm, threads: 1 });
      for (const engine of [two!, three!]) {
        expect((await engine.mine(baskets, request)).itemsets).toEqual(alone.itemsets);
      }
      const { bySize, threads } = await two!.count(baskets, request);
      expect(threads).toBe(2);
      expect(bySize.reduce((sum, count) => sum + count, 0n)).toBe(BigInt(itemsetCount(alone.itemsets)));
    });

    it.each(targets)('finds %s sets of the lengths asked for', async (target) => {
      const any = { algorithm, target, minSupport: 30 };
      const { itemsets } = await two!.mine(baskets, { ...any, minLength: 2, maxLength: 3 });
      const { bySize } = await two!.count(baskets, any);
      expect((await two!.count(baskets, { ...any, minLength: 2, maxLength: 3 })).bySize).toEqual([
        0n,
        bySize[1],
        bySize[2],
      ]);
      expect(BigInt(itemsetCount(itemsets))).toBe(bySize[1]! + bySize[2]!);
    });

    it.each([1, 7, 200, 3000])('finds the %i sets of highest support without a threshold', async (top) => {
      const { itemsets } = await two!.mine(baskets, { algorithm, minSupport: 1, top });
      const all = plainMiners.fpgrowth(baskets, { minSupport: 20 });
      expect(itemsets).toEqual(topItemsets(all, top).itemsets);
    });

    it('counts exactly beyond what a double holds', async () => {
      // Two baskets of 70 and 60 items that share 50.
      const huge = basketsOf(range(70), range(60, 20));
      const { bySize } = await two!.count(huge, { algorithm, minSupport: 1 });
      const total = bySize.reduce((sum, count) => sum + count, 0n);
      expect(total).toBe(2n ** 70n + 2n ** 60n - 2n ** 50n - 1n);
    });

    it('stops at its budget, and says what was reached and what would fit', async () => {
      const stopped = two!.mine(baskets, { algorithm, minSupport: 5, maxItemsets: 20_000 });
      const error = await stopped.catch((thrown) => thrown);
      expect(error).toMatchObject({ code: 'limit-exceeded' });
      expect(error.message).toMatch(
        /more than 20000 itemsets at a minimum support of 5 .* about \d+ % of the work/,
      );
      const { minSupport } = error.details.advice;
      const fitting = itemsetCount(plainMiners.fpgrowth(baskets, { minSupport }));
      expect(fitting).toBeGreaterThan(2000);
      expect(fitting).toBeLessThan(49_580);
    });

    it('stops when its time is up', async () => {
      const stopped = two!.count(baskets, { algorithm, minSupport: 1, maxSeconds: 1e-6 });
      await expect(stopped).rejects.toMatchObject({ code: 'limit-exceeded', message: /may take; .* Raise/ });
      expect((await two!.count(baskets, { algorithm, minSupport: 50 })).bySize).toHaveLength(4);
    });

    it('stops, and goes on afterwards, when a few long baskets would make too many sets', async () => {
      const long = { algorithm, minSupport: 5 } as const;
      const data = withLongBaskets(2000, 30);
      await expect(two!.mine(data, long)).rejects.toMatchObject({ code: 'limit-exceeded' });
      expect(itemsetCount((await two!.mine(data, { ...long, maxLength: 2 })).itemsets)).toBeGreaterThan(1000);
    });
  });

  it('chooses for dense data at a low support, and tells what', async () => {
    const dense = basketsOf(
      ...Array.from({ length: 40 }, (_, n) => range(8).filter((item) => (n >> (item % 5)) % 2 === 0)),
    );
    const chosen = async (data: Transactions, target: Target, minSupport: number) =>
      (await two!.mine(data, { algorithm: 'auto', target, minSupport })).algorithm;
    expect(await chosen(dense, 'maximal', 2)).toBe('eclat');
    expect(await chosen(dense, 'maximal', 10)).toBe('fpgrowth');
    expect(await chosen(dense, 'closed', 2)).toBe('fpgrowth');
    expect(await chosen(baskets, 'maximal', 50)).toBe('fpgrowth');
  });

  it('agrees with a plain miner on sets and supports', async () => {
    const { itemsets } = await three!.mine(baskets, { algorithm: 'auto', minSupport: 10 });
    expect(inCanonicalOrder(itemsets)).toEqual(
      inCanonicalOrder(plainMiners.apriori(baskets, { minSupport: 10 })),
    );
  });

  it('ends on all threads when it is cancelled, and the threads take other work', async () => {
    const abort = new AbortController();
    const working = three!.count(
      withLongBaskets(2000, 30),
      { algorithm: 'eclat', minSupport: 2 },
      {
        signal: abort.signal,
        onProgress: () => undefined,
      },
    );
    setTimeout(() => abort.abort(), 300);
    await expect(working).rejects.toMatchObject({ code: 'cancelled' });
    expect((await three!.count(baskets, { algorithm: 'fpgrowth', minSupport: 50 })).bySize).toHaveLength(4);
  });
});

/** Short baskets, and some of 60 out of 70 items, so that five of them share some 30: billions of itemsets. */
function withLongBaskets(short: number, long: number): Transactions {
  let state = 1;
  const random = (below: number): number => {
    state = Math.imul(state, 48_271) % 2_147_483_647;
    return Math.abs(state) % below;
  };
  const rows = Array.from({ length: short }, () => range(5).map(() => random(70)));
  for (let n = 0; n < long; n++) {
    const left = new Set(range(10).map(() => random(70)));
    rows.push(range(70).filter((item) => !left.has(item)));
  }
  return basketsOf(...rows);
}
