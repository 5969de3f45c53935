import { describe, expect, it } from 'vitest';
import { plainClusterer } from './clusterer.ts';
import { plainKernel } from './plain-kernel.ts';
import { around } from './testing/mixtures.ts';
import { testClusterer } from './testing/test-clusterer.ts';

const clusterer = plainClusterer(plainKernel);
testClusterer('JavaScript', clusterer);

describe('silhouettes of many rows', () => {
  it('are those of a sample', async () => {
    const matrix = around([[0], [4]], 3000, 1);
    const clustering = { labels: matrix.labels, sizes: Int32Array.of(1500, 1500) };
    const exact = (await clusterer.silhouette(matrix, clustering, { seed: 1 }))!;
    const sampled = (await clusterer.silhouette(matrix, clustering, { seed: 1, sampleRows: 800 }))!;
    expect(sampled.rows).toBe(800);
    expect(sampled.mean).not.toBe(exact.mean);
    // The standard deviation of a row's silhouette is about .1 here.
    expect(Math.abs(sampled.mean - exact.mean)).toBeLessThan(0.015);
  });
});
