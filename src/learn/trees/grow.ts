import { jobOf, type Team, type Training, writeNode } from './passes.ts';
import { type Bounds, bestValue, type Sums } from './split.ts';
import type { CheckedTreeOptions } from './tree-options.ts';
import { binsOf, chunkRows, nodeFields, splitFields } from './workspace.ts';

/** A node of a tree that has been grown: a split, or a leaf where there is none. */
export interface GrownNode {
  /** Times the learning rate. */
  readonly value: number;
  /** The sum of second derivatives of its rows: how much it counts in a mean. */
  readonly weight: number;
  readonly split?: GrownSplit;
}

export interface GrownSplit {
  readonly feature: number;
  /** Rows with this bin, or a lower one, go left. */
  readonly bin: number;
  readonly missingLeft: boolean;
  readonly gain: number;
  readonly left: GrownNode;
  readonly right: GrownNode;
}

/** The best split of a node. */
interface Split {
  readonly feature: number;
  readonly bin: number;
  readonly missingLeft: boolean;
  readonly gain: number;
  readonly left: Sums;
}

/** A node that may be split yet; its rows are at the places from `from` to `to` (not included). */
interface OpenNode {
  readonly from: number;
  readonly to: number;
  readonly depth: number;
  readonly sums: Sums;
  readonly bounds: Bounds;
  readonly value: number;
  slot: number;
  split?: Split | undefined;
  children?: [OpenNode, OpenNode];
}

const free: Bounds = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

/**
 * Grows a tree leaf by leaf: of all leaves the one is split next of which the best split gains most (Shi, Best-first decision
 * tree learning, 2007; LightGBM, NIPS 2017). Only the smaller child of a split is counted, the larger one is what is left of
 * the parent. Leaves the rows of the leaves and their values in the workspace, for the pass `update`.
 *
 * @param rows how many, at the first places of `order`
 * @returns undefined where no split gains anything
 */
export function growTree(
  training: Training,
  team: Team,
  options: CheckedTreeOptions,
  rows: number,
): GrownNode | undefined {
  const { workspace, limits } = training;
  const { job } = workspace;
  const blocks = workspace.blockStarts.length - 1;
  const open = (from: number, to: number, depth: number, sums: Sums, bounds: Bounds): OpenNode => ({
    ...{ from, to, depth, sums, bounds, slot: -1 },
    value: bestValue(sums, limits, bounds),
  });
  const mayBeSplit = ({ sums, depth }: OpenNode): boolean =>
    depth < options.maxDepth && sums.rows >= 2 * options.minLeafRows;

  /** Counts the first and finds the best splits of both. */
  const search = (counted: OpenNode, sibling: OpenNode | undefined): void => {
    const nodes = sibling ? [counted, sibling] : [counted];
    if (!nodes.some(mayBeSplit)) return;
    job[jobOf.from] = counted.from;
    job[jobOf.to] = counted.to;
    job[jobOf.counted] = counted.slot;
    job[jobOf.sibling] = sibling?.slot ?? -1;
    for (let place = 0; place < 2; place++) {
      const node = nodes[place];
      job[jobOf.wanted + place] = node && mayBeSplit(node) ? 1 : 0;
      if (node) writeNode(job, place, node.sums, node.bounds);
    }
    team.run('search', blocks);
    for (const [place, node] of nodes.entries())
      node.split = mayBeSplit(node) ? bestOf(training, place) : undefined;
  };

  const root = open(0, rows, 0, sumsOf(training, rows), free);
  root.slot = 0;
  search(root, undefined);
  if (!root.split) return undefined;
  const leaves = [root];
  while (leaves.length < options.maxLeaves) {
    let next = 0;
    for (let n = 1; n < leaves.length; n++) if (gainOf(leaves[n]) > gainOf(leaves[next])) next = n;
    const node = leaves[next];
    if (!node.split) break;
    const middle = divide(training, team, node, node.split);
    const { left, feature } = node.split;
    const right = minus(node.sums, left);
    const [lowSide, highSide] = boundsOf(training, node, feature, left, right);
    const children: [OpenNode, OpenNode] = [
      open(node.from, middle, node.depth + 1, left, lowSide),
      open(middle, node.to, node.depth + 1, right, highSide),
    ];
    node.children = children;
    leaves.splice(next, 1, ...children);
    if (leaves.length === options.maxLeaves) break;
    const [small, large] = left.rows <= right.rows ? children : [children[1], children[0]];
    small.slot = leaves.length - 1;
    large.slot = node.slot;
    search(small, large);
  }
  return finish(training, root, options.learningRate);
}

const gainOf = (node: OpenNode): number => node.split?.gain ?? 0;

const minus = (all: Sums, part: Sums): Sums => ({
  gradient: all.gradient - part.gradient,
  hessian: all.hessian - part.hessian,
  rows: all.rows - part.rows,
});

/** Whole numbers: in any order they sum up to the same. */
function sumsOf({ workspace: { order, gradients } }: Training, rows: number): Sums {
  let gradient = 0;
  let hessian = 0;
  for (let place = 0; place < rows; place++) {
    const row = order[place];
    gradient += gradients[2 * row];
    hessian += gradients[2 * row + 1];
  }
  return { gradient, hessian, rows };
}

/** Of the features' best splits the best; of several the first feature's. */
function bestOf({ workspace: { splits, features } }: Training, place: number): Split | undefined {
  let best = -1;
  let most = 0;
  for (let feature = 0; feature < features; feature++) {
    const gain = splits[(place * features + feature) * splitFields];
    if (!(gain > most)) continue;
    [most, best] = [gain, feature];
  }
  if (best < 0) return undefined;
  const [gain, bin, missingLeft, gradient, hessian, rows] = splits.subarray(
    (place * features + best) * splitFields,
  );
  return { feature: best, bin, missingLeft: missingLeft === 1, gain, left: { gradient, hessian, rows } };
}

/** Brings the rows that go left before the others. Returns where the others begin. */
function divide({ workspace }: Training, team: Team, { from, to, sums }: OpenNode, split: Split): number {
  const { job, lefts } = workspace;
  job[jobOf.from] = from;
  job[jobOf.to] = to;
  job[jobOf.feature] = split.feature;
  job[jobOf.bin] = split.bin;
  job[jobOf.missingLeft] = split.missingLeft ? 1 : 0;
  const chunks = Math.ceil((to - from) / chunkRows);
  team.run('divide', chunks);
  let before = 0;
  for (let chunk = 0; chunk <= chunks; chunk++) {
    const here = lefts[chunk];
    lefts[chunk] = before;
    before += here;
  }
  if (lefts[chunks] !== split.left.rows || sums.rows !== to - from)
    throw new Error(`A split of ${sums.rows} rows sent ${lefts[chunks]} left, not ${split.left.rows}.`);
  team.run('gather', chunks);
  return from + lefts[chunks];
}

/** The two sides of a monotone feature keep to their own sides of the middle of their values. */
function boundsOf(
  { workspace: { monotone }, limits }: Training,
  { bounds }: OpenNode,
  feature: number,
  left: Sums,
  right: Sums,
): [Bounds, Bounds] {
  if (monotone[feature] === 0) return [bounds, bounds];
  const middle = (bestValue(left, limits, bounds) + bestValue(right, limits, bounds)) / 2;
  const below = { low: bounds.low, high: middle };
  const above = { low: middle, high: bounds.high };
  return monotone[feature] > 0 ? [below, above] : [above, below];
}

/** Writes the leaves where `update` looks for them and the nodes as rows are walked down by them. */
function finish({ workspace, limits }: Training, root: OpenNode, learningRate: number): GrownNode {
  const { nodes, nodeValues, leafStarts, leafValues, job } = workspace;
  let count = 0;
  let leaves = 0;
  const write = (node: OpenNode): GrownNode => {
    const number = count++;
    const at = number * nodeFields;
    const value = learningRate * node.value;
    const weight = node.sums.hessian * limits.hessian;
    nodeValues[number] = value;
    if (!node.children || !node.split) {
      nodes[at] = 0;
      leafStarts[leaves] = node.from;
      leafValues[leaves++] = value;
      return { value, weight };
    }
    const { feature, bin, missingLeft, gain } = node.split;
    nodes[at] = count;
    const left = write(node.children[0]);
    nodes[at + 1] = count;
    const right = write(node.children[1]);
    nodes[at + 2] = binsOf(workspace, feature);
    nodes[at + 3] = bin;
    nodes[at + 4] = missingLeft ? 1 : 0;
    return { value, weight, split: { feature, bin, missingLeft, gain, left, right } };
  };
  const tree = write(root);
  leafStarts[leaves] = root.to;
  job[jobOf.leaves] = leaves;
  job[jobOf.grown] = root.to;
  return tree;
}
