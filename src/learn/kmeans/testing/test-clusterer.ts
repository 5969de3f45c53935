import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustedRand } from '../adjusted-rand.ts';
import type { Clusterer } from '../clusterer.ts';
import type { Clustering } from '../kmeans.ts';
import type { Matrix } from '../matrix.ts';
import { irises, species } from './iris.ts';
import { around } from './mixtures.ts';

const rowsOf = ({ values, columns }: Matrix): number[][] =>
  Array.from({ length: values.length / columns }, (_, row) => [
    ...values.subarray(row * columns, (row + 1) * columns),
  ]);

const squared = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, n) => sum + (value - b[n]!) ** 2, 0);

const distinctOf = (matrix: Matrix): number => new Set(rowsOf(matrix).map(String)).size;

/** Every row with the nearest centre, every cluster with a row, the figures those of the labels. */
function expectSound(matrix: Matrix, { labels, centres, sizes, inertia }: Clustering): void {
  const rows = rowsOf(matrix);
  const middles = rowsOf({ values: centres, columns: matrix.columns });
  expect(middles).toHaveLength(sizes.length);
  expect([...sizes]).toEqual(middles.map((_, c) => labels.filter((label) => label === c).length));
  expect(Math.min(...sizes)).toBeGreaterThan(0);
  let sum = 0;
  rows.forEach((row, r) => {
    const own = squared(row, middles[labels[r]!]!);
    const least = Math.min(...middles.map((middle) => squared(row, middle)));
    expect(own).toBeLessThanOrEqual(least * (1 + 1e-5) + 1e-9);
    sum += own;
  });
  expect(inertia).toBeCloseTo(sum, 3);
}

const anyMatrix = fc
  .record({ columns: fc.integer({ min: 1, max: 4 }), rows: fc.integer({ min: 1, max: 25 }) })
  .chain(({ columns, rows }) => {
    const values = fc.array(fc.integer({ min: -3, max: 3 }), {
      minLength: rows * columns,
      maxLength: rows * columns,
    });
    return values.map((drawn) => ({ values: Float32Array.from(drawn), columns }));
  });

const apart = around([[0, 0, 0], [9, 0, 0], [0, 9, 0], [0, 0, 9], [9, 9, 9]], 6000, 1); // biome-ignore format: one line

/** What every clusterer must do. */
export function testClusterer(name: string, clusterer: Clusterer): void {
  describe(`${name} as a clusterer`, () => {
    // Inertia, silhouette and adjusted Rand index of scikit-learn 1.9 (best of 100 starts, tolerance 0); its documentation
    // shows .5528 and .6810 for irises in three and two clusters.
    it.each([
      [2, 152.3479517603579, 0.6810461692117462, 0.5399218294207123],
      [3, 78.851441426146, 0.5528190123564095, 0.7302382722834697],
    ])('finds the %i clusters of irises', async (clusters, inertia, width, rand) => {
      const found = await clusterer.cluster(irises, { clusters, seed: 1, tolerance: 0 });
      expect(found.inertia).toBeCloseTo(inertia, 4);
      expect(found.totalInertia).toBeCloseTo(681.3706, 3);
      expect(found).toMatchObject({ converged: true, method: 'full' });
      expect(adjustedRand(found.labels, species)).toBeCloseTo(rand, 12);
      const { mean, rows } = (await clusterer.silhouette(irises, found, { seed: 1 }))!;
      expect(mean).toBeCloseTo(width, 6);
      expect(rows).toBe(150);
      expectSound(irises, found);
    });

    it('moves centres to the means of their rows', async () => {
      const { labels, centres, sizes } = await clusterer.cluster(irises, {
        clusters: 5,
        seed: 2,
        tolerance: 0,
      });
      const sums = new Float64Array(centres.length);
      irises.values.forEach((value, at) => {
        sums[labels[Math.floor(at / 4)]! * 4 + (at % 4)]! += value;
      });
      sums.forEach((sum, at) => {
        expect(centres[at]).toBeCloseTo(sum / sizes[Math.floor(at / 4)]!, 5);
      });
    });

    it('finds clusters that are sound in any rows, and refuses more than there are different rows', async () => {
      await fc.assert(
        fc.asyncProperty(anyMatrix, fc.nat(), fc.boolean(), async (matrix, seed, inBatches) => {
          const most = distinctOf(matrix);
          const options = { seed, restarts: 2, ...(inBatches ? { miniBatchFrom: 0, batchRows: 5 } : {}) };
          const clusters = 1 + (seed % most);
          expectSound(matrix, await clusterer.cluster(matrix, { ...options, clusters }));
          const all = await clusterer.cluster(matrix, { ...options, clusters: most });
          expectSound(matrix, all);
          if (!inBatches) expect(all.inertia).toBe(0);
          await expect(clusterer.cluster(matrix, { ...options, clusters: most + 1 })).rejects.toMatchObject({
            code: 'bad-input',
            details: { clusters: most + 1, distinct: most },
          });
        }),
        { numRuns: 20 },
      );
    });

    it('gives an empty cluster the row farthest from any centre', async () => {
      const matrix = { values: Float32Array.of(0, 1, 2, 10, 11, 50), columns: 1 };
      const initial = Float32Array.of(0, 1000, 2000);
      const found = await clusterer.cluster(matrix, { clusters: 3, seed: 1, initial });
      expect([...found.labels]).toEqual([0, 0, 0, 2, 2, 1]);
      expect([...found.centres]).toEqual([1, 50, 10.5]);
      expect(found.inertia).toBeCloseTo(2.5, 12);
    });

    it('goes through the passes that it would by hand', async () => {
      const matrix = { values: Float32Array.of(0, 2, 4, 5, 11), columns: 1 };
      const initial = Float32Array.of(0, 1);
      const options = { clusters: 2, seed: 1, initial, tolerance: 0 };
      const first = await clusterer.cluster(matrix, { ...options, maxIterations: 1 });
      // 0 | 2 4 5 11 → centres 0 and 5.5, to which 0 2 | 4 5 11 are nearest.
      expect([...first.centres]).toEqual([0, 5.5]);
      expect([...first.labels]).toEqual([0, 0, 1, 1, 1]);
      expect(first).toMatchObject({ iterations: 1, converged: false, inertia: 4 + 2.25 + 0.25 + 30.25 });
      const last = await clusterer.cluster(matrix, options);
      // → 1 and 6.667, which changes no label.
      expect(last.labels).toEqual(first.labels);
      expect(last).toMatchObject({ iterations: 3, converged: true });
      expect(last.inertia).toBeCloseTo(2 + (64 + 25 + 169) / 9, 5);
    });

    it('finds in mini-batches what is apart', async () => {
      const found = await clusterer.cluster(apart, { clusters: 5, seed: 3, miniBatchFrom: 6000 });
      expect(found.method).toBe('mini-batch');
      expect(adjustedRand(found.labels, apart.labels)).toBe(1);
      const full = await clusterer.cluster(apart, { clusters: 5, seed: 3, miniBatchFrom: 6001 });
      expect(full.method).toBe('full');
      expect(found.inertia / full.inertia).toBeCloseTo(1, 1);
      expectSound(apart, found);
    });

    it('finds in mini-batches rare rows that no batch may hold', async () => {
      const values = new Float32Array(5000);
      values.set([4, 8], 2000);
      const found = await clusterer.cluster(
        { values, columns: 1 },
        { clusters: 3, seed: 1, miniBatchFrom: 0, batchRows: 10 },
      );
      expect([...found.sizes].sort()).toEqual([1, 1, 4998]);
      expect(found.inertia).toBeLessThan(1e-6);
    });

    it('comes to the same for the same seed, and starts elsewhere for another', async () => {
      const of = (seed: number) =>
        clusterer.cluster(apart, { clusters: 7, seed, restarts: 1, maxIterations: 2, tolerance: 0 });
      expect(await of(5)).toEqual(await of(5));
      expect((await of(5)).inertia).not.toBe((await of(6)).inertia);
    });

    it('takes one row, and rows that are all alike, as one cluster', async () => {
      for (const values of [Float32Array.of(3, 4), Float32Array.of(3, 4, 3, 4, 3, 4)]) {
        const found = await clusterer.cluster({ values, columns: 2 }, { clusters: 1, seed: 1 });
        expect(found).toMatchObject({ inertia: 0, totalInertia: 0, converged: true });
        expect([...found.centres]).toEqual([3, 4]);
      }
    });

    it.each([Number.NaN, Infinity, -Infinity, 2e15])(
      'refuses %d among the values, and says where',
      async (value) => {
        const values = apart.values.slice();
        values[3 * 4321 + 2] = value;
        await expect(
          clusterer.cluster({ values, columns: 3 }, { clusters: 2, seed: 1 }),
        ).rejects.toMatchObject({ code: 'bad-input', details: { row: 4321, column: 2 } });
        await expect(
          clusterer.choose({ values, columns: 3 }, { seed: 1, sampleRows: 6000 }),
        ).rejects.toMatchObject({ code: 'bad-input', details: { column: 2 } });
      },
    );

    it('takes numbers as large as it says, and refuses them beyond also where all are', async () => {
      const of = (value: number) =>
        clusterer.cluster({ values: new Float32Array(8).fill(value), columns: 2 }, { clusters: 1, seed: 1 });
      expect((await of(-9.9e14)).sizes).toEqual(Int32Array.of(4));
      await expect(of(1.1e15)).rejects.toMatchObject({ code: 'bad-input', details: { row: 0, column: 0 } });
    });

    it.each([
      { clusters: 0 },
      { clusters: 1.5 },
      { clusters: 70_000 },
      { seed: 0.5 },
      { restarts: 0 },
      { maxIterations: 0 },
      { tolerance: -1 },
      { tolerance: Number.NaN },
      { miniBatchFrom: -1 },
      { batchRows: 0 },
      { initial: new Float32Array(3) },
    ])('refuses %o', async (wrong) => {
      await expect(clusterer.cluster(irises, { clusters: 2, seed: 1, ...wrong })).rejects.toMatchObject({
        code: 'bad-input',
      });
    });

    it('refuses no rows, and values that do not make rows', async () => {
      for (const [count, columns] of [[0, 2], [3, 2], [2, 0]] as const) // biome-ignore format: one line
        await expect(
          clusterer.cluster({ values: new Float32Array(count), columns }, { clusters: 1, seed: 1 }),
        ).rejects.toMatchObject({ code: 'bad-input' });
    });

    it('chooses as many clusters as there are, and shows why', async () => {
      const options = { seed: 1, most: 7, sampleRows: 500, pairs: 4 };
      const choice = await clusterer.choose(apart, options);
      expect(choice).toMatchObject({ clusters: 5, reason: 'best-silhouette-among-stable', sampleRows: 500 });
      expect(choice.table.map(({ clusters }) => clusters)).toEqual([2, 3, 4, 5, 6, 7]);
      const best = choice.table[3]!;
      expect(best).toMatchObject({
        isStable: true,
        stability: { mean: 1, interval: { lower: 1, upper: 1 } },
      });
      for (const other of choice.table) expect(other.silhouette).toBeLessThanOrEqual(best.silhouette!);
      expect(await clusterer.choose(apart, options)).toEqual(choice);
    });

    it('tells its progress, ascending to the end', async () => {
      for (const work of [
        (onProgress: (share: number) => void) =>
          clusterer.cluster(apart, { clusters: 4, seed: 1 }, { onProgress }),
        (onProgress: (share: number) => void) =>
          clusterer.choose(apart, { seed: 1, most: 3, sampleRows: 50 }, { onProgress }),
      ]) {
        const told: number[] = [];
        await work((share) => told.push(share));
        expect(told).toEqual([...told].sort((a, b) => a - b));
        expect(told.at(-1)).toBe(1);
      }
    });

    it('does not begin what was cancelled before', async () => {
      const hooks = { signal: AbortSignal.abort() };
      await expect(clusterer.cluster(irises, { clusters: 2, seed: 1 }, hooks)).rejects.toMatchObject({
        code: 'cancelled',
      });
    });
  });
}
