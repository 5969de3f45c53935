import { searchAllItem } from "./all";
import { searchClosedItem } from "./closed";
import { tick } from "./host";
import { putAll } from "./listing";
import { searchMaximalItem } from "./maximal";
import { allocate, get, mark, release, set } from "./memory";
import { newProjection, Projection } from "./projection";
import { newRows, rowAt, Rows } from "./rows";
import { all, closed, generator, maximal, minSupport, target } from "./settings";
import { perfect } from "./sink";
import { addToTable, addToTables, tableItems, takeClosed, takeFrequent } from "./table";
import { areSparse, newCounts, newMarks, newTally, Tally } from "./tally";

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

/** For the first projection of a rank. */
let projection: Projection = changetype<Projection>(0);
let tally: Tally = changetype<Tally>(0);
let counts: usize = 0;
let seen: usize = 0;

/** Up to so many items, checks included, are bits of a mask. */
const mostMaskedItems: i32 = 64;

/** Tells where the columns of the root database stand; see `root-database.ts` of the host. */
export function openRoot(
  rowTotal: i32,
  allRows: usize,
  content: usize,
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
  rows.rows = allRows;
  rows.content = content;
  rows.names = itemIds;
  projection = newProjection(rows);
  projection.rows = allHolders;
  tally = newTally(ranks);
  counts = newCounts(ranks);
  seen = newMarks(ranks);
}

@inline
function isCondensed(): bool {
  return target === closed || target === maximal;
}

/** How many of the first ranks are searched together, in one table. */
export function ranksTogether(): i32 {
  const tabled = min(rankCount, tableItems(rowCount));
  if (target === maximal || (target === closed && rankCount > mostMaskedItems)) return 0;
  return tabled;
}

/** Begins the set in hand with the items that are everywhere; returns its size. */
function startSet(): i32 {
  if (target === generator) return 0;
  if (isCondensed()) putAll(everywhere, everywhereCount);
  else memory.copy(perfect, everywhere, <usize>everywhereCount << 2);
  return isCondensed() ? everywhereCount : 0;
}

/** The sets of the first ranks alone. */
export function mineTogether(): void {
  const together = ranksTogether();
  const allRows = rows.rows;
  const content = rows.content;
  const size = startSet();
  if (target === closed) {
    for (let n = 0; n < rowCount; n++) {
      const row = rowAt(allRows, n);
      let mask: u64 = 0;
      for (let p = row.start, end = row.end; p < end; p++) mask |= <u64>1 << get(content, p);
      addToTables(mask, together, row.weight);
    }
    takeClosed(together, items, size, minSupport);
    return;
  }
  for (let n = 0; n < rowCount; n++) {
    const row = rowAt(allRows, n);
    let mask = 0;
    for (let p = row.start, end = row.end; p < end; p++) {
      const item = get(content, p);
      if (item >= together) break;
      mask |= 1 << item;
    }
    addToTable(mask, row.weight);
  }
  takeFrequent(together, items, size, target === all ? everywhereCount : 0, minSupport);
}

/**
 * Counts the ranks before `rank` in the rows that hold it, or all of their ranks, for its projection.
 *
 * @param whole whether all are counted; without, `projection.places` takes where in each row the rank stands
 * @param marking whether the ranks that are counted are marked in `seen`
 */
@inline
function countRows(rank: i32, whole: bool, marking: bool): void {
  const to = projection.to;
  const places = projection.places;
  const allRows = rows.rows;
  const content = rows.content;
  const holding = holders;
  const countOf = counts;
  const marks = seen;
  let support = 0;
  let length = 0;
  for (let o = projection.from; o < to; o++) {
    const row = rowAt(allRows, get(holding, o));
    const weight = row.weight;
    support += weight;
    const start = row.start;
    const end = row.end;
    let p = start;
    for (; p < end; p++) {
      const item = get(content, p);
      if (!whole && item >= rank) break;
      set(countOf, item, get(countOf, item) + weight);
      if (marking) set(marks, item >>> 5, get(marks, item >>> 5) | (1 << item));
    }
    if (!whole) set(places, o, p);
    length += p - start;
  }
  projection.support = support;
  projection.length = length;
}

/** Finds the ranks that are frequent with `rank`: those before it, or all. */
function tallyRank(rank: i32, whole: bool): void {
  const end = whole ? rankCount : rank;
  tally.length = 0;
  if (areSparse(end, projection.to - projection.from)) {
    if (whole) countRows(rank, true, true);
    else countRows(rank, false, true);
    tally.takeFrequentOf(counts, seen, end);
  } else {
    if (whole) countRows(rank, true, false);
    else countRows(rank, false, false);
    tally.takeFrequent<i32>(counts, end, 0);
  }
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
  const whole = isCondensed();
  projection.from = from;
  projection.to = to;
  projection.places = whole ? 0 : allocate(<usize>(to - from) << 2) - (<usize>from << 2);
  tallyRank(rank, whole);
  if (projection.support >= minSupport) {
    const size = startSet();
    if (target === closed) searchClosedItem(projection, rank, tally, 0, tally.length, size, share, shares);
    else if (target === maximal) searchMaximalItem(projection, rank, tally, size, share, shares);
    else {
      const perfectCount = target === all ? everywhereCount : 0;
      searchAllItem(projection, rank, tally, 0, tally.length, size, perfectCount, share, shares);
    }
  }
  release(before);
}
