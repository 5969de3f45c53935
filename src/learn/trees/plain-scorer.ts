import { checkRows, type Rows } from '../training-data.ts';
import { type BoostedTrees, treeCount } from './boosted-trees.ts';

/** Scores rows by trees. */
export interface TreeScorer {
  readonly features: number;
  /**
   * Writes the scores (log-odds) of the first `count` rows into `out`, without allocating.
   *
   * @param rows `count × features` values at least
   * @throws PairwellError `bad-input` where there are fewer values, or no room in `out`
   */
  score(rows: Rows, count: number, out: Float64Array): void;
}

/** Walks down each tree; other scorers give the same bits. */
export function plainScorer(model: BoostedTrees): TreeScorer {
  const { features, baseline, leaves, treeStarts } = model;
  const trees = treeCount(model);
  return {
    features,
    score(rows, count, out) {
      checkRows(features, rows, count, out);
      for (let row = 0; row < count; row++) {
        let score = baseline;
        for (let tree = 0; tree < trees; tree++)
          score += leaves[treeStarts[tree] + tree + leafOf(model, tree, rows, row * features)];
        out[row] = score;
      }
    },
  };
}

/** Which leaf of a tree the row that begins at `at` belongs to. */
export function leafOf(
  model: BoostedTrees,
  tree: number,
  rows: Rows,
  at: number,
  visit?: (node: number) => void,
): number {
  const { treeStarts, first, right } = model;
  let node = treeStarts[tree];
  let leaf = 0;
  let end = treeStarts[tree + 1] - node + 1;
  while (end - leaf > 1) {
    visit?.(node);
    if (goesLeft(model, node, rows[at + model.feature[node]])) {
      end = right[node];
      node++;
    } else {
      leaf = right[node];
      node += right[node] - first[node];
    }
  }
  return leaf;
}

/** Whether a value goes to the left at a node. */
export function goesLeft(
  { feature, cut, cuts, cutStarts, missingLeft }: BoostedTrees,
  node: number,
  value: number,
): boolean {
  if (Number.isNaN(value)) return missingLeft[node] === 1;
  return value <= cuts[cutStarts[feature[node]] + cut[node]];
}
