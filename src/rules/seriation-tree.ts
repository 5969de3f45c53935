/**
 * A binary tree of clusters. Node numbers below `leafCount` are leaves; the inner node `leafCount + m` joins the nodes
 * `left[m]` and `right[m]`, which have lower numbers, and the last one is the root.
 */
export interface Dendrogram {
  readonly leafCount: number;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** The mean distance between a leaf on the left and one on the right of each inner node. */
  readonly heights: Float64Array;
}

/** Where the leaves of each node lie when the tree is drawn with its left children on the left. */
export interface TreeLayout {
  /** The leaves from left to right. */
  readonly leaves: Int32Array;
  /** By node: the places of its leaves are `starts[node]` … `ends[node] - 1`. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/**
 * Hierarchical clustering with average linkage (UPGMA) by a chain of nearest neighbours: O(n²) time, and a copy of the
 * distances in memory (Murtagh, The Computer Journal 26:4, 1983; Müllner, "Modern hierarchical, agglomerative clustering
 * algorithms", arXiv:1109.2378). Depends on distances and the order of the items alone.
 *
 * @param distances n × n, symmetric, finite; the diagonal is not looked at
 */
export function averageLinkage(distances: Float64Array, n: number): Dendrogram {
  const between = distances.slice();
  const merges = Math.max(0, n - 1);
  const left = new Int32Array(merges);
  const right = new Int32Array(merges);
  const heights = new Float64Array(merges);
  /** Clusters go by their lowest item; those not merged yet, ascending. */
  let clusters = Int32Array.from({ length: n }, (_, item) => item);
  const nodes = clusters.slice();
  const sizes = new Int32Array(n).fill(1);
  const chain: number[] = [];
  for (let merge = 0; merge < merges; merge++) {
    growChain(chain, clusters, between, n);
    const [one, other] = [chain.pop()!, chain.pop()!];
    const [kept, gone] = one < other ? [one, other] : [other, one];
    left[merge] = nodes[kept];
    right[merge] = nodes[gone];
    heights[merge] = between[kept * n + gone];
    clusters = clusters.filter((cluster) => cluster !== gone);
    const size = sizes[kept] + sizes[gone];
    for (const cluster of clusters) {
      if (cluster === kept) continue;
      const [a, b] = [between[kept * n + cluster], between[gone * n + cluster]];
      // Written so that rounding never brings the mean below the nearer one, on which the chain relies.
      const mean = a < b ? a + (b - a) * (sizes[gone] / size) : b + (a - b) * (sizes[kept] / size);
      between[kept * n + cluster] = mean;
      between[cluster * n + kept] = mean;
    }
    nodes[kept] = n + merge;
    sizes[kept] = size;
  }
  return { leafCount: n, left, right, heights };
}

/** Adds nearest neighbours until the last two are each other's. */
function growChain(chain: number[], clusters: Int32Array, between: Float64Array, n: number): void {
  if (chain.length === 0) chain.push(clusters[0]);
  for (;;) {
    const last = chain[chain.length - 1];
    const before = chain[chain.length - 2] ?? -1;
    // The one before wins a tie: so each step is shorter than the last, and the chain ends.
    let nearest = before;
    for (let c = 0; c < clusters.length; c++) {
      const cluster = clusters[c];
      if (cluster === last) continue;
      if (nearest < 0 || between[last * n + cluster] < between[last * n + nearest]) nearest = cluster;
    }
    if (nearest === before) return;
    chain.push(nearest);
  }
}

/** O(n). */
export function layoutOf({ leafCount, left, right }: Dendrogram): TreeLayout {
  const nodeCount = leafCount + left.length;
  const sizes = new Int32Array(nodeCount).fill(1);
  for (let m = 0; m < left.length; m++) sizes[leafCount + m] = sizes[left[m]] + sizes[right[m]];
  const starts = new Int32Array(nodeCount);
  for (let m = left.length - 1; m >= 0; m--) {
    starts[left[m]] = starts[leafCount + m];
    starts[right[m]] = starts[leafCount + m] + sizes[left[m]];
  }
  const leaves = new Int32Array(leafCount);
  for (let leaf = 0; leaf < leafCount; leaf++) leaves[starts[leaf]] = leaf;
  return { leaves, starts, ends: starts.map((start, node) => start + sizes[node]) };
}
