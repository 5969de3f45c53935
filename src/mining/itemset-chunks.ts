import { trimmed } from '../baskets/int-column.ts';
import { type Itemsets, itemsetCount } from './itemsets.ts';

/** The room of a chunk: sets, and items of them. The first one is small, as most searches find little. */
const firstSets = 1 << 10;
const chunkSets = 1 << 16;
const itemsPerSet = 4;

/** A chunk that is being filled. */
interface Chunk {
  offsets: Int32Array;
  items: Int32Array;
  supports: Int32Array;
}

/** Collects itemsets in chunks: what is there is never copied to make room for more. */
export class ItemsetChunks {
  readonly #full: Itemsets[] = [];
  #fullSets = 0;
  #fullBytes = 0;
  #chunk = emptyChunk(firstSets, firstSets * itemsPerSet);
  #sets = 0;

  /** How many itemsets were added. */
  get count(): number {
    return this.#fullSets + this.#sets;
  }

  /** The memory that they take, room to grow included. */
  get byteLength(): number {
    return this.#fullBytes + bytesOf(this.#chunk);
  }

  /** Adds the set of `size` entries of `column` from `from` on: distinct ids in any order. */
  add(column: Int32Array, from: number, size: number, support: number): void {
    const { offsets, items, supports } = this.#withRoom(1, size);
    const set = this.#sets;
    const end = offsets[set];
    for (let i = 0; i < size; i++) {
      const item = column[from + i];
      let hole = end + i;
      for (; hole > end && items[hole - 1] > item; hole--) items[hole] = items[hole - 1];
      items[hole] = item;
    }
    supports[set] = support;
    offsets[set + 1] = end + size;
    this.#sets = set + 1;
  }

  /**
   * Adds a set for each entry of `supports`.
   *
   * @param items of all of them, those of each ascending
   * @param ends where in `items` those of each set end
   */
  addMany(items: Int32Array, ends: Int32Array, supports: Int32Array): void {
    const count = supports.length;
    const chunk = this.#withRoom(count, items.length);
    const set = this.#sets;
    const start = chunk.offsets[set];
    chunk.items.set(items, start);
    chunk.supports.set(supports, set);
    for (let n = 0; n < count; n++) chunk.offsets[set + 1 + n] = start + ends[n];
    this.#sets = set + count;
  }

  /** All of them, in the order they came; each chunk's offsets begin at 0. */
  chunks(): Itemsets[] {
    const { offsets, items, supports } = this.#chunk;
    if (this.#sets === 0) return this.#full.slice();
    const last = {
      offsets: trimmed(offsets, this.#sets + 1),
      items: trimmed(items, offsets[this.#sets]),
      supports: trimmed(supports, this.#sets),
    };
    return [...this.#full, last];
  }

  /** The chunk, or another one, with room for so many more sets of so many items altogether. */
  #withRoom(sets: number, length: number): Chunk {
    const { offsets, items, supports } = this.#chunk;
    const end = offsets[this.#sets];
    if (this.#sets + sets <= supports.length && end + length <= items.length) return this.#chunk;
    if (this.#sets > 0) {
      this.#fullSets += this.#sets;
      this.#fullBytes += bytesOf(this.#chunk);
      this.#full.push({
        offsets: offsets.subarray(0, this.#sets + 1),
        items: items.subarray(0, end),
        supports: supports.subarray(0, this.#sets),
      });
    }
    this.#chunk = emptyChunk(Math.max(sets, chunkSets), Math.max(length, chunkSets * itemsPerSet));
    this.#sets = 0;
    return this.#chunk;
  }
}

function emptyChunk(sets: number, items: number): Chunk {
  return { offsets: new Int32Array(sets + 1), items: new Int32Array(items), supports: new Int32Array(sets) };
}

const bytesOf = ({ offsets, items, supports }: Chunk): number =>
  offsets.byteLength + items.byteLength + supports.byteLength;

/** Some of the itemsets of a chunk: those from number `from` to `to`, excluding `to`. */
export interface ItemsetRange {
  readonly itemsets: Itemsets;
  readonly from: number;
  readonly to: number;
}

/** The itemsets of all ranges, one after the other. */
export function joined(ranges: readonly ItemsetRange[]): Itemsets {
  let count = 0;
  let length = 0;
  for (const { itemsets, from, to } of ranges) {
    count += to - from;
    length += itemsets.offsets[to] - itemsets.offsets[from];
  }
  const offsets = new Int32Array(count + 1);
  const items = new Int32Array(length);
  const supports = new Int32Array(count);
  let at = 0;
  for (const { itemsets, from, to } of ranges) {
    const start = offsets[at];
    items.set(itemsets.items.subarray(itemsets.offsets[from], itemsets.offsets[to]), start);
    supports.set(itemsets.supports.subarray(from, to), at);
    const shift = start - itemsets.offsets[from];
    for (let s = from; s < to; s++) offsets[++at] = itemsets.offsets[s + 1] + shift;
  }
  return { offsets, items, supports };
}

/** All itemsets of some chunks, in one; a single chunk is not copied. */
export function inOne(chunks: readonly Itemsets[]): Itemsets {
  if (chunks.length === 1) return chunks[0];
  return joined(chunks.map((itemsets) => ({ itemsets, from: 0, to: itemsetCount(itemsets) })));
}
