import { firstAtLeast } from '../baskets/first-at-least.ts';
import { largestGroup, offsetsOf } from '../baskets/offsets.ts';
import { PairwellError } from '../errors.ts';
import { copyWithout } from './itemset-index.ts';
import { type Itemsets, itemsetCount } from './itemsets.ts';

/**
 * Itemsets with all their subsets as a prefix trie in flat arrays. Items go by rank, the rarest first: a rare item has
 * few extensions, so that nodes have few children.
 *
 * Node 0 is the empty set, and node `v` adds the item of rank `ranks[v]` to the set of its parent. The children of `v`
 * are the nodes `childStarts[v]` … `childStarts[v + 1] - 1`, ascending by rank; node `k + 1` is the set of rank `k` alone.
 */
export class ItemsetTrie {
  /** By item id; -1 for items in no set. */
  readonly #rankOf: Int32Array;
  readonly ranks: Int32Array;
  readonly childStarts: Int32Array;
  /** The node of each itemset, by the number that it has among the itemsets. */
  readonly nodeOf: Int32Array;
  /** The size of the largest itemset. */
  readonly depth: number;

  /**
   * @throws PairwellError `bad-input` when a subset of an itemset is missing, an itemset is there twice, or it is the
   *   empty set
   */
  constructor(itemsets: Itemsets) {
    const { offsets } = itemsets;
    const count = itemsetCount(itemsets);
    this.#rankOf = ranksOfItems(itemsets);
    this.ranks = new Int32Array(count + 1);
    this.childStarts = new Int32Array(count + 2);
    this.nodeOf = new Int32Array(count);
    this.depth = largestGroup(offsets);
    const rows = rankRows(itemsets, this.#rankOf);
    this.#addLevels(offsets, rows);
    this.#checkSubsets(offsets, rows);
  }

  /** The rank of an item, -1 when it is in no set. */
  rankOfItem(item: number): number {
    return item < this.#rankOf.length ? this.#rankOf[item] : -1;
  }

  /** The child of `node` with that rank, -1 when there is none. */
  child(node: number, rank: number): number {
    const end = this.childStarts[node + 1];
    const at = firstAtLeast(this.ranks, rank, this.childStarts[node], end);
    return at < end && this.ranks[at] === rank ? at : -1;
  }

  /** Adds the sets of one item, then those of two, and so on: each level lies behind the one before. */
  #addLevels(offsets: Int32Array, rows: Int32Array): void {
    const { ranks, childStarts, nodeOf } = this;
    const count = nodeOf.length;
    const order = bySizeAndLast(offsets, rows);
    const parents = new Int32Array(count);
    let node = 1;
    for (let size = 1, from = 0, above = 0; size <= this.depth + 1; size++) {
      const end = node;
      let to = from;
      for (; to < count && offsets[order[to] + 1] - offsets[order[to]] === size; to++) {
        const s = order[to];
        parents[s] = this.#find(rows, offsets[s], offsets[s + 1] - 1) - above;
      }
      const level = sortedBy(order.subarray(from, to), parents, end - above);
      for (let parent = above, at = 0; parent < end; parent++) {
        childStarts[parent] = node;
        for (; at < level.length && parents[level[at]] === parent - above; at++) {
          const s = level[at];
          ranks[node] = rows[offsets[s + 1] - 1];
          if (node > childStarts[parent] && ranks[node - 1] === ranks[node]) throw repeated();
          nodeOf[s] = node++;
        }
      }
      childStarts[end] = node;
      above = end;
      from = to;
    }
  }

  /** Looks for the subsets that are no prefixes: those have been found before. */
  #checkSubsets(offsets: Int32Array, rows: Int32Array): void {
    const subset = new Int32Array(this.depth);
    for (let s = 0; s + 1 < offsets.length; s++) {
      const length = offsets[s + 1] - offsets[s] - 1;
      for (let left = offsets[s]; left < offsets[s] + length; left++) {
        copyWithout(rows, offsets[s], left, subset, length);
        this.#find(subset, 0, length);
      }
    }
  }

  /** The node of the ranks `row[from … to - 1]`, ascending. */
  #find(row: Int32Array, from: number, to: number): number {
    let node = 0;
    for (let at = from; at < to; at++) {
      node = this.child(node, row[at]);
      if (node < 0) throw missingSubset();
    }
    return node;
  }
}

/** Ranks the items that are itemsets by themselves, by support, then by id. */
function ranksOfItems({ offsets, items, supports }: Itemsets): Int32Array {
  const singles: number[] = [];
  let largest = -1;
  for (let s = 0; s < supports.length; s++) {
    if (offsets[s + 1] === offsets[s]) throw new PairwellError('bad-input', 'The empty set is no itemset.');
    if (offsets[s + 1] - offsets[s] === 1) singles.push(s);
    largest = Math.max(largest, items[offsets[s + 1] - 1]);
  }
  const itemOf = (s: number): number => items[offsets[s]];
  singles.sort((a, b) => supports[a] - supports[b] || itemOf(a) - itemOf(b));
  const rankOf = new Int32Array(largest + 1).fill(-1);
  singles.forEach((s, rank) => {
    if (rankOf[itemOf(s)] >= 0) throw repeated();
    rankOf[itemOf(s)] = rank;
  });
  return rankOf;
}

/** The itemsets in ranks instead of ids, those of each set ascending. */
function rankRows({ offsets, items }: Itemsets, rankOf: Int32Array): Int32Array {
  const rows = new Int32Array(items.length);
  for (let s = 0; s + 1 < offsets.length; s++) {
    for (let at = offsets[s]; at < offsets[s + 1]; at++) {
      const rank = rankOf[items[at]];
      if (rank < 0) throw missingSubset();
      let hole = at;
      for (; hole > offsets[s] && rows[hole - 1] > rank; hole--) rows[hole] = rows[hole - 1];
      rows[hole] = rank;
    }
  }
  return rows;
}

/** The numbers of all sets by size, and by the last rank among those of one size. */
function bySizeAndLast(offsets: Int32Array, rows: Int32Array): Int32Array {
  const sizes = new Int32Array(offsets.length - 1);
  const last = sizes.map((_, s) => rows[offsets[s + 1] - 1]);
  for (let s = 0; s < sizes.length; s++) sizes[s] = offsets[s + 1] - offsets[s];
  const any = sizes.map((_, s) => s);
  return sortedBy(sortedBy(any, last, any.length), sizes, largestGroup(offsets) + 1);
}

/** Sorts by `keys[s]`, each in 0 … `keyCount - 1`; equal ones stay in their order. */
function sortedBy(order: Int32Array, keys: Int32Array, keyCount: number): Int32Array {
  const sizes = new Int32Array(keyCount);
  for (let i = 0; i < order.length; i++) sizes[keys[order[i]]]++;
  const next = offsetsOf(sizes);
  const sorted = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) sorted[next[keys[order[i]]]++] = order[i];
  return sorted;
}

function missingSubset(): PairwellError {
  return new PairwellError(
    'bad-input',
    'A subset of an itemset is missing: give all frequent itemsets, not only closed or maximal ones.',
  );
}

function repeated(): PairwellError {
  return new PairwellError('bad-input', 'An itemset is there twice.');
}
