import { expect, it } from 'vitest';
import { compareMethods, type Tried } from './compare-methods.ts';

const tried = (name: string, isBaseline: boolean, columns: Record<string, number[]>): Tried => ({
  name,
  isBaseline,
  outcome: {
    columns: new Map(Object.entries(columns).map(([metric, values]) => [metric, Float64Array.from(values)])),
    figures: { 'coverage@10': 0.5 },
    calibration: null,
  },
});

it('tells means, intervals, and how far each is ahead of the best other baseline', () => {
  const low = Array.from({ length: 50 }, (_, n) => n % 2);
  const reports = compareMethods(
    [
      tried('low', true, { 'recall@10': low, 'novelty@10': low }),
      tried('high', true, {
        'recall@10': low.map((value) => value + 1),
        'ndcg@10': [1, ...Array(49).fill(Number.NaN)],
      }),
      tried('ours', false, { 'recall@10': low.map((value) => value + 3), 'novelty@10': low }),
    ],
    Int32Array.from(low, (_, n) => n),
    50,
    { resamples: 300, seed: 1 },
  );
  const [first, second, ours] = reports;
  expect(first.metrics['recall@10']).toMatchObject({ value: 0.5, cases: 50 });
  expect(first.metrics['recall@10'].lower).toBeGreaterThan(0.3);
  expect(first.metrics['recall@10'].lower).toBeLessThan(0.45);
  // The same customers are drawn for both, so the difference of columns that are the same but for a constant is certain.
  expect(ours.againstBestBaseline).toEqual({
    'recall@10': { baseline: 'high', difference: 2, lower: expect.closeTo(2), upper: expect.closeTo(2) },
  });
  expect(second.againstBestBaseline['recall@10']).toMatchObject({ baseline: 'low', difference: 1 });
  expect(first.againstBestBaseline['recall@10']).toMatchObject({ baseline: 'high', difference: -1 });
  // One case alone counts: resamples without it say nothing, and no other method has the figure.
  expect(second.metrics['ndcg@10']).toEqual({ value: 1, lower: 1, upper: 1, cases: 1 });
  expect(second.figures).toEqual({ 'coverage@10': 0.5 });
});
