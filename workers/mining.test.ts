import type { Remote } from 'comlink';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { transactionCount } from '../src/baskets/transactions.ts';
import { inCanonicalOrder } from '../src/mining/itemsets.ts';
import { plainMiners as miners } from '../src/mining/plain-miners.ts';
import { basketsOf } from '../src/mining/testing/baskets.ts';
import { groceries } from '../src/mining/testing/groceries.ts';
import { generateRules } from '../src/rules/generate.ts';
import { listedRules } from '../src/rules/testing/rules.ts';
import type { ComputeApi } from './compute-worker.ts';
import { type Control, progressInto } from './control.ts';
import { createComputePool, createMiningEngine } from './mining.ts';

const { baskets } = groceries();
const request = { algorithm: 'fpgrowth', minSupport: 50 } as const;

describe('createMiningEngine on threads', () => {
  const pool = createComputePool({ size: 1, queueLimit: 4 });
  const engine = createMiningEngine(pool);
  afterAll(() => pool.close());

  it.each(['apriori', 'eclat', 'fpgrowth'] as const)(
    'finds with %s what the plain miner does',
    async (algorithm) => {
      const { itemsets } = await engine.mine(baskets, { algorithm, minSupport: 50 });
      expect(inCanonicalOrder(itemsets)).toEqual(
        inCanonicalOrder(miners[algorithm](baskets, { minSupport: 50 })),
      );
    },
  );

  it('passes limits on', async () => {
    const { itemsets } = await engine.mine(baskets, { ...request, maxLength: 2 });
    const expected = miners.fpgrowth(baskets, { minSupport: 50, maxLength: 2 });
    expect(inCanonicalOrder(itemsets)).toEqual(inCanonicalOrder(expected));
    await expect(engine.mine(baskets, { ...request, maxItemsets: 100 })).rejects.toMatchObject({
      code: 'limit-exceeded',
      details: { minSupport: 50 },
    });
  });

  it('generates the rules that the generator itself does, and leaves the itemsets to the caller', async () => {
    const itemsets = miners.fpgrowth(baskets, { minSupport: 50 });
    const options = { minConfidence: 0.25, minLift: 1 };
    const expected = generateRules(itemsets, transactionCount(baskets), options);
    expect(await engine.rules(itemsets, transactionCount(baskets), options)).toEqual(expected);
    expect(itemsets.supports).toHaveLength(1001);
    const mined = await engine.mineRules(baskets, request, options);
    expect(mined).toMatchObject({ algorithm: 'fpgrowth', threads: 1 });
    expect(listedRules(mined.rules)).toEqual(listedRules(expected));
  });

  it('takes transactions that are not in shared memory', async () => {
    const own = { ...baskets, offsets: baskets.offsets.slice(), items: Int32Array.from(baskets.items) };
    expect(await engine.mine(own, request)).toEqual(await engine.mine(baskets, request));
    expect(own.items.length).toBe(baskets.items.length);
  });

  it('ends with all the work done', async () => {
    const onProgress = vi.fn();
    await engine.mine(baskets, request, { onProgress });
    expect(onProgress).toHaveBeenLastCalledWith(1);
  });

  it('rejects a cancelled call and goes on', async () => {
    await expect(engine.mine(baskets, request, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
    const abort = new AbortController();
    const mining = engine.mine(baskets, request, { signal: abort.signal });
    abort.abort();
    await expect(mining).rejects.toMatchObject({ code: 'cancelled' });
    expect((await engine.mine(baskets, request)).itemsets.supports).toHaveLength(1001);
  });
});

describe('createMiningEngine', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  /** An engine over a thread that does nothing by itself: the test reports its progress and ends its call. */
  function engineByHand() {
    let control!: Control;
    let end!: (outcome: Promise<never>) => void;
    const api = {
      prepare: async () => ({}),
      search: (_search: unknown, cell: Control) => {
        control = cell;
        return new Promise((resolve) => {
          end = resolve;
        });
      },
    } as unknown as Remote<ComputeApi>;
    const engine = createMiningEngine({ run: (task) => task(api) });
    return {
      engine,
      report: (done: number) => progressInto(control)(done, 4),
      end: (o: Promise<never>) => end(o),
    };
  }

  it('tells of progress while the call runs, and no more afterwards', async () => {
    vi.useFakeTimers();
    const { engine, report, end } = engineByHand();
    const shares: number[] = [];
    const mining = engine.mine(basketsOf(), request, { onProgress: (share) => shares.push(share) });
    await vi.advanceTimersByTimeAsync(0);
    for (const done of [0, 1, 1, 3]) {
      report(done);
      vi.advanceTimersByTime(1000);
    }
    expect(shares).toEqual([0.25, 0.75]);
    expect(vi.getTimerCount()).toBe(1);
    end(Promise.reject(new Error('Out of luck.')));
    await expect(mining).rejects.toThrow('Out of luck.');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('has the thread stop at its next report when the signal fires', async () => {
    const { engine, report } = engineByHand();
    const abort = new AbortController();
    void engine.mine(basketsOf(), request, { signal: abort.signal });
    await Promise.resolve();
    await Promise.resolve();
    report(1);
    abort.abort();
    expect(() => report(2)).toThrow(expect.objectContaining({ code: 'cancelled' }));
  });
});
