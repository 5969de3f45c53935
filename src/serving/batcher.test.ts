import { describe, expect, it } from 'vitest';
import { Batcher, type BatcherOptions } from './batcher.ts';

/** Numbers that are doubled; a batch goes on when the test says so. */
function doubling(options: Partial<BatcherOptions<number, number>> = {}) {
  const batches: (readonly number[])[] = [];
  const waiting: (() => void)[] = [];
  const batcher = new Batcher<number, number>({
    work: async (jobs) => {
      batches.push(jobs);
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
      if (jobs.includes(13)) throw new Error('unlucky');
      return jobs.map((job) => 2 * job);
    },
    sizeOf: (job) => job,
    batchSize: 10,
    queueSize: 30,
    isGeneral: () => false,
    ...options,
  });
  const goOn = async (): Promise<void> => {
    while (waiting.length > 0) {
      waiting.shift()!();
      // Until the next batch is under way, if there is one.
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    }
  };
  return { batcher, batches, goOn };
}

describe('Batcher', () => {
  it('does the first job at once, and together what came meanwhile, as much as may be', async () => {
    const { batcher, batches, goOn } = doubling();
    const answers = [1, 2, 3, 4, 5, 9].map((job) => batcher.run(job));
    expect(batches).toEqual([[1]]);
    await goOn();
    expect(await Promise.all(answers)).toEqual([2, 4, 6, 8, 10, 18]);
    expect(batches).toEqual([[1], [2, 3, 4], [5], [9]]);
    const next = batcher.run(7);
    await goOn();
    expect(await next).toBe(14);
  });

  it('does a job that is larger than a batch by itself', async () => {
    const { batcher, batches, goOn } = doubling();
    const answers = [1, 2, 25, 2].map((job) => batcher.run(job));
    await goOn();
    expect(await Promise.all(answers)).toEqual([2, 4, 50, 4]);
    expect(batches).toEqual([[1], [2], [25], [2]]);
  });

  it('refuses what would make too much wait, and nothing else', async () => {
    const { batcher, goOn } = doubling();
    // The first is not waiting any more.
    const answers = [8, 20, 9].map((job) => batcher.run(job));
    await expect(batcher.run(2)).rejects.toMatchObject({ code: 'busy', details: { queueSize: 30 } });
    const last = batcher.run(1);
    await goOn();
    expect(await Promise.all([...answers, last])).toEqual([16, 40, 18, 2]);
    const large = batcher.run(31);
    await goOn();
    expect(await large).toBe(62);
  });

  it('does the jobs of a batch that failed one by one, so that one of them fails alone', async () => {
    const { batcher, batches, goOn } = doubling({ sizeOf: () => 1 });
    const answers = [1, 2, 13, 4].map((job) => batcher.run(job));
    const settled = Promise.allSettled(answers);
    await goOn();
    expect((await settled).map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(batches).toEqual([[1], [2, 13, 4], [2], [13], [4]]);
  });

  it('has all jobs fail together where the failure is not theirs', async () => {
    const { batcher, batches, goOn } = doubling({ sizeOf: () => 1, isGeneral: () => true });
    const settled = Promise.allSettled([1, 2, 13].map((job) => batcher.run(job)));
    await goOn();
    expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(batches).toEqual([[1], [2, 13]]);
  });
});
