import { withRoom } from '../../baskets/int-column.ts';
import { type RuleColumns, ruleCount } from '../rule-columns.ts';
import { confidence } from './support-confidence-lift.ts';

/**
 * Finds the best of the more general rules of a rule among others: the consequent and the antecedents as a trie, its edges
 * in one hash table. A search goes only where there is a subset, and not where the best that it could find is known to be
 * no better; of an antecedent of twenty items not every subset is looked up.
 *
 * Node 0 is the root; node `v` adds `#items[v]`, the consequent first, to what its parent `#parents[v]` stands for.
 */
export class SubRules {
  #parents: Int32Array = new Int32Array(1024);
  #items: Int32Array = new Int32Array(1024);
  /** The confidence of the rule that ends in a node, 0 where none does, and the highest at or below the node. */
  #own = new Float64Array(1024);
  #highest = new Float64Array(1024);
  #nodeCount = 1;
  /** Nodes; 0 marks an empty slot. At most half of the slots are taken. */
  #slots = new Int32Array(2048);
  /** What is searched, and the best so far. */
  #row: Int32Array = new Int32Array(0);
  #best = 0;

  constructor(rules: RuleColumns) {
    const { antecedentOffsets, antecedentItems, consequent, supportCount, antecedentCount } = rules;
    for (let rule = 0; rule < ruleCount(rules); rule++) {
      const own = confidence(supportCount[rule], antecedentCount[rule]);
      let node = this.#added(0, consequent[rule], own);
      for (let at = antecedentOffsets[rule]; at < antecedentOffsets[rule + 1]; at++) {
        node = this.#added(node, antecedentItems[at], own);
      }
      if (own > this.#own[node]) this.#own[node] = own;
    }
  }

  /**
   * The highest confidence of a rule with the consequent of this one and some, but not all, of its antecedent; 0 when there
   * is none.
   */
  bestConfidence({ antecedentOffsets, antecedentItems, consequent }: RuleColumns, rule: number): number {
    this.#row = antecedentItems.subarray(antecedentOffsets[rule], antecedentOffsets[rule + 1]);
    this.#best = 0;
    const start = this.#find(0, consequent[rule]);
    if (start > 0) this.#search(start, 0, 0);
    return this.#best;
  }

  /** Goes on from a node that holds `size` items of the row, the last of them before entry `from`. */
  #search(node: number, size: number, from: number): void {
    const row = this.#row;
    for (let at = from; at < row.length; at++) {
      const child = this.#find(node, row[at]);
      if (child === 0 || this.#highest[child] <= this.#best) continue;
      // The whole row is the rule itself.
      if (size + 1 < row.length && this.#own[child] > this.#best) this.#best = this.#own[child];
      this.#search(child, size + 1, at + 1);
    }
  }

  /** The child of a node, 0 when there is none. */
  #find(parent: number, item: number): number {
    const slots = this.#slots;
    const parents = this.#parents;
    const items = this.#items;
    let slot = hashOf(parent, item) & (slots.length - 1);
    for (; slots[slot] !== 0; slot = (slot + 1) & (slots.length - 1)) {
      const node = slots[slot];
      if (parents[node] === parent && items[node] === item) return node;
    }
    return 0;
  }

  /** The child of a node, made if there is none, that has a rule of confidence `own` at or below it. */
  #added(parent: number, item: number, own: number): number {
    let node = this.#find(parent, item);
    if (node === 0) {
      node = this.#nodeCount++;
      this.#makeRoom();
      this.#parents[node] = parent;
      this.#items[node] = item;
      this.#place(node);
    }
    if (own > this.#highest[node]) this.#highest[node] = own;
    return node;
  }

  #place(node: number): void {
    const slots = this.#slots;
    let slot = hashOf(this.#parents[node], this.#items[node]) & (slots.length - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = node;
  }

  #makeRoom(): void {
    const known = this.#parents.length;
    if (this.#nodeCount <= known) return;
    this.#parents = withRoom(this.#parents, this.#nodeCount);
    this.#items = withRoom(this.#items, this.#nodeCount);
    const [own, highest] = [this.#own, this.#highest];
    this.#own = new Float64Array(this.#parents.length);
    this.#own.set(own);
    this.#highest = new Float64Array(this.#parents.length);
    this.#highest.set(highest);
    this.#slots = new Int32Array(2 * this.#slots.length);
    for (let node = 1; node < known; node++) this.#place(node);
  }
}

function hashOf(parent: number, item: number): number {
  let hash = Math.imul(parent, 0x9e3779b1) ^ item;
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
