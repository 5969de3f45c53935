import { tickSometimes } from "./host";
import { put } from "./listing";
import { allocate, get, getMask, mark, release, set, setMask } from "./memory";
import { minSupport } from "./settings";
import { record } from "./sink";

/** Searches sets of items given by the masks of the transactions that hold them. */
export function searchClosedMasks(
  items: i32,
  masks: usize,
  names: usize,
  checks: i32,
  checkMasks: usize,
  size: i32,
): void {
  tickSometimes();
  const before = mark();
  const nextMasks = allocate(<usize>items << 3);
  const nextNames = allocate(<usize>items << 2);
  const nextChecks = allocate(<usize>(checks + items) << 3);
  for (let i = items - 1; i >= 0; i--) {
    const mask = getMask(masks, i);
    if (holdsAll(checkMasks, 0, checks, mask) || holdsAll(masks, i + 1, items, mask)) continue;
    const support = <i32>popcnt(mask);
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
    record(length, 0, support);
    if (next === 0) continue;
    let kept = frequentWith(mask, masks, i + 1, items, nextChecks, 0);
    kept = frequentWith(mask, checkMasks, 0, checks, nextChecks, kept);
    searchClosedMasks(next, nextMasks, nextNames, kept, nextChecks, length);
  }
  release(before);
}

/** Whether one of the masks from `from` to `to` − 1 has all bits of `mask`. */
@inline
function holdsAll(masks: usize, from: i32, to: i32, mask: u64): bool {
  for (let j = from; j < to; j++) if ((mask & ~getMask(masks, j)) === 0) return true;
  return false;
}

/** Appends the intersections with `mask` that are frequent to `kept`; returns how many there are then. */
@inline
function frequentWith(mask: u64, masks: usize, from: i32, to: i32, kept: usize, count: i32): i32 {
  for (let j = from; j < to; j++) {
    const both = mask & getMask(masks, j);
    if (<i32>popcnt(both) >= minSupport) setMask(kept, count++, both);
  }
  return count;
}
