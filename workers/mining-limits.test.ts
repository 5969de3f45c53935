import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Transactions } from '../src/baskets/transactions.ts';
import { itemsetCount } from '../src/mining/itemsets.ts';
import type { MineRequest } from '../src/mining/request.ts';
import { basketsOf } from '../src/mining/testing/baskets.ts';
import { createComputePool, createMiningEngine } from './mining.ts';

const range = (length: number, from = 0): number[] => Array.from({ length }, (_, i) => from + i);
const sum = (counts: readonly bigint[]): bigint => counts.reduce((total, count) => total + count, 0n);

/** Baskets of most of 60 items, so many and so alike that their sets cannot be gone through. */
function endless(baskets: number): Transactions {
  let state = 7;
  const random = (below: number): number => {
    state = Math.imul(state, 48_271) % 2_147_483_647;
    return Math.abs(state) % below;
  };
  return basketsOf(...range(baskets).map(() => range(60).filter(() => random(10) < 7)));
}

/** Two baskets of 24 items that both have, and one more each. */
const mostlyEverywhere = basketsOf([...range(24), 24], [...range(24), 25]);

describe('a search that is stopped', () => {
  const pool = createComputePool({ size: 2, queueLimit: 4 });
  const engine = createMiningEngine(pool, 2);
  afterAll(() => pool.close());
  const threeSets = async (): Promise<number> =>
    itemsetCount((await engine.mine(basketsOf([0, 1], [1]), { algorithm: 'auto', minSupport: 1 })).itemsets);

  // 60 transactions are bits of one integer, 600 are not.
  describe.each([60, 600])('of %i long baskets', (count) => {
    const baskets = endless(count);
    const requests = (['fpgrowth', 'eclat'] as const).flatMap((algorithm) =>
      (['all', 'closed', 'maximal'] as const).map((target) => ({ algorithm, target, minSupport: 2 })),
    );
    it.each(requests)('ends when its time is up: %o', async (request) => {
      const stopped = engine.count(baskets, { ...request, maxSeconds: 0.2 });
      await expect(stopped).rejects.toMatchObject({
        code: 'limit-exceeded',
        message: expect.stringMatching(/more than the 0.2 seconds it may take/),
      });
      expect(await threeSets()).toBe(3);
    });
  });

  it('ends when it is cancelled, and has the threads do other work', async () => {
    const abort = new AbortController();
    const request = { algorithm: 'fpgrowth', target: 'closed', minSupport: 2 } as const;
    const working = engine.count(endless(60), request, { signal: abort.signal });
    setTimeout(() => abort.abort(), 200);
    await expect(working).rejects.toMatchObject({ code: 'cancelled' });
    expect(await threeSets()).toBe(3);
  });

  it('ends Apriori too, by time and by memory', async () => {
    const request: MineRequest = { algorithm: 'apriori', minSupport: 10 };
    await expect(engine.mine(endless(60), { ...request, maxSeconds: 0.2 })).rejects.toMatchObject({
      code: 'limit-exceeded',
    });
    await expect(engine.mine(endless(60), { ...request, maxMemoryMb: 1 })).rejects.toMatchObject({
      code: 'limit-exceeded',
      message: expect.stringContaining(
        'candidates of a minimum support of 10 transactions take more than 1 MB',
      ),
    });
    expect(await threeSets()).toBe(3);
  });

  it('says which length would fit for certain', async () => {
    const request: MineRequest = { algorithm: 'auto', minSupport: 30, maxItemsets: 300_000 };
    // 40 baskets of 40 items: C(40, 1) + … + C(40, 4) = 102,090 sets of up to four, 760,098 of up to five.
    const baskets = basketsOf(...range(40).map(() => range(40)), [0]);
    const error = await engine.mine(baskets, request).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'limit-exceeded', details: { advice: { maxLength: 4 } } });
    expect(sum((await engine.count(baskets, { ...request, maxLength: 4 })).bySize)).toBe(102_090n);
  });
});

describe('limits', () => {
  const pool = createComputePool({ size: 12, queueLimit: 12 });
  const engine = createMiningEngine(pool, 12, 50);
  afterAll(() => pool.close());

  it('count the sets of items that are everywhere', async () => {
    const request: MineRequest = { algorithm: 'auto', minSupport: 2 };
    const baskets = basketsOf([0, 1, 2, 3, 4], [0, 1, 2, 3, 5]);
    expect(itemsetCount((await engine.mine(baskets, { ...request, maxItemsets: 15 })).itemsets)).toBe(15);
    await expect(engine.mine(baskets, { ...request, maxItemsets: 14 })).rejects.toMatchObject({
      code: 'limit-exceeded',
    });
  });

  it.each(['fpgrowth', 'eclat'] as const)(
    'do not stand before the best of very many sets: %s',
    async (algorithm) => {
      const request = { algorithm, minSupport: 1, top: 30 } as const;
      const { itemsets, tied } = await engine.mine(mostlyEverywhere, request);
      // The 24 of one item, then the first of two.
      const { offsets, items, supports } = itemsets;
      expect(supports).toEqual(new Int32Array(30).fill(2));
      expect([...items.subarray(0, 24)]).toEqual(range(24));
      expect([...items.subarray(offsets[24])]).toEqual([0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6]);
      expect(tied).toBe(true);
      const longer = await engine.mine(mostlyEverywhere, { ...request, minLength: 23, top: 2 });
      expect([...longer.itemsets.items]).toEqual([...range(23), ...range(22), 23]);
    },
  );

  it('say whether as good ones were left out', async () => {
    const baskets = basketsOf([0, 1], [0, 1], [0], [2]);
    const top = async (k: number): Promise<boolean> =>
      (await engine.mine(baskets, { algorithm: 'auto', minSupport: 1, top: k })).tied;
    expect(await Promise.all([1, 2, 3, 4, 5].map(top))).toEqual([false, true, false, false, false]);
  });

  it('let the best generators be found without a minimum support', async () => {
    const request = { algorithm: 'auto', target: 'generator', minSupport: 1, top: 3 } as const;
    const { itemsets } = await engine.mine(mostlyEverywhere, request);
    // Only the two items that not both baskets have are generators, and they are never together.
    expect([...itemsets.items]).toEqual([24, 25]);
    const dense = await engine.mine(endless(600), { ...request, top: 20 });
    expect(itemsetCount(dense.itemsets)).toBe(20);
  });

  it('let calls wait for their turn, on more threads than there are cores', async () => {
    const warned = vi.fn();
    process.on('warning', warned);
    const calls = range(40).map((n) =>
      engine.count(basketsOf(range(n + 1), [0]), { algorithm: 'fpgrowth', minSupport: 1 }),
    );
    const counts = await Promise.all(calls);
    expect(counts.map(({ bySize }) => sum(bySize))).toEqual(range(40).map((n) => 2n ** BigInt(n + 1) - 1n));
    process.off('warning', warned);
    expect(warned).not.toHaveBeenCalled();
  });

  it('refuse more calls than may wait', async () => {
    const request: MineRequest = { algorithm: 'fpgrowth', minSupport: 1 };
    const calls = range(52).map(() => engine.count(basketsOf([0]), request));
    const outcomes = await Promise.allSettled(calls);
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused).toEqual([{ status: 'rejected', reason: expect.objectContaining({ code: 'busy' }) }]);
  });

  it.each([
    [{ target: 'open' }, /There is no target "open"; there are all, closed, maximal, generator/],
    [{ algorithm: 'magic' }, /There is no algorithm "magic"/],
    [{ minSupport: 0.5 }, /minimum support must be a whole number/],
    [{ minLength: 3, maxLength: 2 }, /larger than the maximum/],
    [{ target: 'maximal', top: 3 }, /depend on a minimum support/],
    [{ maxSeconds: 0 }, /time limit must be more than 0/],
  ])('refuse %o', async (wrong, message) => {
    const request = { algorithm: 'auto', minSupport: 1, ...wrong } as MineRequest;
    await expect(engine.mine(basketsOf([0]), request)).rejects.toMatchObject({ code: 'bad-input', message });
  });

  it('may be larger than anything that is counted', async () => {
    const request: MineRequest = { algorithm: 'auto', minSupport: 1, maxLength: 2 ** 40 };
    expect((await engine.count(basketsOf([0, 1]), request)).bySize).toEqual([2n, 1n]);
    expect((await engine.count(basketsOf([0, 1]), { ...request, minSupport: 2 ** 40 })).bySize).toEqual([]);
  });

  it('name the memory that a search may take, and what to do', async () => {
    const request: MineRequest = { algorithm: 'fpgrowth', minSupport: 1, maxMemoryMb: 1 };
    await expect(engine.count(endless(20_000), request)).rejects.toMatchObject({
      code: 'limit-exceeded',
      message: expect.stringMatching(
        /transactions take \d+ MB .* more than the 1 MB .* Raise the minimum support/,
      ),
    });
  });
});
