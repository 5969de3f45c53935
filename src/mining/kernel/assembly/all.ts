import { searchAllMasks } from "./all-masks";
import { tick } from "./host";
import { put } from "./listing";
import { allocate, allocateZeros, get, mark, release, set } from "./memory";
import { countPairs, Pairs } from "./pairs";
import { mostMasked, newProjection, Projection } from "./projection";
import { holdersOf, rowAt, Rows } from "./rows";
import { generator, minSupport, target } from "./settings";
import { maxLength, perfect, record } from "./sink";
import { addToTable, tableItems, takeFrequent } from "./table";
import { newTally, Tally } from "./tally";
import { newVisits } from "./visits";

/**
 * All frequent itemsets, or the candidates for generators: pattern growth over conditional databases in flat arrays.
 *
 * Items are numbered from the most frequent to the rarest, and each is projected on those before it (occurrence deliver,
 * and equal rows merged in every projection: Uno, Kiyomi and Arimura, LCM, FIMI 2003 and 2004). Items that all rows hold
 * are perfect extensions and need no projection of their own (Borgelt, WIREs 2012). A projection of few items goes to a
 * table, one of few transactions to 64-bit masks, the others are searched in the same way.
 */

/**
 * Takes the set in hand with `item`, and searches the sets that extend it.
 *
 * @param projection of the rows that hold the item, with their number, but nothing else in it
 * @param tally its items from the `from`th to the `to`th: those before `item` that are frequent with it
 * @param share which of `shares` parts of the work to do
 */
export function searchAllItem(
  projection: Projection,
  item: i32,
  tally: Tally,
  from: i32,
  to: i32,
  size: i32,
  perfectCount: i32,
  share: i32,
  shares: i32,
): void {
  const names = projection.parent.names;
  const support = projection.support;
  let all = perfectCount;
  let entries = 0;
  projection.items = 0;
  projection.checks = 0;
  for (let n = from; n < to; n++) {
    const count = tally.count(n);
    if (count < support) {
      projection.extendBy(tally.item(n), count);
      entries += count;
    } else if (target !== generator) set(perfect, all++, get(names, tally.item(n)));
  }
  put(size, get(names, item));
  if (share === 0) record(size + 1, all, support);
  const items = projection.items;
  if (items > 0 && size + 1 < maxLength()) {
    if (items === 1) {
      put(size + 1, get(projection.names, 0));
      if (share === 0) record(size + 2, all, get(projection.supports, 0));
    } else {
      projection.entries = min(entries, projection.length);
      if (shares === 1) searchAllProjection(projection, size + 1, all);
      else searchAllRows(projection.merged(false), size + 1, all, share, shares);
    }
  }
  projection.forget(tally, from, to);
}

/** Searches the sets that extend the set in hand, in a projection that is yet to be made. */
function searchAllProjection(projection: Projection, size: i32, perfectCount: i32): void {
  const before = mark();
  if (projection.support <= mostMasked) {
    searchAllMasks(projection.items, projection.masks(), projection.names, size, perfectCount);
  } else if (projection.items <= tableItems(projection.to - projection.from)) {
    const parent = projection.parent;
    const rows = parent.rows;
    const content = parent.content;
    const holding = projection.rows;
    const places = projection.places;
    const map = projection.map;
    const to = projection.to;
    const inTable = (1 << projection.items) - 1;
    for (let o = projection.from; o < to; o++) {
      const row = rowAt(rows, get(holding, o));
      let mask = 0;
      for (let p = row.start, end = get(places, o); p < end; p++) {
        // Without a branch: −1, for no item, becomes a bit above all items.
        mask |= 1 << get(map, get(content, p));
      }
      addToTable(mask & inTable, row.weight);
    }
    takeFrequent(projection.items, projection.names, size, perfectCount, minSupport);
  } else searchAllRows(projection.merged(false), size, perfectCount, 0, 1);
  release(before);
}

/**
 * Searches the sets that extend the set in hand: the first few items in one table, then item by item.
 *
 * @param share which of `shares` parts of the work to do
 */
function searchAllRows(rows: Rows, size: i32, perfectCount: i32, share: i32, shares: i32): void {
  const before = mark();
  tick();
  const tabled = min(rows.items, tableItems(rows.count));
  if (share === 0) searchTable(rows, tabled, size, perfectCount);
  if (tabled < rows.items) {
    const pairs = countPairs(rows, tabled, false, share, shares);
    if (changetype<usize>(pairs) !== 0) searchPairs(pairs, tabled, size, perfectCount);
    else searchItems(rows, tabled, size, perfectCount, share, shares);
  }
  release(before);
}

/** The sets of the first items alone. */
function searchTable(rows: Rows, items: i32, size: i32, perfectCount: i32): void {
  const all = rows.rows;
  const content = rows.content;
  for (let n = 0, count = rows.count; n < count; n++) {
    const row = rowAt(all, n);
    let mask = 0;
    for (let p = row.start, end = row.end; p < end; p++) {
      const item = get(content, p);
      if (item >= items) break;
      mask |= 1 << item;
    }
    addToTable(mask, row.weight);
  }
  takeFrequent(items, rows.names, size, perfectCount, minSupport);
}

/** Searches item by item from `least` on, with all pairs counted: rows are visited only of items that several others extend. */
function searchPairs(pairs: Pairs, least: i32, size: i32, perfectCount: i32): void {
  const rows = pairs.rows;
  const items = rows.items;
  const projection = newProjection(rows);
  const wanted = allocateZeros(<usize>items << 2);
  const firsts = allocate(<usize>(items + 1) << 2);
  const tally = newTally(pairs.count);
  let any = false;
  for (let item = least; item < items; item++) {
    const from = tally.length;
    set(firsts, item, from);
    if (!pairs.counts(item)) continue;
    pairs.takeBefore(item, tally);
    const support = get(rows.supports, item);
    let extending = 0;
    for (let n = from; n < tally.length; n++) extending += i32(tally.count(n) < support);
    if (extending > 1 && size + 1 < maxLength()) {
      set(wanted, item, 1);
      any = true;
      continue;
    }
    projection.support = support;
    searchAllItem(projection, item, tally, from, tally.length, size, perfectCount, 0, 1);
    tally.length = from;
  }
  set(firsts, items, tally.length);
  if (!any) return;
  tally.trim();
  const holders = pairs.holders(wanted, true);
  for (let item = items - 1; item >= least; item--) {
    if (get(wanted, item) === 0) continue;
    projection.takeRows(holders, item);
    projection.length = pairs.length(item);
    searchAllItem(projection, item, tally, get(firsts, item), get(firsts, item + 1), size, perfectCount, 0, 1);
  }
}

/** The same where there are too many pairs: the rows of each item are visited in turn. */
function searchItems(rows: Rows, least: i32, size: i32, perfectCount: i32, share: i32, shares: i32): void {
  const items = rows.items;
  const holders = holdersOf(rows, least, true);
  const projection = newProjection(rows);
  const visits = newVisits(items);
  for (let item = items - 1; item >= least; item--) {
    if (shares > 1 && item % shares !== share) continue;
    projection.takeRows(holders, item);
    visits.tallyRows(projection, item);
    searchAllItem(projection, item, visits.tally, 0, visits.tally.length, size, perfectCount, 0, 1);
  }
}
