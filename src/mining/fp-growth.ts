import { withRoom } from '../baskets/int-column.ts';
import { type Transactions, transactionCount } from '../baskets/transactions.ts';
import { FpTree } from './fp-tree.ts';
import type { Itemsets } from './itemsets.ts';
import { ItemsetsBuilder } from './itemsets-builder.ts';
import { checkedOptions, type MiningOptions } from './options.ts';
import { rankItems, transactionsByRank } from './ranked-items.ts';

/**
 * FP-growth: transactions as a prefix tree, projected item by item (Han, Pei and Yin, "Mining Frequent Patterns
 * without Candidate Generation", SIGMOD 2000, pp. 1–12), with perfect extensions set aside (Borgelt, "Frequent
 * item set mining", WIREs Data Mining and Knowledge Discovery 2(6), 2012, pp. 437–456).
 *
 * Progress counts frequent items. Errors: see `Miner`.
 */
export function fpGrowth(transactions: Transactions, options: MiningOptions): Itemsets {
  const { onProgress, ...limits } = checkedOptions(options);
  const tree = treeOf(transactions, limits.minSupport);
  const growth = new Growth(limits, tree.itemCount);
  for (let rank = 0; rank < tree.itemCount; rank++) {
    onProgress(rank, tree.itemCount);
    growth.visit(tree, rank, 0);
  }
  onProgress(tree.itemCount, tree.itemCount);
  return growth.found.build();
}

/** The tree of all transactions, commonest item first; built item by item, so that no transaction is sorted. */
function treeOf(transactions: Transactions, minSupport: number): FpTree {
  const ranked = rankItems(transactions, minSupport, 'commonest-first');
  const { offsets, values } = transactionsByRank(transactions, ranked);
  const tree = new FpTree();
  tree.start();
  const nodeOf = new Int32Array(transactionCount(transactions));
  for (let rank = 0; rank < ranked.items.length; rank++) {
    const support = ranked.supports[rank];
    tree.beginItem(ranked.items[rank], support, support);
    for (let at = offsets[rank]; at < offsets[rank + 1]; at++) {
      const t = values[at];
      nodeOf[t] = tree.attach(nodeOf[t], 1);
    }
  }
  tree.finish();
  return tree;
}

/** What the projections of the trees at one depth are worked out in; reused for each of them. */
class Workspace {
  /** By node: the weight that reached it from the projected item's nodes; zero between projections. */
  reached: Int32Array = new Int32Array(0);
  /** By node: where the projection continues from it. */
  images: Int32Array = new Int32Array(0);
  /** The ranks that have reached nodes, descending. */
  ranks: Int32Array = new Int32Array(0);
  rankCount = 0;
  /** By rank: the first of its reached nodes, 0 for none; zero between projections. */
  heads: Int32Array = new Int32Array(0);
  /** By rank, when reached: the weight of its reached nodes. */
  sums: Int32Array = new Int32Array(0);
  /** A bit by rank: reached, but its nodes have not passed their weights on yet. */
  pending: Int32Array = new Int32Array(0);
  /** The projection itself. */
  readonly projection = new FpTree();

  prepare(tree: FpTree): void {
    this.reached = withRoom(this.reached, tree.size);
    this.images = withRoom(this.images, tree.size);
    this.ranks = withRoom(this.ranks, tree.itemCount);
    this.heads = withRoom(this.heads, tree.itemCount);
    this.pending = withRoom(this.pending, (tree.itemCount >>> 5) + 1);
    this.sums = withRoom(this.sums, tree.itemCount);
  }
}

class Growth {
  readonly found: ItemsetsBuilder;
  readonly #minSupport: number;
  readonly #maxLength: number;
  readonly #workspaces: Workspace[] = [];
  /** The items of the set at hand: one per depth, then those of its perfect extension being listed. */
  readonly #set: Int32Array;
  /** Items in every transaction of the set at hand: any of their subsets extends it without loss of support. */
  readonly #perfect: Int32Array;
  #perfectCount = 0;

  constructor(limits: Omit<Required<MiningOptions>, 'onProgress'>, itemCount: number) {
    this.found = new ItemsetsBuilder(limits);
    this.#minSupport = limits.minSupport;
    this.#maxLength = limits.maxLength;
    this.#set = new Int32Array(itemCount);
    this.#perfect = new Int32Array(itemCount);
  }

  /** Finds every itemset of the `depth` items chosen so far, the item of `rank` and any of lower ranks. */
  visit(tree: FpTree, rank: number, depth: number): void {
    const length = depth + 1;
    const support = tree.supports[rank];
    this.#set[depth] = tree.items[rank];
    if (rank === 0 || length === this.#maxLength) {
      this.#list(length, support, 0);
      return;
    }
    this.#workspaces[depth] ??= new Workspace();
    const work = this.#workspaces[depth];
    work.prepare(tree);
    reachAncestors(tree, rank, work);
    const perfectBefore = this.#perfectCount;
    const extensions = this.#sortOut(tree, rank, work);
    this.#list(length, support, 0);
    if (extensions > 1 && length + 1 < this.#maxLength) {
      project(tree, work);
      for (let r = 0; r < work.projection.itemCount; r++) this.visit(work.projection, r, length);
    } else {
      this.#listExtensions(tree, work, length);
    }
    this.#perfectCount = perfectBefore;
  }

  /** Sets perfect extensions aside, clears the sums of infrequent items and counts the remaining ones. */
  #sortOut(tree: FpTree, rank: number, { ranks, rankCount, sums }: Workspace): number {
    const support = tree.supports[rank];
    let extensions = 0;
    for (let i = 0; i < rankCount; i++) {
      const r = ranks[i];
      const sum = sums[r];
      if (sum === support) this.#perfect[this.#perfectCount++] = tree.items[r];
      if (sum === support || sum < this.#minSupport) sums[r] = 0;
      else extensions++;
    }
    return extensions;
  }

  /** Lists the sets with one item more when they cannot grow further, and clears the workspace. */
  #listExtensions(tree: FpTree, { ranks, rankCount, reached, heads, sums }: Workspace, length: number): void {
    for (let i = 0; i < rankCount; i++) {
      const r = ranks[i];
      if (sums[r] > 0) {
        this.#set[length] = tree.items[r];
        this.#list(length + 1, sums[r], 0);
      }
      for (let node = heads[r]; node !== 0; node = tree.links[node]) reached[node] = 0;
      heads[r] = 0;
    }
  }

  /** Adds the set at hand, alone and with every subset of the perfect extension from entry `from` on. */
  #list(length: number, support: number, from: number): void {
    this.found.add(this.#set, length, support);
    if (length === this.#maxLength) return;
    for (let p = from; p < this.#perfectCount; p++) {
      this.#set[length] = this.#perfect[p];
      this.#list(length + 1, support, p + 1);
    }
  }
}

/** Sends the weights of an item's nodes up to all their ancestors, each visited once: `reached`, `heads`, `sums`. */
function reachAncestors(
  { starts, parents, weights, ranks, links }: FpTree,
  rank: number,
  work: Workspace,
): void {
  const { reached, heads, sums, pending } = work;
  const reachParent = (node: number, weight: number): void => {
    const parent = parents[node];
    if (parent === 0) return;
    if (reached[parent] === 0) {
      const r = ranks[parent];
      links[parent] = heads[r];
      heads[r] = parent;
      pending[r >>> 5] |= 1 << r;
    }
    reached[parent] += weight;
  };
  for (let node = starts[rank]; node < starts[rank + 1]; node++) reachParent(node, weights[node]);
  // Descending, as a node passes its weight on only when all its descendants have delivered theirs.
  let count = 0;
  for (let word = rank >>> 5; word >= 0; word--) {
    while (pending[word] !== 0) {
      const r = (word << 5) + 31 - Math.clz32(pending[word]);
      pending[word] ^= 1 << r;
      let sum = 0;
      for (let node = heads[r]; node !== 0; node = links[node]) {
        sum += reached[node];
        reachParent(node, reached[node]);
      }
      sums[r] = sum;
      work.ranks[count++] = r;
    }
  }
  work.rankCount = count;
}

/** Builds the projection from the reached nodes of the items that still have a sum, and clears the workspace. */
function project({ items, parents, links }: FpTree, work: Workspace): void {
  const { ranks, reached, images, heads, sums, projection } = work;
  projection.start();
  for (let i = work.rankCount - 1; i >= 0; i--) {
    const r = ranks[i];
    const head = heads[r];
    heads[r] = 0;
    const kept = sums[r] > 0;
    if (kept) projection.beginItem(items[r], sums[r], sums[r]);
    for (let node = head; node !== 0; node = links[node]) {
      const image = images[parents[node]];
      images[node] = kept ? projection.attach(image, reached[node]) : image;
      reached[node] = 0;
    }
  }
  projection.finish();
}
