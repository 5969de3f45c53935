import { largestGroup } from '../baskets/offsets.ts';
import { type RuleColumns, ruleCount } from './rule-columns.ts';

/**
 * By rule: the highest value of the more general rules of the set, which have the same consequent and a proper subset of
 * the antecedent; −∞ when there is none.
 *
 * Where a set lacks no rule, each looks at those with one item less only; where it has gaps, a search goes through the
 * antecedents that are there. Memory is some 40 bytes for each rule and each item of an antecedent.
 *
 * @param values by rule; −∞ for none
 */
export function bestInRules(rules: RuleColumns, values: Float64Array): Float64Array {
  const { antecedentOffsets } = rules;
  const longest = largestGroup(antecedentOffsets);
  const trie = new RuleTrie(rules, values, longest);
  const best = new Float64Array(values.length);
  for (let size = 0; size <= longest; size++) {
    for (let r = 0; r < best.length; r++) {
      if (antecedentOffsets[r + 1] - antecedentOffsets[r] !== size) continue;
      best[r] = trie.bestMoreGeneral(r, values[r]);
    }
  }
  return best;
}

/**
 * Rules as a prefix trie, the consequent before the items of the antecedent. Its edges are a hash table with open addressing,
 * so that rules need not be sorted. Node 0 is the root, and as no edge leads there 0 also stands for "no node".
 */
class RuleTrie {
  readonly #rules: RuleColumns;
  /** The nodes that edges lead to; 0 marks an empty slot. At most half of the slots are taken. */
  readonly #slots: Int32Array;
  /** By node: the node before it and the item between them. */
  readonly #parents: Int32Array;
  readonly #items: Int32Array;
  /** By node: the highest value of the rules at it and behind it. */
  readonly #highest: Float64Array;
  /** By node: the highest value of its rule and all more general ones; NaN without a rule or until that is known. */
  readonly #best: Float64Array;
  #nodeCount = 1;

  // What is searched for: the place of the antecedent among the items, its nodes from that of the consequent on, whether
  // more general rules must hold each of its items, the place of the last such item, and the highest value so far.
  readonly #path: Int32Array;
  #from = 0;
  #to = 0;
  readonly #isRequired: Uint8Array;
  #lastRequired = 0;
  #found = 0;

  constructor(rules: RuleColumns, values: Float64Array, longest: number) {
    const { antecedentOffsets, antecedentItems, consequent } = rules;
    const mostNodes = 1 + ruleCount(rules) + antecedentItems.length;
    this.#rules = rules;
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * mostNodes)));
    this.#parents = new Int32Array(mostNodes);
    this.#items = new Int32Array(mostNodes);
    this.#highest = new Float64Array(mostNodes).fill(Number.NEGATIVE_INFINITY);
    this.#best = new Float64Array(mostNodes).fill(Number.NaN);
    this.#path = new Int32Array(longest + 1);
    this.#isRequired = new Uint8Array(longest);
    for (let r = 0; r < values.length; r++) {
      let node = this.#grown(0, consequent[r], values[r]);
      for (let at = antecedentOffsets[r]; at < antecedentOffsets[r + 1]; at++) {
        node = this.#grown(node, antecedentItems[at], values[r]);
      }
    }
  }

  /** To be called for all rules, by ascending size of their antecedents. */
  bestMoreGeneral(rule: number, value: number): number {
    const { antecedentOffsets, antecedentItems, consequent } = this.#rules;
    const from = antecedentOffsets[rule];
    const to = antecedentOffsets[rule + 1];
    const path = this.#path;
    path[0] = this.#child(0, consequent[rule]);
    for (let at = from; at < to; at++)
      path[at - from + 1] = this.#child(path[at - from], antecedentItems[at]);
    this.#from = from;
    this.#to = to;
    this.#lastRequired = from - 1;
    this.#found = Number.NEGATIVE_INFINITY;
    let isComplete = true;
    for (let left = from; left < to; left++) {
      const best = this.#best[this.#nodeWithout(left)];
      // What the rule without this item knows holds for all rules without it: those left to be found have the item.
      const isKnown = !Number.isNaN(best);
      this.#isRequired[left - from] = isKnown ? 1 : 0;
      if (isKnown) this.#lastRequired = left;
      else isComplete = false;
      if (best > this.#found) this.#found = best;
    }
    if (!isComplete) this.#search(path[0], from, 0);
    this.#best[path[to - from]] = Math.max(value, this.#found);
    return this.#found;
  }

  /** The node of the antecedent without its item at `left`, 0 when there is none. */
  #nodeWithout(left: number): number {
    const { antecedentItems } = this.#rules;
    let node = this.#path[left - this.#from];
    for (let at = left + 1; at < this.#to && node > 0; at++) node = this.#child(node, antecedentItems[at]);
    return node;
  }

  /** Goes through the subsets with all required items behind `node`, which took `taken` of the items before place `next`. */
  #search(node: number, next: number, taken: number): void {
    const { antecedentItems } = this.#rules;
    const from = this.#from;
    const to = this.#to;
    if (next > this.#lastRequired && taken < to - from && this.#best[node] > this.#found) {
      this.#found = this.#best[node];
    }
    for (let at = next; at < to; at++) {
      const child = this.#child(node, antecedentItems[at]);
      if (child > 0 && this.#highest[child] > this.#found) this.#search(child, at + 1, taken + 1);
      if (this.#isRequired[at - from] === 1) return;
    }
  }

  /** The node behind `parent` by way of `item`, 0 when there is none. */
  #child(parent: number, item: number): number {
    const slots = this.#slots;
    let slot = hashOf(parent, item) & (slots.length - 1);
    for (; slots[slot] !== 0; slot = (slot + 1) & (slots.length - 1)) {
      const node = slots[slot];
      if (this.#parents[node] === parent && this.#items[node] === item) return node;
    }
    return 0;
  }

  /** The same, with a new node when there is none, and with this value behind it. */
  #grown(parent: number, item: number, value: number): number {
    const slots = this.#slots;
    let slot = hashOf(parent, item) & (slots.length - 1);
    for (; slots[slot] !== 0; slot = (slot + 1) & (slots.length - 1)) {
      const node = slots[slot];
      if (this.#parents[node] !== parent || this.#items[node] !== item) continue;
      if (value > this.#highest[node]) this.#highest[node] = value;
      return node;
    }
    const node = this.#nodeCount++;
    slots[slot] = node;
    this.#parents[node] = parent;
    this.#items[node] = item;
    this.#highest[node] = value;
    return node;
  }
}

function hashOf(parent: number, item: number): number {
  const hash = Math.imul(Math.imul(parent, 0x9e3779b1) ^ item, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}
