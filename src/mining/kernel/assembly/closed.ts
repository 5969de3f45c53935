import { searchClosedMasks } from "./closed-masks";
import { tick } from "./host";
import { put } from "./listing";
import { allocate, allocateZeros, get, mark, release, set } from "./memory";
import { countPairs, Pairs } from "./pairs";
import { mostMasked, newProjection, Projection } from "./projection";
import { holdersOf, rowAt, Rows } from "./rows";
import { minSupport } from "./settings";
import { record } from "./sink";
import { addToTables, tableItems, takeClosed } from "./table";
import { newTally, Tally } from "./tally";
import { newVisits } from "./visits";

/**
 * Closed itemsets, by the same pattern growth as in `all.ts`. Items that were passed over come along as checks:
 * a set whose transactions all hold one of them is not closed, and neither is any set that extends it (the
 * prefix-preserving closure of LCM ver. 2, Uno, Kiyomi and Arimura, FIMI 2004). So nothing that was found need be kept.
 */

/** So many items, checks included, may be bits of one; the highest bit stands for none of them. */
const itemBits: i32 = 63;

/**
 * Takes the set in hand with `item` if it is closed, and searches the closed sets that extend it.
 *
 * @param projection of the rows that hold the item, with their number, but nothing else in it
 * @param tally its items from the `from`th to the `to`th: those that are frequent with `item`, ascending, checks included
 * @param share which of `shares` parts of the work to do
 */
export function searchClosedItem(
  projection: Projection,
  item: i32,
  tally: Tally,
  from: i32,
  to: i32,
  size: i32,
  share: i32,
  shares: i32,
): void {
  const support = projection.support;
  // Where a check holds all rows, all sets are found with it.
  for (let n = to - 1; n >= from && tally.item(n) > item; n--) if (tally.count(n) === support) return;
  const names = projection.parent.names;
  let length = size;
  let entries = 0;
  let n = from;
  projection.items = 0;
  projection.checks = 0;
  put(length++, get(names, item));
  for (; n < to && tally.item(n) < item; n++) {
    const count = tally.count(n);
    if (count < support) {
      projection.extendBy(tally.item(n), count);
      entries += count;
    } else put(length++, get(names, tally.item(n)));
  }
  if (share === 0) record(length, 0, support);
  if (projection.items > 0) {
    for (; n < to; n++) {
      if (tally.item(n) === item) continue;
      projection.checkBy(tally.item(n));
      entries += tally.count(n);
    }
    projection.entries = min(entries, projection.length);
    if (shares === 1) searchClosedProjection(projection, length);
    else searchClosedRows(projection.merged(false), length, share, shares);
  }
  projection.forget(tally, from, to);
}

/** Searches the closed sets that extend the set in hand, in a projection that is yet to be made. */
function searchClosedProjection(projection: Projection, size: i32): void {
  const before = mark();
  const items = projection.items;
  const checks = projection.checks;
  if (projection.support <= mostMasked) {
    const masks = projection.masks();
    searchClosedMasks(items, masks, projection.names, checks, masks + (<usize>items << 3), size);
  } else if (items + checks <= itemBits && items <= tableItems(projection.to - projection.from)) {
    const parent = projection.parent;
    const rows = parent.rows;
    const content = parent.content;
    const holding = projection.rows;
    const map = projection.map;
    const to = projection.to;
    const inTable = ((<u64>1) << (items + checks)) - 1;
    for (let o = projection.from; o < to; o++) {
      const row = rowAt(rows, get(holding, o));
      let mask: u64 = 0;
      for (let p = row.start, end = row.end; p < end; p++) {
        // Without a branch: −1, for no item, becomes the highest bit.
        mask |= <u64>1 << get(map, get(content, p));
      }
      addToTables(mask & inTable, items, row.weight);
    }
    takeClosed(items, projection.names, size, minSupport);
  } else searchClosedRows(projection.merged(false), size, 0, 1);
  release(before);
}

/**
 * Searches the closed sets that extend the set in hand: the first few items in one table, then item by item.
 *
 * @param share which of `shares` parts of the work to do
 */
function searchClosedRows(rows: Rows, size: i32, share: i32, shares: i32): void {
  const before = mark();
  tick();
  const inMask = rows.items + rows.checks <= itemBits;
  const tabled = inMask ? min(rows.items, tableItems(rows.count)) : 0;
  if (tabled > 0 && share === 0) searchTable(rows, tabled, size);
  if (tabled < rows.items) {
    // Whatever the share: what is behind an item shows in the counts of others.
    const pairs = countPairs(rows, tabled, true, 0, 1);
    if (changetype<usize>(pairs) !== 0) searchPairs(pairs, tabled, size, share, shares);
    else searchItems(rows, tabled, size, share, shares);
  }
  release(before);
}

/** The closed sets of the first items alone. */
function searchTable(rows: Rows, items: i32, size: i32): void {
  const all = rows.rows;
  const content = rows.content;
  for (let n = 0, count = rows.count; n < count; n++) {
    const row = rowAt(all, n);
    let mask: u64 = 0;
    for (let p = row.start, end = row.end; p < end; p++) mask |= <u64>1 << get(content, p);
    addToTables(mask, items, row.weight);
  }
  takeClosed(items, rows.names, size, minSupport);
}

/**
 * Searches item by item from `least` on, with all pairs counted: rows are visited only of items that are closed and that
 * others extend. What an item is frequent with behind it, the counts of those items tell.
 */
function searchPairs(pairs: Pairs, least: i32, size: i32, share: i32, shares: i32): void {
  const rows = pairs.rows;
  const items = rows.items;
  const projection = newProjection(rows);
  const wanted = allocateZeros(<usize>items << 2);
  const subsumed = allocateZeros(<usize>items << 2);
  // By item: where in the tally those before it begin, where the checks begin, and where they end.
  const firsts = allocate(<usize>items << 2);
  const middles = allocate(<usize>items << 2);
  const lasts = allocate(<usize>items << 2);
  const tally = newTally(pairs.count);
  let any = false;
  for (let item = items - 1; item >= least; item--) {
    const support = get(rows.supports, item);
    const from = tally.length;
    pairs.takeBefore(item, tally);
    const middle = tally.length;
    let extending = 0;
    for (let n = from; n < middle; n++) {
      const count = tally.count(n);
      extending += i32(count < support);
      if (count === get(rows.supports, tally.item(n))) set(subsumed, tally.item(n), 1);
    }
    pairs.takeChecks(item, tally);
    set(firsts, item, from);
    set(middles, item, middle);
    set(lasts, item, tally.length);
    if (get(subsumed, item) === 0 && (shares === 1 || item % shares === share)) {
      for (let n = middle; n < tally.length; n++) if (tally.count(n) === support) set(subsumed, item, 1);
      if (get(subsumed, item) === 0) {
        if (extending > 0) {
          set(wanted, item, 1);
          any = true;
          continue;
        }
        projection.support = support;
        searchClosedItem(projection, item, tally, from, middle, size, 0, 1);
      }
    }
    tally.length = middle;
  }
  if (!any) return;
  tally.trim();
  const behind = tallyBehind(tally, firsts, middles, wanted, least, items);
  const holders = pairs.holders(wanted, false);
  const together = newTally(items + rows.checks);
  for (let item = items - 1; item >= least; item--) {
    if (get(wanted, item) === 0) continue;
    together.length = 0;
    together.append(tally, get(firsts, item), get(middles, item));
    together.append(behind.tally, get(behind.starts, item), get(behind.starts, item + 1));
    together.append(tally, get(middles, item), get(lasts, item));
    projection.takeRows(holders, item);
    projection.length = pairs.length(item);
    searchClosedItem(projection, item, together, 0, together.length, size, 0, 1);
  }
}

/** By item that is wanted: the items behind it that are frequent with it, ascending. */
@unmanaged
class Behind {
  starts: usize = 0;
  tally: Tally;
}

/** @param firsts by item: where those before it begin in the tally, and in `middles` where they end */
function tallyBehind(tally: Tally, firsts: usize, middles: usize, wanted: usize, least: i32, items: i32): Behind {
  // Shifted by two, so that filling in leaves each start where it belongs.
  const starts = allocateZeros(<usize>(items + 2) << 2);
  for (let item = least; item < items; item++) {
    for (let n = get(firsts, item), end = get(middles, item); n < end; n++) {
      const before = tally.item(n);
      set(starts, before + 2, get(starts, before + 2) + get(wanted, before));
    }
  }
  for (let item = 0; item < items; item++) set(starts, item + 2, get(starts, item + 2) + get(starts, item + 1));
  const behind = changetype<Behind>(allocate(offsetof<Behind>()));
  behind.starts = starts;
  behind.tally = newTally(get(starts, items + 1));
  for (let item = least; item < items; item++) {
    for (let n = get(firsts, item), end = get(middles, item); n < end; n++) {
      const before = tally.item(n);
      if (get(wanted, before) === 0) continue;
      const at = get(starts, before + 1);
      behind.tally.length = at;
      behind.tally.add(item, tally.count(n));
      set(starts, before + 1, at + 1);
    }
  }
  return behind;
}

/** The same where there are too many pairs: the rows of each item are visited in turn. */
function searchItems(rows: Rows, least: i32, size: i32, share: i32, shares: i32): void {
  const all = rows.items + rows.checks;
  const holders = holdersOf(rows, least, false);
  const projection = newProjection(rows);
  const visits = newVisits(all);
  for (let item = rows.items - 1; item >= least; item--) {
    if (shares > 1 && item % shares !== share) continue;
    projection.takeRows(holders, item);
    visits.tallyRows(projection, all);
    searchClosedItem(projection, item, visits.tally, 0, visits.tally.length, size, 0, 1);
  }
}
