import type { GrownNode } from './grow.ts';

/**
 * Boosted trees as flat arrays, for scoring and storing. The nodes of a tree follow each other, each before its left and this
 * before its right subtree; its leaves are numbered from left to right. A node whose leaves begin with `first` and those on
 * the right with `right` has its left child next to it and its right one `right − first` places on; a child of one leaf is that
 * leaf. A tree of n nodes has n + 1 leaves.
 */
export interface BoostedTrees {
  readonly features: number;
  /** What the score begins with (log-odds). */
  readonly baseline: number;
  /** By feature, and one more: the first of its cuts. */
  readonly cutStarts: Int32Array;
  /** The cuts that trees use, at most 255 a feature, ascending; Infinity parts what is known from what is missing. */
  readonly cuts: Float64Array;
  /** By tree, and one more: its first node; its first leaf is `treeStarts[tree] + tree`. */
  readonly treeStarts: Int32Array;
  /** By node: its feature. */
  readonly feature: Uint16Array;
  /** By node: the number of the cut among its feature's; a value up to it goes left. */
  readonly cut: Uint8Array;
  /** By node: 1 where what is missing goes left. */
  readonly missingLeft: Uint8Array;
  /** By node: the first leaf of its left and of its right subtree, counted from the tree's first. */
  readonly first: Uint8Array;
  readonly right: Uint8Array;
  /** By leaf: what it adds to the score. */
  readonly leaves: Float64Array;
  /** By node: the mean of its leaves, each as often as training rows were uncertain there (by second derivatives). */
  readonly means: Float64Array;
}

export const treeCount = ({ treeStarts }: BoostedTrees): number => treeStarts.length - 1;

/**
 * @param cuts by feature: all cuts that its bins have
 */
export function compactTrees(
  baseline: number,
  cuts: readonly Float64Array[],
  trees: readonly GrownNode[],
): BoostedTrees {
  const features = cuts.length;
  const inUse = cuts.map(() => new Set<number>());
  let nodes = 0;
  const visit = ({ split }: GrownNode): void => {
    if (!split) return;
    nodes++;
    inUse[split.feature].add(split.bin);
    visit(split.left);
    visit(split.right);
  };
  trees.forEach(visit);
  const used = inUse.map((bins) => [...bins].sort((a, b) => a - b));
  const cutStarts = new Int32Array(features + 1);
  for (let feature = 0; feature < features; feature++)
    cutStarts[feature + 1] = cutStarts[feature] + used[feature].length;
  const compact: BoostedTrees = {
    features,
    baseline,
    cutStarts,
    // Above the last bin of values there is what is missing only.
    cuts: Float64Array.from(
      used.flatMap((bins, feature) => bins.map((bin) => cuts[feature][bin] ?? Number.POSITIVE_INFINITY)),
    ),
    treeStarts: new Int32Array(trees.length + 1),
    feature: new Uint16Array(nodes),
    cut: new Uint8Array(nodes),
    missingLeft: new Uint8Array(nodes),
    first: new Uint8Array(nodes),
    right: new Uint8Array(nodes),
    leaves: new Float64Array(nodes + trees.length),
    means: new Float64Array(nodes),
  };
  let node = 0;
  for (const [tree, root] of trees.entries()) {
    let leaf = 0;
    const write = ({ split, value, weight }: GrownNode): { mean: number; weight: number } => {
      if (!split) {
        compact.leaves[compact.treeStarts[tree] + tree + leaf++] = value;
        return { mean: value, weight };
      }
      const at = node++;
      compact.feature[at] = split.feature;
      compact.cut[at] = used[split.feature].indexOf(split.bin);
      compact.missingLeft[at] = split.missingLeft ? 1 : 0;
      compact.first[at] = leaf;
      const left = write(split.left);
      compact.right[at] = leaf;
      const right = write(split.right);
      const all = left.weight + right.weight;
      const mean = all > 0 ? (left.mean * left.weight + right.mean * right.weight) / all : left.mean;
      compact.means[at] = mean;
      return { mean, weight: all };
    };
    write(root);
    compact.treeStarts[tree + 1] = node;
  }
  return compact;
}
