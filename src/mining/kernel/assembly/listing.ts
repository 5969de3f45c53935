import { take } from "./host";
import { allocate, get, set } from "./memory";

/**
 * Sets as the host lists them: items ascending by id. Sets that are found one after the other mostly begin with the same items,
 * so the first items of the set in hand are kept sorted at each depth, and a set costs no more than one insertion.
 */

/** So many of the first items are kept sorted. */
const depths: i32 = 32;

/** Sets and items of a buffer, but for the last set. */
const mostSets: i32 = 1 << 14;
const mostItems: i32 = 1 << 16;

/** The set in hand. */
export let prefix: usize = 0;
/** Row `d` holds the first `d` items of the set in hand, sorted; right up to row `valid`. */
let rows: usize = 0;
let valid: i32 = 0;

/** Sets that the host has not taken yet: their items, where the items of each end, and the supports. */
let items: usize = 0;
let ends: usize = 0;
let supports: usize = 0;
let count: i32 = 0;
let end: i32 = 0;

/** @param longest how many items a set may have, and a few more that are written and dropped again */
export function openListing(list: bool, longest: i32): void {
  prefix = allocate(<usize>longest << 2);
  rows = allocate((<usize>(depths + 1) * depths) << 2);
  valid = 0;
  if (!list) return;
  items = allocate(<usize>(mostItems + longest) << 2);
  ends = allocate(mostSets << 2);
  supports = allocate(mostSets << 2);
  count = 0;
  end = 0;
}

/** Makes an item the one at `place` of the set in hand, after those before. */
@inline
export function put(place: i32, item: i32): void {
  set(prefix, place, item);
  valid = min(valid, place);
}

/** Makes these the first items of the set in hand. */
export function putAll(from: usize, size: i32): void {
  memory.copy(prefix, from, <usize>size << 2);
  valid = 0;
}

@inline
function row(depth: i32): usize {
  return rows + (<usize>(depth * depths) << 2);
}

/** Writes `size` sorted items and one more, all sorted. Without a branch on what they are. */
@inline
function insert(from: usize, size: i32, item: i32, to: usize): void {
  let place = 0;
  for (let i = 0; i < size; i++) {
    const other = get(from, i);
    const isBefore = i32(other < item);
    set(to, i + 1 - isBefore, other);
    place += isBefore;
  }
  set(to, place, item);
}

/** Sorts in place, by insertion. */
function sort(column: usize, size: i32): void {
  for (let i = 1; i < size; i++) {
    const item = get(column, i);
    let hole = i;
    for (; hole > 0 && get(column, hole - 1) > item; hole--) set(column, hole, get(column, hole - 1));
    set(column, hole, item);
  }
}

/** Writes the set in hand, sorted. */
function writeSorted(size: i32, to: usize): void {
  if (size > depths) {
    memory.copy(to, prefix, <usize>size << 2);
    sort(to, size);
    return;
  }
  for (; valid < size - 1; valid++) insert(row(valid), valid, get(prefix, valid), row(valid + 1));
  if (valid < size) insert(row(size - 1), size - 1, get(prefix, size - 1), to);
  else memory.copy(to, row(size), <usize>size << 2);
}

/** Lists the set in hand, of `size` items. */
export function write(size: i32, support: i32): void {
  writeSorted(size, items + (<usize>end << 2));
  end += size;
  set(ends, count, end);
  set(supports, count, support);
  count++;
  if (count === mostSets || end >= mostItems) flush();
}

/** Hands over what was listed. */
export function flush(): void {
  if (count > 0) take(items, ends, supports, count);
  count = 0;
  end = 0;
}
