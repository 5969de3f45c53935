import { type BoostedTrees, compactTrees, treeCount } from './boosted-trees.ts';
import type { GrownNode } from './grow.ts';
import { goesLeft } from './plain-scorer.ts';

/**
 * What is left of trees for rows of which some features are known beforehand: the nodes that these decide are left out. Such rows get
 * the same scores, to the last bit, whatever they hold in the places of these features. It is for scoring alone: `means` are not those
 * of the trees.
 *
 * @param known values by feature; NaN stands for what is missing
 */
export function treesGiven(model: BoostedTrees, known: ReadonlyMap<number, number>): BoostedTrees {
  const { features, cutStarts, cuts, treeStarts, feature, cut, missingLeft, first, right, leaves } = model;
  const remaining = (tree: number, node: number, leaf: number, end: number): GrownNode => {
    if (end - leaf === 1) return { value: leaves[treeStarts[tree] + tree + leaf], weight: 1 };
    const onLeft = (): GrownNode => remaining(tree, node + 1, leaf, right[node]);
    const onRight = (): GrownNode => remaining(tree, node + right[node] - first[node], right[node], end);
    const value = known.get(feature[node]);
    if (value !== undefined) return goesLeft(model, node, value) ? onLeft() : onRight();
    const split = {
      feature: feature[node],
      bin: cut[node],
      missingLeft: missingLeft[node] === 1,
      gain: 0,
      left: onLeft(),
      right: onRight(),
    };
    return { value: 0, weight: 1, split };
  };
  const ownCuts = Array.from({ length: features }, (_, n) => cuts.subarray(cutStarts[n], cutStarts[n + 1]));
  const trees = Array.from({ length: treeCount(model) }, (_, tree) =>
    remaining(tree, treeStarts[tree], 0, treeStarts[tree + 1] - treeStarts[tree] + 1),
  );
  return compactTrees(model.baseline, ownCuts, trees);
}
