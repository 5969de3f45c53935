import { afterAll, describe, expect, it } from 'vitest';
import { plainClusterer } from '../src/learn/kmeans/clusterer.ts';
import { sharedMatrix } from '../src/learn/kmeans/matrix.ts';
import { plainKernel } from '../src/learn/kmeans/plain-kernel.ts';
import { around } from '../src/learn/kmeans/testing/mixtures.ts';
import { testBlockKernel } from '../src/learn/kmeans/testing/test-block-kernel.ts';
import { testClusterer } from '../src/learn/kmeans/testing/test-clusterer.ts';
import { createClusterer } from './clustering.ts';
import { createComputePool } from './mining.ts';
import { kmeansKernel } from './shared-clustering.ts';

testBlockKernel('WebAssembly', kmeansKernel());

const pools = [1, 2, 3].map((size) => createComputePool({ size, queueLimit: 2 * size }));
const [one, two, three] = pools.map((pool, n) => createClusterer(pool, n + 1));
afterAll(() => Promise.all(pools.map((pool) => pool.close())));

testClusterer('one thread', one!);
testClusterer('two threads', two!);

describe('clustering shared by threads', () => {
  const mixed = around([[0, 0, 0, 0], [3, 0, 1, 0], [0, 3, 0, 1], [2, 2, 2, 2]], 20_000, 1.5); // biome-ignore format: one line

  it.each([{ miniBatchFrom: Infinity }, { miniBatchFrom: 0 }])(
    'gives the same bits on any number of threads, and without any: %o',
    async (how) => {
      const options = { clusters: 6, seed: 4, restarts: 2, ...how };
      const plain = await plainClusterer(plainKernel).cluster(mixed, options);
      for (const clusterer of [one!, two!, three!]) {
        const { labels, ...found } = await clusterer.cluster(mixed, options);
        expect({ ...found, labels: labels.slice() }).toEqual(plain);
      }
    },
  );

  it('chooses the same on any number of threads, and without any', async () => {
    const options = { seed: 2, most: 4, sampleRows: 300, pairs: 2 };
    const plain = await plainClusterer(plainKernel).choose(mixed, options);
    for (const clusterer of [one!, two!, three!])
      expect(await clusterer.choose(mixed, options)).toEqual(plain);
  });

  it('works on a matrix in shared memory where it is, and leaves another to the caller', async () => {
    const shared = sharedMatrix(mixed);
    const found = await two!.cluster(shared, { clusters: 3, seed: 1 });
    expect(found.labels.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect((await two!.cluster(mixed, { clusters: 3, seed: 1 })).inertia).toBe(found.inertia);
    expect(mixed.values).toHaveLength(80_000);
    expect(sharedMatrix(shared).values).toBe(shared.values);
  });

  it('takes calls in turn while threads are few', async () => {
    const work = Array.from({ length: 6 }, (_, n) =>
      two!.cluster(mixed, { clusters: 2 + n, seed: 1, restarts: 1 }),
    );
    const sizes = (await Promise.all(work)).map((found) => found.sizes.length);
    expect(sizes).toEqual([2, 3, 4, 5, 6, 7]);
  });

  it('refuses a call when too many wait', async () => {
    const narrow = createClusterer(pools[0]!, 1, 1);
    const calls = [1, 2, 3].map((seed) => narrow.cluster(mixed, { clusters: 2, seed, restarts: 1 }));
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(outcomes[2]).toMatchObject({ reason: { code: 'busy' } });
  });

  it('ends on all threads when it is cancelled, and the threads take other work', async () => {
    const long = { clusters: 300, seed: 1, restarts: 1000, tolerance: 0 };
    for (const work of [
      (signal: AbortSignal) => three!.cluster(mixed, long, { signal }),
      (signal: AbortSignal) => three!.cluster(mixed, { ...long, miniBatchFrom: 0 }, { signal }),
      (signal: AbortSignal) => three!.choose(mixed, { seed: 1, most: 200, pairs: 50 }, { signal }),
    ]) {
      const abort = new AbortController();
      const working = work(abort.signal);
      setTimeout(() => abort.abort(), 100);
      await expect(working).rejects.toMatchObject({ code: 'cancelled' });
      const next = await three!.cluster(mixed, { clusters: 2, seed: 1, restarts: 1 });
      expect(next.sizes).toHaveLength(2);
    }
  });

  it('ends when the listener of its progress throws', async () => {
    const onProgress = () => {
      throw new Error('enough');
    };
    const long = { clusters: 50, seed: 1, restarts: 1000, tolerance: 0 };
    await expect(two!.cluster(mixed, long, { onProgress })).rejects.toThrow('enough');
    expect((await two!.cluster(mixed, { clusters: 2, seed: 1 })).sizes).toHaveLength(2);
  });
});
