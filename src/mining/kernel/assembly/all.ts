import { tick } from "./host";
import { allocate, get, getMask, mark, release, set, setMask } from "./memory";
import { newProjection, Projection } from "./projection";
import { countItems, entriesCounted, holdersOf, Rows } from "./rows";
import { generator, minSupport, target } from "./settings";
import { maxLength, perfect, prefix, record } from "./sink";
import { addToTable, tableItems, takeFrequent } from "./table";
import { newTally } from "./tally";

/**
 * All frequent itemsets, or the candidates for generators: pattern growth over conditional databases in flat arrays.
 *
 * Items are numbered from the most frequent to the rarest, and each is projected on those before it (occurrence deliver,
 * and equal rows merged in every projection: Uno, Kiyomi and Arimura, LCM, FIMI 2003 and 2004). Items that all rows hold
 * are perfect extensions and need no projection of their own (Borgelt, WIREs 2012). A projection of few items goes to a
 * table, one of few transactions to 64-bit masks, the others are searched in the same way.
 */

/** Up to so many transactions a set of transactions is one integer. */
const maskBits: i32 = 64;

/** More items cost a table more than they save. */
const tableLimit: i32 = 12;

/** Searches sets of items given by the masks of the transactions that hold them (Zaki's Eclat on bits). */
function searchMasks(items: i32, masks: usize, names: usize, size: i32, perfectCount: i32): void {
  const before = mark();
  const nextMasks = allocate(<usize>items << 3);
  const nextNames = allocate(<usize>items << 2);
  for (let i = items - 1; i >= 0; i--) {
    const mask = getMask(masks, i);
    const support = <i32>popcnt(mask);
    let next = 0;
    let all = perfectCount;
    for (let j = 0; j < i; j++) {
      const both = mask & getMask(masks, j);
      const count = <i32>popcnt(both);
      if (count < minSupport) continue;
      if (count === support) {
        if (target !== generator) set(perfect, all++, get(names, j));
      } else {
        setMask(nextMasks, next, both);
        set(nextNames, next++, get(names, j));
      }
    }
    set(prefix, size, get(names, i));
    record(size + 1, all, support);
    if (next === 0 || size + 1 >= maxLength()) continue;
    if (next === 1) {
      set(prefix, size + 1, get(nextNames, 0));
      record(size + 2, all, <i32>popcnt(getMask(nextMasks, 0)));
    } else searchMasks(next, nextMasks, nextNames, size + 1, all);
  }
  release(before);
}

/** Searches the sets that extend the set in hand, in a projection that is yet to be made. */
export function searchAllProjection(projection: Projection, size: i32, perfectCount: i32): void {
  const before = mark();
  if (projection.support <= maskBits) {
    searchMasks(projection.items, projection.masks(false), projection.names, size, perfectCount);
  } else if (projection.items <= tableItems(projection.to - projection.from, tableLimit)) {
    const parent = projection.parent;
    const starts = parent.starts;
    const weights = parent.weights;
    const content = parent.content;
    const holding = projection.rows;
    const places = projection.places;
    const map = projection.map;
    const to = projection.to;
    const inTable = (1 << projection.items) - 1;
    for (let o = projection.from; o < to; o++) {
      const row = get(holding, o);
      let mask = 0;
      for (let p = get(starts, row), end = get(places, o); p < end; p++) {
        // Without a branch: −1, for no item, becomes a bit above all items.
        mask |= 1 << get(map, get(content, p));
      }
      addToTable(mask & inTable, get(weights, row));
    }
    takeFrequent(projection.items, projection.names, size, perfectCount, minSupport);
  } else searchAllRows(projection.merged(false, false), size, perfectCount, 0, 1);
  release(before);
}

/**
 * Searches the sets that extend the set in hand: the first few items in one table, then item by item.
 *
 * @param share which of `shares` parts of the work to do
 */
export function searchAllRows(rows: Rows, size: i32, perfectCount: i32, share: i32, shares: i32): void {
  const before = mark();
  tick();
  const items = rows.items;
  const names = rows.names;
  const starts = rows.starts;
  const weights = rows.weights;
  const content = rows.content;
  const tabled = min(items, tableItems(rows.count, tableLimit));
  if (share === 0) {
    const ends = rows.ends;
    for (let row = 0, count = rows.count; row < count; row++) {
      let mask = 0;
      for (let p = get(starts, row), end = get(ends, row); p < end; p++) {
        const item = get(content, p);
        if (item >= tabled) break;
        mask |= 1 << item;
      }
      addToTable(mask, get(weights, row));
    }
    takeFrequent(tabled, names, size, perfectCount, minSupport);
  }
  if (tabled < items) {
    const holders = holdersOf(rows, tabled);
    const holding = holders.rows;
    const places = holders.places;
    const projection = newProjection();
    projection.parent = rows;
    projection.rows = holding;
    projection.places = places;
    const tally = newTally(items);
    const map = tally.map;
    const counted = tally.items;
    const supports = tally.supports;
    const nextNames = allocate(<usize>items << 2);
    projection.map = map;
    projection.names = nextNames;
    projection.checks = 0;
    for (let item = items - 1; item >= tabled; item--) {
      if (shares > 1 && item % shares !== share) continue;
      const from = get(holders.starts, item);
      const to = get(holders.starts, item + 1);
      const support = countItems(rows, holding, from, to, places, false, tally.counts);
      const length = entriesCounted;
      const taken = tally.takeFrequent(item);
      let next = 0;
      let entries = 0;
      let all = perfectCount;
      for (let n = 0; n < taken; n++) {
        const j = get(counted, n);
        const count = get(supports, n);
        if (count === support) {
          if (target !== generator) set(perfect, all++, get(names, j));
        } else {
          set(nextNames, next, get(names, j));
          set(map, j, next++);
          entries += count;
        }
      }
      set(prefix, size, get(names, item));
      record(size + 1, all, support);
      if (next === 0 || size + 1 >= maxLength()) continue;
      if (next === 1) {
        set(prefix, size + 1, get(nextNames, 0));
        record(size + 2, all, entries);
        continue;
      }
      projection.from = from;
      projection.to = to;
      projection.items = next;
      projection.support = support;
      projection.entries = min(entries, length);
      searchAllProjection(projection, size + 1, all);
    }
  }
  release(before);
}
