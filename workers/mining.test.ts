import { afterAll, describe, expect, it, vi } from 'vitest';
import { transactionCount } from '../src/baskets/transactions.ts';
import { study } from '../src/insights/study.ts';
import { inCanonicalOrder } from '../src/mining/itemsets.ts';
import { plainMiners as miners } from '../src/mining/plain-miners.ts';
import { groceries } from '../src/mining/testing/groceries.ts';
import { studySettings } from '../src/model/testing/model-of.ts';
import { generateRules } from '../src/rules/generate.ts';
import { listedRules } from '../src/rules/testing/rules.ts';
import { treeFromPaths } from '../src/taxonomy/category-tree.ts';
import { createComputePool, createMiningEngine } from './mining.ts';

const { baskets, products } = groceries();
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

  it('finds out about rules what studying them here does', async () => {
    const { itemsets, rules } = await engine.mineRules(baskets, request, { minConfidence: 0.25 });
    const day = Int32Array.from({ length: transactionCount(baskets) }, (_, t) => 19_000 + (t % 400));
    const channel = day.map((date) => date % 2);
    const codes = Array.from({ length: products.size }, (_, item) => products.nameOf(item));
    const tree = treeFromPaths(
      codes,
      codes.map((product) => ({ product, path: [product[0]!] })),
    );
    const context = {
      day,
      channel,
      channelNames: ['shop', 'web'],
      promotedBaskets: Int32Array.of(0),
      promotedItems: baskets.items.slice(0, 1),
      tree,
    };
    const input = {
      baskets,
      itemsets,
      rules,
      context,
      settings: { ...studySettings, minCategorySupport: 500 },
    };
    expect(await engine.study(input)).toEqual(study(input));
    const strange = { ...input, settings: { ...input.settings, alpha: 2 } };
    await expect(engine.study(strange)).rejects.toMatchObject({ code: 'bad-input' });
    await expect(engine.study(input, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
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
