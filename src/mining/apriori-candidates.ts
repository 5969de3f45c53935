import { TrieLevel } from './trie-level.ts';

/** After so many nodes the caller hears how far it is. */
const stride = 256;

/**
 * The itemsets one item longer than the last level's whose subsets are all frequent (apriori-gen: Agrawal and
 * Srikant, VLDB 1994, section 2.1.1), with supports of 0.
 *
 * @param levels the frequent itemsets of size 1, 2, …, `levels.length` ≥ 2
 * @param onNode called now and then with how many candidates there are; what it throws ends the work
 */
export function candidatesFrom(
  levels: readonly TrieLevel[],
  onNode: (candidates: number) => void,
): TrieLevel {
  const size = levels.length;
  const last = levels[size - 1];
  const candidates = new TrieLevel(last.size);
  const { ranks, parents, childStarts } = last;
  const prefix = new Int32Array(size - 1);
  // By item of the prefix: the node of the prefix without it, and where the subset's extensions are looked at.
  const shorter = new Int32Array(size - 1);
  const cursors = new Int32Array(size - 1);
  const ends = new Int32Array(size - 1);

  for (let node = 0; node < last.size; node++) {
    if (node % stride === 0) onNode(candidates.size);
    const parent = parents[node];
    const siblingsEnd = childStarts[parent + 1];
    if (node + 1 === siblingsEnd) continue;
    if (node === childStarts[parent]) {
      readPath(levels, size - 2, parent, prefix);
      for (let i = 0; i < shorter.length; i++) shorter[i] = nodeWithout(levels, prefix, i);
    }
    for (let i = 0; i < shorter.length; i++) {
      const subset = levels[size - 2].find(shorter[i], ranks[node]);
      cursors[i] = childStarts[subset];
      ends[i] = childStarts[subset + 1];
    }
    for (let sibling = node + 1; sibling < siblingsEnd; sibling++) {
      if (everySubsetHas(ranks[sibling], ranks, cursors, ends)) candidates.add(node, ranks[sibling], 0);
    }
  }
  candidates.finish();
  return candidates;
}

/** Writes the ranks on the way from the root to `node` of `levels[depth]` into `path`. */
export function readPath(levels: readonly TrieLevel[], depth: number, node: number, path: Int32Array): void {
  for (let d = depth, n = node; d >= 0; d--) {
    path[d] = levels[d].ranks[n];
    n = levels[d].parents[n];
  }
}

/** The node of `prefix` without its entry `left`; 0, the root, when nothing remains. */
function nodeWithout(levels: readonly TrieLevel[], prefix: Int32Array, left: number): number {
  let node = 0;
  for (let i = 0, depth = 0; i < prefix.length; i++) {
    if (i !== left) node = levels[depth++].find(node, prefix[i]);
  }
  return node;
}

/** Whether each subset has an extension by `rank`; ranks must be asked for in ascending order. */
function everySubsetHas(rank: number, ranks: Int32Array, cursors: Int32Array, ends: Int32Array): boolean {
  for (let i = 0; i < cursors.length; i++) {
    let at = cursors[i];
    while (at < ends[i] && ranks[at] < rank) at++;
    cursors[i] = at;
    if (at === ends[i] || ranks[at] !== rank) return false;
  }
  return true;
}
