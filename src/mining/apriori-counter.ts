import type { TrieLevel } from './trie-level.ts';

/** Counts the transactions that hold the candidates of a trie's last level. */
export class SupportCounter {
  readonly #ranks: Int32Array[];
  readonly #childStarts: Int32Array[];
  /** By level and node: whether candidates descend from it. */
  readonly #leads: Uint8Array[];
  readonly #supports: Int32Array;
  readonly #lastDepth: number;
  #row: Int32Array = new Int32Array(0);
  #rowEnd = 0;

  /** @param levels the trie, candidates last; their supports are counted up in place */
  constructor(levels: readonly TrieLevel[]) {
    this.#ranks = levels.map((level) => level.ranks);
    this.#childStarts = levels.map((level) => level.childStarts);
    this.#leads = leadsOf(levels);
    this.#lastDepth = levels.length - 1;
    this.#supports = levels[this.#lastDepth].supports;
  }

  /** Counts the transaction whose ranks are `rows[from … to - 1]`, ascending. */
  count(rows: Int32Array, from: number, to: number): void {
    this.#row = rows;
    this.#rowEnd = to;
    const leads = this.#leads[0];
    for (let at = from; at < to - this.#lastDepth; at++) {
      // On the first level the node of a rank is the rank itself.
      if (leads[rows[at]]) this.#descend(1, rows[at], at + 1);
    }
  }

  /** Matches the children of a node with the rest of the transaction, both ascending. */
  #descend(depth: number, parent: number, from: number): void {
    const row = this.#row;
    const ranks = this.#ranks[depth];
    const leads = this.#leads[depth];
    const isLast = depth === this.#lastDepth;
    const stop = this.#rowEnd - (this.#lastDepth - depth);
    const end = this.#childStarts[depth][parent + 1];
    let node = this.#childStarts[depth][parent];
    let at = from;
    while (node < end && at < stop) {
      const difference = ranks[node] - row[at];
      if (difference === 0) {
        if (isLast) this.#supports[node]++;
        else if (leads[node]) this.#descend(depth + 1, node, at + 1);
      }
      if (difference <= 0) node++;
      if (difference >= 0) at++;
    }
  }
}

function leadsOf(levels: readonly TrieLevel[]): Uint8Array[] {
  const leads = levels.map((level) => new Uint8Array(level.size));
  leads[levels.length - 1].fill(1);
  for (let depth = levels.length - 1; depth > 0; depth--) {
    const { size, parents } = levels[depth];
    for (let node = 0; node < size; node++) {
      if (leads[depth][node]) leads[depth - 1][parents[node]] = 1;
    }
  }
  return leads;
}
