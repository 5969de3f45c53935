import { ItemsetChunks, inOne } from './itemset-chunks.ts';
import type { Itemsets } from './itemsets.ts';

/** Where a search puts the itemsets that it finds. */
export interface Sink {
  /**
   * Takes the itemset of the first `size` entries of `set`, and its union with each subset of the first `perfectCount`
   * entries of `perfect`: items that every transaction of the set holds, so that all these sets have one support.
   * Entries are item ids, in any order, all distinct. The empty set, where it is among them, does not count.
   */
  take(set: Int32Array, size: number, perfect: Int32Array, perfectCount: number, support: number): void;

  /**
   * Takes one itemset for each entry of `supports`.
   *
   * @param items the item ids of all of them, those of each ascending
   * @param ends where in `items` those of each set end
   */
  takeMany(items: Int32Array, ends: Int32Array, supports: Int32Array): void;
}

/** The sizes of itemsets that are wanted, both included. */
export interface Lengths {
  readonly minLength: number;
  readonly maxLength: number;
}

/** What is listed. */
export interface Listed extends Lengths {
  /**
   * Only so many sets are wanted, the smaller ones first where supports are equal: of those that differ in their perfect
   * extensions alone the larger are left out where so many smaller ones are there.
   */
  readonly top?: number | undefined;
}

/** What is told while itemsets are listed; what is thrown then ends the search. */
export interface ListingHooks {
  /** Called with the support of each itemset once it is collected. */
  readonly onEach?: ((support: number) => void) | undefined;
  /** Called after at most a thousand itemsets, or some ten thousand where many are taken at once. */
  readonly onMany?: (() => void) | undefined;
}

/** After so many itemsets something is told. */
const stride = 1024;

/** Collects the itemsets themselves. */
export class ListingSink implements Sink {
  readonly #wanted: Listed;
  readonly #hooks: ListingHooks;
  readonly #found = new ItemsetChunks();
  #told = 0;
  #set = new Int32Array(64);

  constructor(wanted: Listed, hooks: ListingHooks = {}) {
    this.#wanted = wanted;
    this.#hooks = hooks;
  }

  /** How many itemsets were collected. */
  get count(): number {
    return this.#found.count;
  }

  get byteLength(): number {
    return this.#found.byteLength;
  }

  take(set: Int32Array, size: number, perfect: Int32Array, perfectCount: number, support: number): void {
    if (this.#set.length < size + perfectCount) this.#set = new Int32Array(2 * (size + perfectCount));
    for (let i = 0; i < size; i++) this.#set[i] = set[i];
    const { maxLength, top } = this.#wanted;
    const longest =
      top === undefined ? maxLength : Math.min(maxLength, this.#longest(size, perfectCount, top));
    this.#list(size, perfect, perfectCount, support, longest);
  }

  takeMany(items: Int32Array, ends: Int32Array, supports: Int32Array): void {
    if (this.#areWanted(ends)) this.#found.addMany(items, ends, supports);
    else {
      for (let set = 0, start = 0; set < ends.length; start = ends[set++])
        if (this.#isWanted(ends[set] - start))
          this.#found.add(items, start, ends[set] - start, supports[set]);
    }
    const { onEach } = this.#hooks;
    if (onEach)
      for (let set = 0, start = 0; set < ends.length; start = ends[set++])
        if (this.#isWanted(ends[set] - start)) onEach(supports[set]);
    this.#tell();
  }

  /** The itemsets in the order they came. */
  chunks(): Itemsets[] {
    return this.#found.chunks();
  }

  /** The same in one. */
  build(): Itemsets {
    return inOne(this.#found.chunks());
  }

  #isWanted(size: number): boolean {
    return size >= this.#wanted.minLength && size <= this.#wanted.maxLength;
  }

  #areWanted(ends: Int32Array): boolean {
    for (let set = 0, start = 0; set < ends.length; start = ends[set++])
      if (!this.#isWanted(ends[set] - start)) return false;
    return true;
  }

  #tell(): void {
    if (this.count - this.#told < stride) return;
    this.#told = this.count;
    this.#hooks.onMany?.();
  }

  /** Lists the set in hand, alone and with every subset of the first `perfectCount` items. */
  #list(size: number, perfect: Int32Array, perfectCount: number, support: number, maxLength: number): void {
    const { minLength } = this.#wanted;
    if (size > maxLength || size + perfectCount < minLength) return;
    if (size >= minLength && size > 0) {
      this.#found.add(this.#set, 0, size, support);
      this.#hooks.onEach?.(support);
      this.#tell();
    }
    if (size === maxLength) return;
    for (let i = 0; i < perfectCount; i++) {
      this.#set[size] = perfect[i];
      // Only earlier ones follow, so that each subset comes once.
      this.#list(size + 1, perfect, i, support, maxLength);
    }
  }

  /** The size up to which there are `top` sets, of `size` items and any of the perfect extensions. */
  #longest(size: number, perfectCount: number, top: number): number {
    let sets = 1;
    let within = 0;
    for (let more = 0; more < perfectCount; more++) {
      if (size + more >= Math.max(1, this.#wanted.minLength)) within += sets;
      if (within >= top) return size + more;
      sets *= (perfectCount - more) / (more + 1);
    }
    return size + perfectCount;
  }
}

/** Counts itemsets by size without listing them: perfect extensions are multiplied out at the end, in integers without bound. */
export class CountingSink implements Sink {
  readonly #lengths: Lengths;
  /** By size and number of perfect extensions: how often they came. */
  readonly #taken = new Map<number, Map<number, number>>();

  constructor(lengths: Lengths) {
    this.#lengths = lengths;
  }

  take(_set: Int32Array, size: number, _perfect: Int32Array, perfectCount: number, _support: number): void {
    this.add(size, perfectCount, 1);
  }

  takeMany(_items: Int32Array, ends: Int32Array, _supports: Int32Array): void {
    for (let set = 0, start = 0; set < ends.length; start = ends[set++]) this.add(ends[set] - start, 0, 1);
  }

  /** Takes `times` itemsets of `size` items with `perfectCount` perfect extensions each. */
  add(size: number, perfectCount: number, times: number): void {
    const row = this.#taken.get(size) ?? new Map<number, number>();
    this.#taken.set(size, row);
    row.set(perfectCount, (row.get(perfectCount) ?? 0) + times);
  }

  /** How many itemsets there are of each size; entry 0 counts the sets of one item. */
  bySize(): bigint[] {
    const { minLength, maxLength } = this.#lengths;
    const counts: bigint[] = [];
    for (const [size, row] of this.#taken) {
      for (const [perfectCount, times] of row) {
        let subsets = 1n;
        for (let more = 0; more <= perfectCount && size + more <= maxLength; more++) {
          const length = size + more;
          if (length >= minLength && length > 0) {
            while (counts.length < length) counts.push(0n);
            counts[length - 1] += subsets * BigInt(times);
          }
          subsets = (subsets * BigInt(perfectCount - more)) / BigInt(more + 1);
        }
      }
    }
    return counts;
  }
}
