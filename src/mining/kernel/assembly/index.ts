import { openAll, searchAllProjection, searchAllRows } from "./all";
import { openClosed, searchClosedProjection, searchClosedRows } from "./closed";
import { openMaximal, searchMaximalProjection, searchMaximalRows } from "./maximal";
import { allocate, mark, release, set, startArena } from "./memory";
import { newProjection } from "./projection";
import { newRows } from "./rows";
import { flush, histogramAddress, histogramSize, openSink, perfect, prefix, record } from "./sink";
import { openTables, tableItems } from "./table";

/** The numbers of the targets; `kernel.ts` has the same. */
const all: i32 = 0;
const closed: i32 = 1;
const maximal: i32 = 2;
const generator: i32 = 3;

let target: i32 = all;

/**
 * Starts anew with empty memory.
 *
 * @param list whether sets are listed; counted without
 * @param itemCount the most items that a set can have
 */
export function open(
  wanted: i32,
  minSupport: i32,
  minLength: i32,
  maxLength: i32,
  list: bool,
  itemCount: i32,
): void {
  startArena(__heap_base);
  target = wanted;
  setMinSupport(minSupport);
  openSink(list, minLength, maxLength, itemCount);
  openTables(wanted === closed);
}

/** From here on sets need so many transactions: for searches that raise it as they go. */
export function setMinSupport(minSupport: i32): void {
  openAll(minSupport, target === generator);
  openClosed(minSupport);
  openMaximal(minSupport);
}

/** Takes the set of the `size` items of the prefix, with each subset of so many perfect extensions. */
export function takeSet(size: i32, perfectCount: i32, support: i32): void {
  record(size, perfectCount, support);
}

/**
 * Searches a projection whose rows the host has laid out: the sets that extend the `size` items of the prefix, with
 * `perfectCount` perfect extensions.
 *
 * @param starts by row: where its items begin in `content`; `middles` where those end that may extend, `ends` where the row
 *   ends
 * @param support the number of transactions of the rows, `weights` by row
 * @param map by entry of `content`: its number in the projection, −1 where it drops out
 * @param names the id of each of the items that extend
 * @param share which of `shares` parts of the work to do
 */
export function search(
  rowCount: i32,
  items: i32,
  checks: i32,
  starts: usize,
  middles: usize,
  ends: usize,
  weights: usize,
  content: usize,
  entries: i32,
  support: i32,
  map: usize,
  names: usize,
  size: i32,
  perfectCount: i32,
  share: i32,
  shares: i32,
): void {
  const before = mark();
  const rows = newRows();
  rows.count = rowCount;
  rows.items = items;
  rows.checks = checks;
  rows.starts = starts;
  rows.ends = ends;
  rows.weights = weights;
  rows.content = content;
  rows.names = names;
  const projection = newProjection();
  projection.parent = rows;
  projection.rows = countingUp(rowCount);
  projection.places = middles;
  projection.from = 0;
  projection.to = rowCount;
  projection.map = map;
  projection.items = items;
  projection.checks = checks;
  projection.support = support;
  projection.entries = entries;
  projection.names = names;
  if (target === closed) {
    if (shares === 1) searchClosedProjection(projection, size);
    else searchClosedRows(projection.merged(true, false), size, share, shares);
  } else if (target === maximal) {
    if (shares === 1) searchMaximalProjection(projection, size);
    else searchMaximalRows(projection.merged(true, true), size, share, shares);
  } else if (shares === 1) searchAllProjection(projection, size, perfectCount);
  else searchAllRows(projection.merged(false, false), size, perfectCount, share, shares);
  release(before);
}

function countingUp(length: i32): usize {
  const column = allocate(<usize>length << 2);
  for (let i = 0; i < length; i++) set(column, i, i);
  return column;
}

export function prefixAddress(): usize {
  return prefix;
}

export function perfectAddress(): usize {
  return perfect;
}

export { allocate, flush, histogramAddress, histogramSize, mark, release, tableItems };
