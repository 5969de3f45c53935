import { expect, it } from 'vitest';
import { timeRows, timesAsMuch } from './churn-times.ts';

const runs = (name: string, trees: readonly number[]) => ({
  name,
  runs: trees.map((treesMs) => ({ treesMs, treesAuc: 0.8, logisticMs: 10, logisticAuc: 0.7 })),
});

it('holds runs of one repetition beside each other', () => {
  const [ours, peer] = [runs('ours', [100, 300, 120]), runs('peer', [50, 300, 100])];
  expect(timesAsMuch(ours, peer, 'treesMs')).toBe(1.2);
  expect(timeRows([ours, peer], peer).map((row) => row["of the peer's"])).toEqual(['1.20', '']);
  expect(timeRows([ours], undefined)[0]["of the peer's"]).toBe('');
});
