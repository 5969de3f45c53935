import type { Rows } from '../training-data.ts';
import { type BoostedTrees, treeCount } from './boosted-trees.ts';
import { leafOf } from './plain-scorer.ts';

/**
 * What each feature adds to the score of a row: at each split on its way the mean of the side that it took less the mean of
 * both (the path-dependent way of Saabas, "Interpreting random forests", 2014; it credits splits near the leaves more than Shapley
 * values would, and takes no longer than scoring). Written into `out`, one number for each feature.
 *
 * @returns the score of a row of which nothing is known; with what is in `out` it sums up to the row's score
 */
export function contributionsOf(model: BoostedTrees, rows: Rows, row: number, out: Float64Array): number {
  const { features, treeStarts, feature, means, leaves } = model;
  out.fill(0);
  let expected = model.baseline;
  for (let tree = 0; tree < treeCount(model); tree++) {
    expected += means[treeStarts[tree]];
    let before = -1;
    const leaf = leafOf(model, tree, rows, row * features, (node) => {
      if (before >= 0) out[feature[before]] += means[node] - means[before];
      before = node;
    });
    out[feature[before]] += leaves[treeStarts[tree] + tree + leaf] - means[before];
  }
  return expected;
}
