import { PairwellError } from '../errors.ts';
import type { PairMatrix } from './matrix.ts';
import { averageLinkage, type Dendrogram, layoutOf, type TreeLayout } from './seriation-tree.ts';

/** So many items take some 100 MB and up to three seconds. */
export const maxSeriationItems = 2_000;

/**
 * An order of the rows (and columns) of a matrix of similarities in which clusters show as blocks on the diagonal:
 * hierarchical clustering with average linkage, then the best order of the leaves of its tree. O(n²) for the tree, O(n³)
 * for the order, 24 n² bytes. Depends on the matrix alone.
 *
 * It asks for a measure with a ceiling, such as Jaccard, phi or the cosine: under lift a few pairs of rare items outweigh
 * all others. See {@link dissimilarities} for what becomes of other figures than numbers.
 *
 * @returns which row comes where, as `reordered` takes it
 * @throws PairwellError `limit-exceeded` for more than {@link maxSeriationItems} items
 */
export function seriate(similarities: PairMatrix): Int32Array {
  const n = similarities.items.length;
  if (n > maxSeriationItems) {
    const message = `At most ${maxSeriationItems} items can be put in order, not ${n}: ask for fewer, or for categories.`;
    throw new PairwellError('limit-exceeded', message, { items: n, maxItems: maxSeriationItems });
  }
  const distances = dissimilarities(similarities);
  return optimalLeafOrder(averageLinkage(distances, n), distances);
}

/**
 * 1 − similarity, n × n, symmetric and finite, with 0 on the diagonal. Where the two directions of a pair differ, as under
 * confidence, their mean counts. Infinity counts as the highest finite similarity; −Infinity and NaN, the sign of items
 * that tell nothing, count as the lowest.
 */
export function dissimilarities({ items, values }: PairMatrix): Float64Array {
  const n = items.length;
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < values.length; at++) {
    if (!Number.isFinite(values[at]) || at % (n + 1) === 0) continue;
    lowest = Math.min(lowest, values[at]);
    highest = Math.max(highest, values[at]);
  }
  // Without a finite similarity all pairs are alike, whatever they are given.
  if (lowest > highest) lowest = highest = 0;
  const finite = (value: number): number =>
    Number.isFinite(value) ? value : value === Number.POSITIVE_INFINITY ? highest : lowest;
  const distances = new Float64Array(n * n);
  for (let row = 1; row < n; row++) {
    for (let column = 0; column < row; column++) {
      const there = finite(values[row * n + column]);
      const back = finite(values[column * n + row]);
      const distance = 1 - (there / 2 + back / 2);
      distances[row * n + column] = distance;
      distances[column * n + row] = distance;
    }
  }
  return distances;
}

/**
 * Of all orders of the leaves that the tree allows (each inner node may be turned round), one in which the distances
 * between neighbours add up to the least (Bar-Joseph, Gifford and Jaakkola, "Fast optimal leaf ordering for hierarchical
 * clustering", Bioinformatics 17, 2001). O(n³) time, as ways are drawn out over one side at a time (Bar-Joseph et al.,
 * "Optimal arrangement of leaves in the tree representing hierarchical clustering", University of Waterloo, 2001); 16 n²
 * bytes.
 *
 * @param distances n × n, symmetric, finite; negative ones will do
 */
export function optimalLeafOrder(tree: Dendrogram, distances: Float64Array): Int32Array {
  const n = tree.leafCount;
  if (n < 2) return Int32Array.from({ length: n }, (_, leaf) => leaf);
  const layout = layoutOf(tree);
  const { leaves } = layout;
  // Everything below goes by the places of leaves in the layout, where those of a subtree lie side by side.
  const steps = new Float64Array(n * n);
  for (let p = 0; p < n; p++)
    for (let q = 0; q < n; q++) steps[p * n + q] = distances[leaves[p] * n + leaves[q]];
  const paths = shortestPaths(tree, layout, steps);
  return retraced(tree, layout, steps, paths).map((place) => leaves[place]);
}

/**
 * For any two places p and q, entry `p * n + q`: the length of the shortest order that begins with p, ends with q and
 * takes in the leaves of the smallest subtree that holds both.
 */
function shortestPaths(tree: Dendrogram, { starts, ends }: TreeLayout, steps: Float64Array): Float64Array {
  const n = tree.leafCount;
  const paths = new Float64Array(n * n);
  // An order of the subtree of p that begins with p ends on the other side of that subtree: here, as it grows.
  const otherFrom = Int32Array.from({ length: n }, (_, p) => p);
  const otherTo = otherFrom.map((p) => p + 1);
  /** By place on the right: the shortest way to there from p, through all of the left side. */
  const reach = new Float64Array(n);
  for (let m = 0; m < tree.left.length; m++) {
    const start = starts[n + m];
    const middle = starts[tree.right[m]];
    const end = ends[n + m];
    for (let p = start; p < middle; p++) {
      reach.fill(Number.POSITIVE_INFINITY, middle, end);
      for (let k = otherFrom[p]; k < otherTo[p]; k++) {
        const walked = paths[p * n + k];
        for (let l = middle, at = k * n + middle; l < end; l++, at++) {
          const length = walked + steps[at];
          if (length < reach[l]) reach[l] = length;
        }
      }
      paths.fill(Number.POSITIVE_INFINITY, p * n + middle, p * n + end);
      for (let l = middle; l < end; l++) {
        const walked = reach[l];
        for (let q = otherFrom[l], to = otherTo[l]; q < to; q++) {
          const length = walked + paths[l * n + q];
          if (length < paths[p * n + q]) paths[p * n + q] = length;
        }
      }
      for (let q = middle; q < end; q++) paths[q * n + p] = paths[p * n + q];
    }
    otherFrom.fill(middle, start, middle).fill(start, middle, end);
    otherTo.fill(end, start, middle).fill(middle, middle, end);
  }
  return paths;
}

/** The places in the order of the shortest of all paths: looks for the ends of each subtree, from the root down. */
function retraced(
  tree: Dendrogram,
  { starts, ends }: TreeLayout,
  steps: Float64Array,
  paths: Float64Array,
): Int32Array {
  const n = tree.leafCount;
  const order = new Int32Array(n);
  let placed = 0;
  const root = 2 * n - 2;
  const [first, last] = nearestOf(sidesOf(root)[0], sidesOf(root)[1], (p, q) => paths[p * n + q]);
  const open = [{ node: root, p: first, q: last }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, p, q } = next;
    if (node < n) {
      order[placed++] = p;
      continue;
    }
    const { left, right } = tree;
    const isTurned = p >= starts[right[node - n]];
    const [near, far] = isTurned ? [right[node - n], left[node - n]] : [left[node - n], right[node - n]];
    const [k, l] = nearestOf(
      acrossFrom(near, p),
      acrossFrom(far, q),
      (k, l) => paths[p * n + k] + steps[k * n + l] + paths[l * n + q],
    );
    open.push({ node: far, p: l, q }, { node: near, p, q: k });
  }
  return order;

  /** The places of an inner node's two sides. */
  function sidesOf(node: number): [Range, Range] {
    const middle = starts[tree.right[node - n]];
    return [
      { from: starts[node], to: middle },
      { from: middle, to: ends[node] },
    ];
  }

  /** The places where an order of the node's leaves that begins at `place` can end. */
  function acrossFrom(node: number, place: number): Range {
    if (node < n) return { from: place, to: place + 1 };
    const [one, other] = sidesOf(node);
    return place < one.to ? other : one;
  }
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** The first pair of least length. */
function nearestOf(ks: Range, ls: Range, lengthOf: (k: number, l: number) => number): [k: number, l: number] {
  let best: [number, number] = [ks.from, ls.from];
  let least = Number.POSITIVE_INFINITY;
  for (let k = ks.from; k < ks.to; k++) {
    for (let l = ls.from; l < ls.to; l++) {
      const length = lengthOf(k, l);
      if (length >= least) continue;
      least = length;
      best = [k, l];
    }
  }
  return best;
}
