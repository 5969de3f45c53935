import { tickSometimes } from "./host";
import { put } from "./listing";
import { allocate, get, getMask, mark, release, set, setMask } from "./memory";
import { minSupport } from "./settings";
import { record } from "./sink";

/** Searches sets of items given by the masks of the transactions that hold them. */
export function searchMaximalMasks(
  items: i32,
  masks: usize,
  names: usize,
  checks: i32,
  checkMasks: usize,
  size: i32,
): void {
  tickSometimes();
  const before = mark();
  let together = getMask(masks, 0);
  let tail = 1;
  for (; tail < items; tail++) {
    const more = together & getMask(masks, tail);
    if (<i32>popcnt(more) < minSupport) break;
    together = more;
  }
  const nextMasks = allocate(<usize>items << 3);
  const nextNames = allocate(<usize>items << 2);
  const nextChecks = allocate(<usize>(checks + items) << 3);
  for (let i = items - 1; i >= tail; i--) {
    const mask = getMask(masks, i);
    let kept = frequentWith(mask, masks, i + 1, items, nextChecks, 0);
    if (kept >= 0) kept = frequentWith(mask, checkMasks, 0, checks, nextChecks, kept);
    if (kept < 0) continue;
    let length = size;
    let next = 0;
    put(length++, get(names, i));
    for (let j = 0; j < i; j++) {
      const both = mask & getMask(masks, j);
      if (both === mask) put(length++, get(names, j));
      else if (<i32>popcnt(both) >= minSupport) {
        setMask(nextMasks, next, both);
        set(nextNames, next++, get(names, j));
      }
    }
    if (next > 0) searchMaximalMasks(next, nextMasks, nextNames, kept, nextChecks, length);
    else if (kept === 0) record(length, 0, <i32>popcnt(mask));
  }
  if (!anyFrequentWith(together, masks, tail, items) && !anyFrequentWith(together, checkMasks, 0, checks)) {
    for (let i = 0; i < tail; i++) put(size + i, get(names, i));
    record(size + tail, 0, <i32>popcnt(together));
  }
  release(before);
}

/** Appends the intersections with `mask` that are frequent to `kept`; returns how many there are then, or −1 for one that is the whole. */
@inline
function frequentWith(mask: u64, masks: usize, from: i32, to: i32, kept: usize, count: i32): i32 {
  for (let j = from; j < to; j++) {
    const both = mask & getMask(masks, j);
    if (both === mask) return -1;
    if (<i32>popcnt(both) >= minSupport) setMask(kept, count++, both);
  }
  return count;
}

@inline
function anyFrequentWith(mask: u64, masks: usize, from: i32, to: i32): bool {
  for (let j = from; j < to; j++) if (<i32>popcnt(mask & getMask(masks, j)) >= minSupport) return true;
  return false;
}
