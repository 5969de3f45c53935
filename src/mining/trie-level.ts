import { firstAtLeast } from '../baskets/first-at-least.ts';
import { withRoom } from '../baskets/int-column.ts';

/**
 * The itemsets of one size as one level of a trie in flat arrays: node `n` extends the set of `parents[n]`, a
 * node of the level above, by the item of rank `ranks[n]`. The children of a node lie side by side, ascending.
 */
export class TrieLevel {
  size = 0;
  ranks: Int32Array = new Int32Array(16);
  parents: Int32Array = new Int32Array(16);
  supports: Int32Array = new Int32Array(16);
  /** Where the children of each node of the level above begin; one more entry than it has nodes. */
  readonly childStarts: Int32Array;

  constructor(nodesAbove: number) {
    this.childStarts = new Int32Array(nodesAbove + 1);
  }

  /** Adds a child to `parent`; parents come in order, and each one's children by rank. */
  add(parent: number, rank: number, support: number): void {
    const node = this.size++;
    this.ranks = withRoom(this.ranks, this.size);
    this.parents = withRoom(this.parents, this.size);
    this.supports = withRoom(this.supports, this.size);
    this.ranks[node] = rank;
    this.parents[node] = parent;
    this.supports[node] = support;
    this.childStarts[parent + 1] = this.size;
  }

  /** To be called when the last child is added. */
  finish(): void {
    const { childStarts } = this;
    for (let n = 1; n < childStarts.length; n++)
      if (childStarts[n] === 0) childStarts[n] = childStarts[n - 1];
  }

  /** The same level without the nodes below `minSupport`. */
  frequent(minSupport: number): TrieLevel {
    const level = new TrieLevel(this.childStarts.length - 1);
    for (let node = 0; node < this.size; node++) {
      const support = this.supports[node];
      if (support >= minSupport) level.add(this.parents[node], this.ranks[node], support);
    }
    level.finish();
    return level;
  }

  /** The child of `parent` with that rank, or -1. */
  find(parent: number, rank: number): number {
    const end = this.childStarts[parent + 1];
    const at = firstAtLeast(this.ranks, rank, this.childStarts[parent], end);
    return at < end && this.ranks[at] === rank ? at : -1;
  }
}
