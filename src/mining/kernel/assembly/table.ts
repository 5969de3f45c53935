import { put } from "./listing";
import { allocate, allocateZeros, get, getMask, set, setMask } from "./memory";
import { isListing, record } from "./sink";

/**
 * All subsets of up to 12 items at once: each transaction adds its weight at the bit mask of its items, then a sum over
 * supersets gives the support of every mask (Borgelt's "16-items machine" carried to the end). For closed sets a second
 * table holds the intersection of the transactions, as a mask of up to 64 items, of which the set must be the whole.
 */

/** More items cost a table more than they save. */
const most: i32 = 12;

let supports: usize = 0;
let meets: usize = 0;

export function openTables(closed: bool): void {
  supports = allocateZeros(4 << most);
  if (!closed) return;
  meets = allocate(8 << most);
  memory.fill(meets, 0xff, 8 << most);
}

/** How many items are worth a table when there are so many transactions: it costs about items × 2^items / 4. */
@inline
export function tableItems(transactions: i32): i32 {
  return min(most, max(6, 34 - <i32>clz(transactions)));
}

@inline
export function addToTable(mask: i32, weight: i32): void {
  set(supports, mask, get(supports, mask) + weight);
}

@inline
export function addToTables(mask: u64, items: i32, weight: i32): void {
  const low = <i32>(mask & (((<u64>1) << items) - 1));
  addToTable(low, weight);
  setMask(meets, low, getMask(meets, low) & mask);
}

/** Makes each entry the sum of its supersets'. */
function sumSupersets(items: i32): void {
  const end = 1 << items;
  for (let bit = 0; bit < items; bit++) {
    const step = 1 << bit;
    for (let base = 0; base < end; base += step << 1) {
      if (step < 4) {
        for (let i = base; i < base + step; i++) addToTable(i, get(supports, i + step));
        continue;
      }
      let low = supports + (<usize>base << 2);
      const stop = low + (<usize>step << 2);
      for (let high = stop; low < stop; low += 16, high += 16) {
        v128.store(low, i32x4.add(v128.load(low), v128.load(high)));
      }
    }
  }
}

/** Makes each entry the intersection of its supersets'. */
function meetSupersets(items: i32): void {
  const end = 1 << items;
  for (let bit = 0; bit < items; bit++) {
    const step = 1 << bit;
    for (let base = 0; base < end; base += step << 1) {
      if (step < 2) {
        setMask(meets, base, getMask(meets, base) & getMask(meets, base + 1));
        continue;
      }
      let low = meets + (<usize>base << 3);
      const stop = low + (<usize>step << 3);
      for (let high = stop; low < stop; low += 16, high += 16) {
        v128.store(low, v128.and(v128.load(low), v128.load(high)));
      }
    }
  }
}

/** Takes the set of a mask's items, after the `size` items in hand. */
@inline
function recordMask(mask: i32, names: usize, size: i32, perfect: i32, support: i32): void {
  if (isListing()) {
    let n = size;
    for (let rest = mask; rest !== 0; rest &= rest - 1) put(n++, get(names, ctz(rest)));
  }
  record(size + popcnt(mask), perfect, support);
}

/** Takes every frequent set of the table but the empty one, and clears the table. */
export function takeFrequent(items: i32, names: usize, size: i32, perfect: i32, minSupport: i32): void {
  sumSupersets(items);
  set(supports, 0, 0);
  const end = 1 << items;
  const below = i32x4.splat(minSupport - 1);
  for (let base = 0; base < end; base += 4) {
    const cell = supports + (<usize>base << 2);
    const values = v128.load(cell);
    for (let hits = i32x4.bitmask(i32x4.gt_s(values, below)); hits !== 0; hits &= hits - 1) {
      const mask = base + ctz(hits);
      recordMask(mask, names, size, perfect, get(supports, mask));
    }
    v128.store(cell, i32x4.splat(0));
  }
}

/**
 * Takes every closed set of the tables but the empty one, and clears them.
 */
export function takeClosed(
  items: i32,
  names: usize,
  size: i32,
  minSupport: i32,
): void {
  sumSupersets(items);
  meetSupersets(items);
  const end = 1 << items;
  for (let mask = 1; mask < end; mask++) {
    const support = get(supports, mask);
    if (support < minSupport || getMask(meets, mask) !== <u64>mask) continue;
    recordMask(mask, names, size, 0, support);
  }
  memory.fill(supports, 0, <usize>end << 2);
  memory.fill(meets, 0xff, <usize>end << 3);
}
