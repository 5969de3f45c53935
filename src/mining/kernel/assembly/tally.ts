import { allocate, allocateZeros, get, set } from "./memory";
import { minSupport } from "./settings";

/** Four counts are looked at together. */
const lanes: i32 = 4;

/** How often each item was counted, and which of them were counted often enough. */
@unmanaged
export class Tally {
  /** By item; all zero but between counting and taking. */
  counts: usize = 0;
  /** By item, for its number in the next projection: −1 after each taking. */
  map: usize = 0;
  /** The items that were taken last, ascending, and how often each was counted. */
  items: usize = 0;
  supports: usize = 0;

  /** Takes the items below `end` that were counted often enough; returns how many they are. */
  takeFrequent(end: i32): i32 {
    // Fields in locals: the stores of a loop would have them read again in each turn.
    const counts = this.counts;
    const map = this.map;
    const items = this.items;
    const supports = this.supports;
    const below = i32x4.splat(minSupport - 1);
    const zero = i32x4.splat(0);
    const none = i32x4.splat(-1);
    let taken = 0;
    for (let base = 0; base < end; base += lanes) {
      const cell = counts + (<usize>base << 2);
      const values = v128.load(cell);
      v128.store(map + (<usize>base << 2), none);
      for (let hits = i32x4.bitmask(i32x4.gt_s(values, below)); hits !== 0; hits &= hits - 1) {
        const item = base + ctz(hits);
        set(items, taken, item);
        set(supports, taken++, get(counts, item));
      }
      v128.store(cell, zero);
    }
    return taken;
  }

  /** The same, where few of many items were counted: those whose bit is set in `seen`, which is cleared. */
  takeFrequentOf(seen: usize, end: i32): i32 {
    const counts = this.counts;
    const map = this.map;
    const items = this.items;
    const supports = this.supports;
    const words = (end + 31) >>> 5;
    let taken = 0;
    for (let w = 0; w < words; w++) {
      let word = get(seen, w);
      if (word === 0) continue;
      set(seen, w, 0);
      for (; word !== 0; word &= word - 1) {
        const item = (w << 5) + ctz(word);
        const count = get(counts, item);
        set(counts, item, 0);
        set(map, item, -1);
        if (count < minSupport) continue;
        set(items, taken, item);
        set(supports, taken++, count);
      }
    }
    return taken;
  }
}

/** A tally of so many items. */
export function newTally(items: i32): Tally {
  const bytes = <usize>(items + lanes) << 2;
  const tally = changetype<Tally>(allocate(offsetof<Tally>()));
  tally.counts = allocateZeros(bytes);
  tally.map = allocate(bytes);
  tally.items = allocate(bytes);
  tally.supports = allocate(bytes);
  return tally;
}
