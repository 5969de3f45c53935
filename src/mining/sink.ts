import type { Itemsets } from './itemsets.ts';
import { ItemsetsBuilder } from './itemsets-builder.ts';

/** Where a search puts the itemsets that it finds. */
export interface Sink {
  /**
   * Takes the itemset of the first `size` entries of `set`, and its union with each subset of the first `perfectCount`
   * entries of `perfect`: items that every transaction of the set holds, so that all these sets have one support.
   * Entries are item ids, in any order, all distinct. The empty set, where it is among them, does not count.
   */
  take(set: Int32Array, size: number, perfect: Int32Array, perfectCount: number, support: number): void;
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

/** Collects the itemsets themselves. */
export class ListingSink implements Sink {
  readonly #wanted: Listed;
  readonly #found: ItemsetsBuilder;
  readonly #onTaken: ((support: number) => void) | undefined;
  #set = new Int32Array(64);

  /**
   * @param maxItemsets one more is an error of the code `limit-exceeded`
   * @param onTaken called with the support of each itemset once it is collected; what it throws ends the search
   */
  constructor(
    wanted: Listed,
    limits: { minSupport: number; maxItemsets: number },
    onTaken?: (support: number) => void,
  ) {
    this.#wanted = wanted;
    this.#found = new ItemsetsBuilder(limits);
    this.#onTaken = onTaken;
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

  build(): Itemsets {
    return this.#found.build();
  }

  /** Lists the set in hand, alone and with every subset of the first `perfectCount` items. */
  #list(size: number, perfect: Int32Array, perfectCount: number, support: number, maxLength: number): void {
    const { minLength } = this.#wanted;
    if (size > maxLength || size + perfectCount < minLength) return;
    if (size >= minLength && size > 0) {
      this.#found.add(this.#set, size, support);
      this.#onTaken?.(support);
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
