import { searchAllProjection, searchAllRows } from "./all";
import { searchClosedProjection, searchClosedRows } from "./closed";
import { tick } from "./host";
import { searchMaximalProjection, searchMaximalRows } from "./maximal";
import { allocate, allocateZeros, get, mark, release, set } from "./memory";
import { newProjection, Projection } from "./projection";
import { newRows, Rows } from "./rows";
import { all, closed, generator, maximal, minSupport, target } from "./settings";
import { maxLength, perfect, prefix, record } from "./sink";
import { addToTable, addToTables, tableItems, takeClosed, takeFrequent } from "./table";
import { newTally, Tally } from "./tally";

/** Where a search begins: the root database, which all threads read, and the first projection of each rank. */

let rows: Rows = changetype<Rows>(0);
let rowCount: i32 = 0;
let holderStarts: usize = 0;
let holders: usize = 0;
let rankCount: i32 = 0;
/** The id of each rank, and of the items that every transaction holds. */
let items: usize = 0;
let everywhere: usize = 0;
let everywhereCount: i32 = 0;

let tally: Tally = changetype<Tally>(0);
/** A bit by rank: it was counted. */
let seen: usize = 0;
/** By number: the id of the item. */
let names: usize = 0;

/** Up to so many items, checks included, are bits of a mask. */
const maskBits: i32 = 64;

/** With more ranks for each row than this, those that were counted are marked, so that the others are not looked at. */
const sparse: i32 = 16;

const tableLimit: i32 = 12;

/** Tells where the columns of the root database stand; see `root-database.ts` of the host. */
export function openRoot(
  rowTotal: i32,
  starts: usize,
  content: usize,
  weights: usize,
  ranks: i32,
  itemIds: usize,
  firstHolders: usize,
  allHolders: usize,
  everywhereTotal: i32,
  everywhereIds: usize,
): void {
  rowCount = rowTotal;
  rankCount = ranks;
  items = itemIds;
  holderStarts = firstHolders;
  holders = allHolders;
  everywhereCount = everywhereTotal;
  everywhere = everywhereIds;
  rows = newRows();
  rows.count = rowTotal;
  rows.items = ranks;
  rows.checks = 0;
  rows.starts = starts;
  // A row ends where the next one begins.
  rows.ends = starts + 4;
  rows.weights = weights;
  rows.content = content;
  rows.names = itemIds;
  tally = newTally(ranks);
  seen = allocateZeros(<usize>((ranks + 31) >>> 5) << 2);
  names = allocate(<usize>ranks << 2);
}

@inline
function isCondensed(): bool {
  return target === closed || target === maximal;
}

/** How many of the first ranks are searched together, in one table. */
export function ranksTogether(): i32 {
  const tabled = min(rankCount, tableItems(rowCount, tableLimit));
  if (target === maximal || (target === closed && rankCount > maskBits)) return 0;
  return tabled;
}

/** Begins the set in hand with the items that are everywhere; returns its size. */
function startSet(): i32 {
  if (target === generator) return 0;
  memory.copy(isCondensed() ? prefix : perfect, everywhere, <usize>everywhereCount << 2);
  return isCondensed() ? everywhereCount : 0;
}

/** The sets of the first ranks alone. */
export function mineTogether(): void {
  const together = ranksTogether();
  const starts = rows.starts;
  const weights = rows.weights;
  const content = rows.content;
  const size = startSet();
  if (target === closed) {
    for (let row = 0; row < rowCount; row++) {
      let mask: u64 = 0;
      const end = get(starts, row + 1);
      for (let p = get(starts, row); p < end; p++) mask |= <u64>1 << get(content, p);
      addToTables(mask, together, get(weights, row));
    }
    takeClosed(together, items, size, minSupport);
    return;
  }
  for (let row = 0; row < rowCount; row++) {
    let mask = 0;
    for (let p = get(starts, row), end = get(starts, row + 1); p < end; p++) {
      const item = get(content, p);
      if (item >= together) break;
      mask |= 1 << item;
    }
    addToTable(mask, get(weights, row));
  }
  takeFrequent(together, items, size, target === all ? everywhereCount : 0, minSupport);
}

/** How many entries the last {@link countRows} went through. */
let entriesOfRank: i32 = 0;

/**
 * Counts the ranks before `rank` in the rows that hold it, or all of their ranks, and finds its places in them.
 *
 * @param marking whether the ranks that are counted are marked in `seen`
 * @returns how many transactions the rows stand for
 */
@inline
function countRows(rank: i32, places: usize, whole: bool, marking: bool): i32 {
  const from = get(holderStarts, rank);
  const to = get(holderStarts, rank + 1);
  const starts = rows.starts;
  const weights = rows.weights;
  const content = rows.content;
  const holding = holders;
  const counts = tally.counts;
  const marks = seen;
  let support = 0;
  let length = 0;
  for (let o = from; o < to; o++) {
    const row = get(holding, o);
    const weight = get(weights, row);
    support += weight;
    const start = get(starts, row);
    const end = get(starts, row + 1);
    let p = start;
    for (; p < end; p++) {
      const item = get(content, p);
      if (item >= rank) break;
      set(counts, item, get(counts, item) + weight);
      if (marking) set(marks, item >>> 5, get(marks, item >>> 5) | (1 << item));
    }
    set(places, o - from, p);
    if (whole) {
      for (; p < end; p++) {
        const item = get(content, p);
        set(counts, item, get(counts, item) + weight);
        if (marking) set(marks, item >>> 5, get(marks, item >>> 5) | (1 << item));
      }
    }
    length += p - start;
  }
  entriesOfRank = length;
  return support;
}

/**
 * The sets whose highest rank is `rank`.
 *
 * @param share which of `shares` parts of the work to do
 */
export function mineRank(rank: i32, share: i32, shares: i32): void {
  tick();
  const before = mark();
  const from = get(holderStarts, rank);
  const to = get(holderStarts, rank + 1);
  const places = allocate(<usize>(to - from) << 2);
  const condensed = isCondensed();
  const end = condensed ? rankCount : rank;
  const marked = end / sparse > to - from;
  const support = marked ? countRows(rank, places, condensed, true) : countRows(rank, places, condensed, false);
  const length = entriesOfRank;
  const taken = marked ? tally.takeFrequentOf(seen, end) : tally.takeFrequent(end);
  let size = startSet();
  let perfectCount = target === all ? everywhereCount : 0;
  set(prefix, size++, get(items, rank));
  let next = 0;
  let checks = 0;
  let entries = 0;
  let subsumed = false;
  for (let n = 0; n < taken; n++) {
    const k = get(tally.items, n);
    const count = get(tally.supports, n);
    if (k < rank) {
      if (count === support) {
        if (target === all) set(perfect, perfectCount++, get(items, k));
        else if (condensed) set(prefix, size++, get(items, k));
      } else {
        set(names, next, get(items, k));
        set(tally.map, k, next++);
        entries += count;
      }
    } else if (k > rank) {
      subsumed = subsumed || count === support;
      set(tally.map, k, next + checks++);
      entries += count;
    }
  }
  // Where another rank holds all its rows, all its sets are part of that one's.
  if (!subsumed && support >= minSupport) {
    if (share === 0 && (target !== maximal || next + checks === 0)) record(size, perfectCount, support);
    if (next > 0 && size < maxLength()) {
      const projection = newProjection();
      projection.parent = rows;
      projection.rows = holders;
      projection.places = places - (<usize>from << 2);
      projection.from = from;
      projection.to = to;
      projection.map = tally.map;
      projection.items = next;
      projection.checks = checks;
      projection.support = support;
      projection.entries = min(entries, length);
      projection.names = names;
      search(projection, size, perfectCount, share, shares);
    }
  }
  release(before);
}

function search(projection: Projection, size: i32, perfectCount: i32, share: i32, shares: i32): void {
  if (target === closed) {
    if (shares === 1) searchClosedProjection(projection, size);
    else searchClosedRows(projection.merged(true, false), size, share, shares);
  } else if (target === maximal) {
    if (shares === 1) searchMaximalProjection(projection, size);
    else searchMaximalRows(projection.merged(true, true), size, share, shares);
  } else if (shares === 1) searchAllProjection(projection, size, perfectCount);
  else searchAllRows(projection.merged(false, false), size, perfectCount, share, shares);
}
