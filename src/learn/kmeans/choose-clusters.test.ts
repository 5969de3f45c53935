import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random.ts';
import { chooseClusters } from './choose-clusters.ts';
import { plainKernel } from './plain-kernel.ts';
import { irises } from './testing/iris.ts';

const choose = (values: ArrayLike<number>, columns: number, options = {}) =>
  chooseClusters({ values: Float32Array.from(values), columns }, { seed: 1, ...options }, plainKernel);

describe('chooseClusters', () => {
  it('says that there are no rows', () => {
    expect(choose([], 3)).toMatchObject({ clusters: 0, reason: 'no-rows', table: [], sampleRows: 0 });
  });

  it('says that all rows are alike, or that there is one', () => {
    for (const values of [
      [1, 2],
      [1, 2, 1, 2, 1, 2],
    ])
      expect(choose(values, 2)).toMatchObject({ clusters: 1, reason: 'all-alike', distinct: 1, table: [] });
  });

  it('tries no more clusters than there are different rows, and says so', () => {
    const values = Array.from({ length: 60 }, (_, row) => 10 * (row % 3));
    const choice = choose(values, 1);
    expect(choice).toMatchObject({ clusters: 3, distinct: 3, isCapped: true });
    expect(choice.table.map(({ clusters, silhouette }) => [clusters, silhouette])).toEqual([
      [2, expect.any(Number)],
      [3, 1],
    ]);
    expect(choose(values, 1, { fewest: 5, most: 8 }).clusters).toBe(3);
  });

  it('chooses two clusters of irises, whose silhouette is the best and which are stable', () => {
    // scikit-learn 1.9, best of 100 starts.
    const silhouettes = [0.6810461692, 0.5528190124, 0.498050505];
    const choice = choose(irises.values, 4, { most: 4 });
    expect(choice).toMatchObject({ clusters: 2, reason: 'best-silhouette-among-stable', isCapped: false });
    choice.table.forEach(({ silhouette }, n) => {
      expect(silhouette).toBeCloseTo(silhouettes[n]!, 2);
    });
    expect(choice.explanation).toContain('2 clusters have the highest silhouette (0.681)');
  });

  it('takes the most stable number, with a warning, where none is stable', () => {
    const random = seededRandom(4);
    const noise = Array.from({ length: 3000 }, () => random() + random() - 1);
    const choice = choose(noise, 10, { most: 5, leastStability: 0.99, pairs: 3 });
    expect(choice.reason).toBe('most-stable');
    const best = Math.max(...choice.table.map(({ stability }) => stability.mean));
    expect(choice.table.find(({ clusters }) => clusters === choice.clusters)!.stability.mean).toBe(best);
    expect(choice.table.every(({ isStable }) => !isStable)).toBe(true);
    expect(choice.explanation).toMatch(/Of no number tried .* not as kinds of their own/);
  });

  it.each([
    { seed: 0.1 },
    { fewest: 1 },
    { fewest: 4, most: 3 },
    { most: 1001 },
    { sampleRows: 1 },
    { pairs: 1 },
    { leastStability: 1.1 },
    { restarts: 0 },
  ])('refuses %o', (wrong) => {
    expect(() => choose([1, 2], 1, wrong)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});
