import { allocate, allocateZeros, get, release, set } from "./memory";
import { minSupport } from "./settings";

/** Up to eight counts are looked at together, so there is room for a multiple of it wherever items are counted. */
const lanes: i32 = 8;

/** The size of a column of counts that ends where the next one begins. */
@inline
export function padded(count: i32): i32 {
  return (count + lanes - 1) & ~(lanes - 1);
}

/** A column of zeros to count so many items in. */
export function newCounts(items: i32): usize {
  return allocateZeros(<usize>padded(items) << 2);
}

/** A bit for each of so many items, all zero. */
export function newMarks(items: i32): usize {
  return allocateZeros(<usize>((items + 31) >>> 5) << 2);
}

/** Whether so few rows are counted that the items in them should be marked, as looking at all items takes longer. */
@inline
export function areSparse(items: i32, rows: i32): bool {
  return items >>> 4 > rows;
}

/** Items that were counted often enough, each with its count. */
@unmanaged
export class Tally {
  /** Pairs of an item and its count. */
  pairs: usize = 0;
  length: i32 = 0;

  @inline
  item(n: i32): i32 {
    return load<i32>(this.pairs + (<usize>n << 3));
  }

  @inline
  count(n: i32): i32 {
    return load<i32>(this.pairs + (<usize>n << 3), 4);
  }

  @inline
  add(item: i32, count: i32): void {
    const length = this.length;
    const pair = this.pairs + (<usize>length << 3);
    store<i32>(pair, item);
    store<i32>(pair, count, 4);
    this.length = length + 1;
  }

  /** Adds the `from`th to the `to`th of another one. */
  @inline
  append(other: Tally, from: i32, to: i32): void {
    for (let n = from; n < to; n++) this.add(other.item(n), other.count(n));
  }

  /**
   * Adds what was counted often enough of the items `first` … `first + items − 1`, ascending; all their counts are zero then.
   *
   * @typeParam T of the counts: i32, or i16 if none can be larger
   */
  takeFrequent<T>(counts: usize, items: i32, first: i32): void {
    const below = v128.splat<T>(<T>(minSupport - 1));
    const zero = i32x4.splat(0);
    for (let base = 0; base < items; base += 16 / sizeof<T>()) {
      const cell = counts + <usize>base * sizeof<T>();
      const values = v128.load(cell);
      for (let hits = v128.bitmask<T>(v128.gt<T>(values, below)); hits !== 0; hits &= hits - 1) {
        const at = base + ctz(hits);
        this.add(first + at, <i32>load<T>(counts + <usize>at * sizeof<T>()));
      }
      v128.store(cell, zero);
    }
  }

  /** The same, where few items were counted of the many below `end`: those whose bit is set in `seen`, which is cleared. */
  takeFrequentOf(counts: usize, seen: usize, end: i32): void {
    for (let w = 0, words = (end + 31) >>> 5; w < words; w++) {
      let word = get(seen, w);
      if (word === 0) continue;
      set(seen, w, 0);
      for (; word !== 0; word &= word - 1) {
        const item = (w << 5) + ctz(word);
        const count = get(counts, item);
        set(counts, item, 0);
        if (count >= minSupport) this.add(item, count);
      }
    }
  }

  /** Gives back what it does not fill; for one that was allocated last. */
  trim(): void {
    release(this.pairs + (<usize>this.length << 3));
  }
}

/** An empty tally with room for so many items. */
export function newTally(most: i32): Tally {
  const tally = changetype<Tally>(allocate(offsetof<Tally>()));
  tally.length = 0;
  tally.pairs = allocate(<usize>most << 3);
  return tally;
}
