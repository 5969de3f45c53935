import { tick } from "./host";
import { allocate, get, getMask, mark, release, set, setMask } from "./memory";
import { newProjection, Projection } from "./projection";
import { countItems, entriesCounted, holdersOf, Rows } from "./rows";
import { minSupport } from "./settings";
import { prefix, record } from "./sink";
import { addToTables, tableItems, takeClosed } from "./table";
import { newTally } from "./tally";

/**
 * Closed itemsets, by the same pattern growth as in `all.ts`. Items that were passed over come along as checks:
 * a set whose transactions all hold one of them is not closed, and neither is any set that extends it (the
 * prefix-preserving closure of LCM ver. 2, Uno, Kiyomi and Arimura, FIMI 2004). So nothing that was found need be kept.
 */

/** Up to so many transactions a set of transactions is one integer. */
const maskBits: i32 = 64;

/** So many items, checks included, may be bits of one; the highest bit stands for none of them. */
const itemBits: i32 = 63;

/** More items cost a table more than they save. */
const tableLimit: i32 = 12;

/** Searches sets of items given by the masks of the transactions that hold them. */
function searchMasks(
  items: i32,
  masks: usize,
  names: usize,
  checks: i32,
  checkMasks: usize,
  size: i32,
): void {
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
    set(prefix, length++, get(names, i));
    for (let j = 0; j < i; j++) {
      const both = mask & getMask(masks, j);
      if (both === mask) set(prefix, length++, get(names, j));
      else if (<i32>popcnt(both) >= minSupport) {
        setMask(nextMasks, next, both);
        set(nextNames, next++, get(names, j));
      }
    }
    record(length, 0, support);
    if (next === 0) continue;
    let kept = frequentWith(mask, masks, i + 1, items, nextChecks, 0);
    kept = frequentWith(mask, checkMasks, 0, checks, nextChecks, kept);
    searchMasks(next, nextMasks, nextNames, kept, nextChecks, length);
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

/** Searches the closed sets that extend the set in hand, in a projection that is yet to be made. */
export function searchClosedProjection(projection: Projection, size: i32): void {
  const before = mark();
  const items = projection.items;
  const checks = projection.checks;
  if (projection.support <= maskBits) {
    const masks = projection.masks(true);
    searchMasks(items, masks, projection.names, checks, masks + (<usize>items << 3), size);
  } else if (items + checks <= itemBits && items <= tableItems(projection.to - projection.from, tableLimit)) {
    const parent = projection.parent;
    const starts = parent.starts;
    const ends = parent.ends;
    const weights = parent.weights;
    const content = parent.content;
    const holding = projection.rows;
    const map = projection.map;
    const to = projection.to;
    const inTable = ((<u64>1) << (items + checks)) - 1;
    for (let o = projection.from; o < to; o++) {
      const row = get(holding, o);
      let mask: u64 = 0;
      for (let p = get(starts, row), end = get(ends, row); p < end; p++) {
        // Without a branch: −1, for no item, becomes the highest bit.
        mask |= <u64>1 << get(map, get(content, p));
      }
      addToTables(mask & inTable, items, get(weights, row));
    }
    takeClosed(items, projection.names, size, minSupport);
  } else searchClosedRows(projection.merged(true, false), size, 0, 1);
  release(before);
}

/**
 * Searches the closed sets that extend the set in hand: the first few items in one table, then item by item.
 *
 * @param share which of `shares` parts of the work to do
 */
export function searchClosedRows(rows: Rows, size: i32, share: i32, shares: i32): void {
  const before = mark();
  tick();
  const items = rows.items;
  const all = items + rows.checks;
  const starts = rows.starts;
  const ends = rows.ends;
  const weights = rows.weights;
  const content = rows.content;
  const tabled = all > itemBits ? 0 : min(items, tableItems(rows.count, tableLimit));
  if (tabled > 0 && share === 0) {
    for (let row = 0, count = rows.count; row < count; row++) {
      let mask: u64 = 0;
      for (let p = get(starts, row), end = get(ends, row); p < end; p++) mask |= <u64>1 << get(content, p);
      addToTables(mask, tabled, get(weights, row));
    }
    takeClosed(tabled, rows.names, size, minSupport);
  }
  if (tabled < items) {
    const holders = holdersOf(rows, tabled);
    const holding = holders.rows;
    const tally = newTally(all);
    const map = tally.map;
    const counted = tally.items;
    const supports = tally.supports;
    const nextNames = allocate(<usize>items << 2);
    const projection = newProjection();
    projection.parent = rows;
    projection.rows = holding;
    projection.places = holders.places;
    projection.map = map;
    projection.names = nextNames;
    for (let item = items - 1; item >= tabled; item--) {
      if (shares > 1 && item % shares !== share) continue;
      const from = get(holders.starts, item);
      const to = get(holders.starts, item + 1);
      const support = countItems(rows, holding, from, to, ends, true, tally.counts);
      const length = entriesCounted;
      const taken = tally.takeFrequent(all);
      let grown = size;
      set(prefix, grown++, get(rows.names, item));
      let next = 0;
      let entries = 0;
      let n = 0;
      for (; get(counted, n) < item; n++) {
        const j = get(counted, n);
        const count = get(supports, n);
        if (count === support) set(prefix, grown++, get(rows.names, j));
        else {
          set(nextNames, next, get(rows.names, j));
          set(map, j, next++);
          entries += count;
        }
      }
      let kept = 0;
      // Behind the item itself stand the checks.
      while (++n < taken) {
        const count = get(supports, n);
        if (count === support) break;
        set(map, get(counted, n), next + kept++);
        entries += count;
      }
      if (n < taken) continue;
      record(grown, 0, support);
      if (next === 0) continue;
      projection.from = from;
      projection.to = to;
      projection.items = next;
      projection.checks = kept;
      projection.support = support;
      projection.entries = min(entries, length);
      searchClosedProjection(projection, grown);
    }
  }
  release(before);
}
