import { describe, expect, it } from 'vitest';
import { pack, unpack } from '../../model/packed.ts';
import { decodeSections, encodeSections } from '../../model/sections.ts';
import { trainTrees } from './boost.ts';
import type { BoostedTrees } from './boosted-trees.ts';
import { contributionsOf } from './contributions.ts';
import { plainScorer } from './plain-scorer.ts';
import { mixedData, rowsOf } from './testing/mixed-data.ts';

describe('contributions of features', () => {
  const data = mixedData(1200);
  const { model } = trainTrees(data, { seed: 1, trees: 30 });
  const rows = rowsOf(data);

  it('sum up to the score of each row', () => {
    const scores = new Float64Array(1200);
    plainScorer(model).score(rows, 1200, scores);
    const out = new Float64Array(5);
    for (let row = 0; row < 1200; row++) {
      const expected = contributionsOf(model, rows, row, out);
      expect(out.reduce((sum, one) => sum + one, expected)).toBeCloseTo(scores[row], 10);
    }
  });

  it('are those worked out by hand', () => {
    // The tree of boost.test.ts: leaves -0.75 and 0.5, 0.03125 in the mean.
    const target = Uint8Array.of(0, 0, 0, 1, 1, 1, 0, 1);
    const table = { rows: 8, columns: [new Float64Array(8), Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8)] };
    const one = { trees: 1, maxLeaves: 2, minLeafRows: 1, l2: 0.25, learningRate: 0.5 };
    const out = new Float64Array(2);
    const expected = contributionsOf(trainTrees({ table, target }, { seed: 1, ...one }).model, Float64Array.of(0, 9), 0, out); // biome-ignore format: one line
    expect([expected, ...out]).toEqual([0.03125, 0, 0.46875]);
  });

  it('and scores are the same from a stored model', () => {
    const { shape, sections } = pack('ranking', model);
    const stored = unpack<BoostedTrees>(shape, decodeSections(encodeSections({}, sections)));
    const [ours, theirs] = [new Float64Array(1200), new Float64Array(1200)];
    plainScorer(model).score(rows, 1200, ours);
    plainScorer(stored).score(rows, 1200, theirs);
    expect(theirs).toEqual(ours);
    const out = new Float64Array(5);
    expect(contributionsOf(stored, rows, 3, out)).toBe(contributionsOf(model, rows, 3, new Float64Array(5)));
  });
});
