import { type Itemsets, itemsetCount } from './itemsets.ts';

/** Finds an itemset among mined ones by its items: a hash table with open addressing over their flat columns. */
export class ItemsetIndex {
  readonly #itemsets: Itemsets;
  /** Numbers of itemsets plus one; 0 marks an empty slot. A quarter to a half of the slots are taken. */
  readonly #slots: Int32Array;

  /** @param longest of how many items the sets to be found are at most; without it any */
  constructor(itemsets: Itemsets, longest = Number.POSITIVE_INFINITY) {
    this.#itemsets = itemsets;
    const { offsets, items } = itemsets;
    const count = itemsetCount(itemsets);
    let wanted = 0;
    for (let s = 0; s < count; s++) if (offsets[s + 1] - offsets[s] <= longest) wanted++;
    const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * wanted + 1)));
    for (let s = 0; s < count; s++) {
      if (offsets[s + 1] - offsets[s] > longest) continue;
      let slot = hashOf(items, offsets[s], offsets[s + 1]) & (slots.length - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = s + 1;
    }
    this.#slots = slots;
  }

  /**
   * The number of the set of the first `length` entries of `items`, ascending by id; -1 when that set is not among
   * the itemsets.
   */
  indexOf(items: Int32Array, length: number): number {
    const slots = this.#slots;
    let slot = hashOf(items, 0, length) & (slots.length - 1);
    for (; slots[slot] !== 0; slot = (slot + 1) & (slots.length - 1)) {
      if (this.#isSet(slots[slot] - 1, items, length)) return slots[slot] - 1;
    }
    return -1;
  }

  #isSet(s: number, set: Int32Array, length: number): boolean {
    const { offsets, items } = this.#itemsets;
    const from = offsets[s];
    if (offsets[s + 1] - from !== length) return false;
    for (let i = 0; i < length; i++) if (items[from + i] !== set[i]) return false;
    return true;
  }
}

/** Multiplies by the golden ratio's bits and folds the high ones down, item by item. */
function hashOf(items: Int32Array, from: number, to: number): number {
  let hash = to - from;
  for (let at = from; at < to; at++) {
    hash = Math.imul(hash ^ items[at], 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}

/** Copies the `length + 1` items that begin at `from`, without the one at `left`: a subset to look up. */
export function copyWithout(
  items: Int32Array,
  from: number,
  left: number,
  copy: Int32Array,
  length: number,
): void {
  for (let i = 0; i < length; i++) copy[i] = items[from + i < left ? from + i : from + i + 1];
}
