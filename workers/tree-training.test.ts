import { afterAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../src/learn/random.ts';
import { trainTrees } from '../src/learn/trees/boost.ts';
import { wasmPlaces } from '../src/learn/trees/kernel/wasm-kernel.ts';
import { WasmScorer } from '../src/learn/trees/kernel/wasm-scorer.ts';
import { plainScorer } from '../src/learn/trees/plain-scorer.ts';
import { mixedData } from '../src/learn/trees/testing/mixed-data.ts';
import { testTreeKernel } from '../src/learn/trees/testing/test-tree-kernel.ts';
import { testTreeScorer } from '../src/learn/trees/testing/test-tree-scorer.ts';
import { createComputePool } from './mining.ts';
import { treesKernel } from './shared-training.ts';
import { createTreeTrainer } from './tree-training.ts';

testTreeKernel('WebAssembly', wasmPlaces(treesKernel()));
testTreeScorer('WebAssembly', (model) => new WasmScorer(treesKernel(), model));

const pools = [1, 2, 3].map((size) => createComputePool({ size, queueLimit: 2 * size }));
const [one, two, three] = pools.map((pool, n) => createTreeTrainer(pool, n + 1));
afterAll(() => Promise.all(pools.map((pool) => pool.close())));

describe('training shared by threads', () => {
  // More rows than two chunks have.
  const validationRows = Int32Array.from({ length: 4000 }, (_, n) => 10 * n);
  const data = { ...mixedData(40_000), validationRows };
  const options = { seed: 4, trees: 8, rowShare: 0.7, featureShare: 0.8 };

  it('gives the same bits on any number of threads, and without any', async () => {
    const plain = trainTrees(data, options);
    expect(plain.validationLoss).toHaveLength(9);
    for (const trainer of [one!, two!, three!]) expect(await trainer.train(data, options)).toEqual(plain);
  });

  it('reads columns in shared memory where they are, and leaves others to the caller', async () => {
    const columns = data.table.columns.map((column) => {
      const shared = new Float32Array(new SharedArrayBuffer(4 * column.length));
      shared.set(column);
      return shared;
    });
    const shared = { ...data, table: { rows: 40_000, columns } };
    const [ours, theirs] = [await two!.train(data, options), await two!.train(shared, options)];
    expect(theirs).toEqual(ours);
    expect(data.table.columns[0]).toHaveLength(40_000);
  });

  it('takes calls in turn while threads are few, and refuses one when too many wait', async () => {
    const narrow = createTreeTrainer(pools[0]!, 1, 1);
    const calls = [1, 2, 3].map((trees) => narrow.train(data, { seed: 1, trees }));
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(outcomes[2]).toMatchObject({ reason: { code: 'busy' } });
  });

  it('ends on all threads when it is cancelled, and the threads take other work', async () => {
    const abort = new AbortController();
    const working = three!.train(
      data,
      { seed: 1, trees: 100_000, patience: 100_000 },
      { signal: abort.signal },
    );
    setTimeout(() => abort.abort(), 200);
    await expect(working).rejects.toMatchObject({ code: 'cancelled' });
    const next = await three!.train(data, { seed: 1, trees: 1 });
    expect(next.model.treeStarts).toHaveLength(2);
  });

  it('tells how far it is, and ends when the listener throws', async () => {
    const shares: number[] = [];
    await two!.train(data, { seed: 1, trees: 3 }, { onProgress: (share) => shares.push(share) });
    expect(shares.at(-1)).toBe(1);
    const onProgress = () => {
      throw new Error('enough');
    };
    const long = { seed: 1, trees: 100_000, patience: 100_000 };
    await expect(two!.train(data, long, { onProgress })).rejects.toThrow('enough');
  });

  it('refuses bad data before any thread begins', async () => {
    await expect(one!.train({ ...data, target: new Uint8Array(3) }, options)).rejects.toMatchObject({
      code: 'bad-input',
    });
  });
});

describe('a scorer in WebAssembly', () => {
  it('scores rows that were written into its own memory', () => {
    const { model } = trainTrees(mixedData(500), { seed: 1, trees: 5 });
    const [scorer, plain] = [new WasmScorer(treesKernel(), model), plainScorer(model)];
    const random = seededRandom(1);
    for (let at = 0; at < scorer.rows.length; at++) scorer.rows[at] = 100 * random();
    const [found, expected] = [new Float64Array(160), new Float64Array(160)];
    scorer.score(scorer.rows, 160, found);
    plain.score(scorer.rows, 160, expected);
    expect(found).toEqual(expected);
  });
});
