import { withRoom } from '../baskets/int-column.ts';

/**
 * A prefix tree of weighted item sequences in flat arrays. Items are local ranks 0, 1, 2, … that ascend from the
 * root; node 0 is the root and the nodes of one rank lie side by side, so there are neither header lists nor
 * child lists. The layout follows Rácz, "nonordfp: An FP-growth variation without rebuilding the FP-tree",
 * FIMI 2004.
 *
 * Grow it rank by rank: {@link beginItem}, then {@link attach} for everything that holds the item, at last
 * {@link finish}. The arrays are reused when the tree is started again.
 */
export class FpTree {
  /** How many items there are; their ranks run from 0 to one less. */
  itemCount = 0;
  /** The item id of each rank. */
  items: Int32Array = new Int32Array(16);
  /** The weight of all sequences that hold the item of each rank. */
  supports: Int32Array = new Int32Array(16);
  /** Where the nodes of each rank begin; one more entry than there are items. */
  starts: Int32Array = new Int32Array(16);

  /** How many nodes there are, the root included. */
  size = 1;
  parents: Int32Array = new Int32Array(64);
  /** The weight of all sequences that pass each node. */
  weights: Int32Array = new Int32Array(64);
  ranks: Int32Array = new Int32Array(64);
  /** While the tree grows: each node's newest child. While it is projected: links between reached nodes. */
  links: Int32Array = new Int32Array(64);

  /** Empties the tree. */
  start(): void {
    this.itemCount = 0;
    this.size = 1;
    this.links[0] = 0;
  }

  /** Goes on to the next rank, whose item will be attached `nodes` times at most. */
  beginItem(item: number, support: number, nodes: number): void {
    const rank = this.itemCount++;
    this.items = withRoom(this.items, rank + 1);
    this.supports = withRoom(this.supports, rank + 1);
    this.starts = withRoom(this.starts, rank + 2);
    this.items[rank] = item;
    this.supports[rank] = support;
    this.starts[rank] = this.size;
    const room = this.size + nodes;
    this.parents = withRoom(this.parents, room);
    this.weights = withRoom(this.weights, room);
    this.ranks = withRoom(this.ranks, room);
    this.links = withRoom(this.links, room);
  }

  /** The child of `parent` for the current item, made when it is not there yet, `weight` heavier. */
  attach(parent: number, weight: number): number {
    const rank = this.itemCount - 1;
    const newest = this.links[parent];
    // Ranks come in order, so only the newest child can belong to the current one.
    if (newest >= this.starts[rank]) {
      this.weights[newest] += weight;
      return newest;
    }
    const node = this.size++;
    this.parents[node] = parent;
    this.weights[node] = weight;
    this.ranks[node] = rank;
    this.links[parent] = node;
    this.links[node] = 0;
    return node;
  }

  finish(): void {
    this.starts[this.itemCount] = this.size;
  }
}
