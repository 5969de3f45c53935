import { searchMaximalMasks } from "./maximal-masks";
import { tick } from "./host";
import { put } from "./listing";
import { allocateZeros, get, mark, release, set } from "./memory";
import { mostMasked, newProjection, Projection } from "./projection";
import { holdersOf, rowAt, Rows } from "./rows";
import { minSupport } from "./settings";
import { record } from "./sink";
import { Tally } from "./tally";
import { newVisits } from "./visits";

/**
 * Maximal itemsets, with checks as in `closed.ts`: a set is maximal when neither an item that extends it nor a check is
 * frequent with it. Where the first items of a projection are frequent all together, whatever extends the set by some of
 * them is part of that one set, so it alone is looked at (the head-and-tail rule of Bayardo, SIGMOD 1998, and what FPmax
 * asks its store of found sets: Grahne and Zhu, FIMI 2003).
 */

/**
 * Takes the set in hand with `item` if it is maximal, or searches the maximal sets that extend it.
 *
 * @param projection of the rows that hold the item, with their number, but nothing else in it
 * @param tally the items that are frequent with `item`, ascending, itself and checks included
 * @param share which of `shares` parts of the work to do
 */
export function searchMaximalItem(
  projection: Projection,
  item: i32,
  tally: Tally,
  size: i32,
  share: i32,
  shares: i32,
): void {
  const support = projection.support;
  const to = tally.length;
  // Where a check holds all rows, all sets are found with it.
  for (let n = to - 1; n >= 0 && tally.item(n) > item; n--) if (tally.count(n) === support) return;
  const names = projection.parent.names;
  let length = size;
  let entries = 0;
  let n = 0;
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
  // Next comes the item itself.
  for (n++; n < to; n++) {
    projection.checkBy(tally.item(n));
    entries += tally.count(n);
  }
  if (projection.items > 0) {
    projection.entries = min(entries, projection.length);
    if (shares === 1) searchMaximalProjection(projection, length);
    else searchMaximalRows(projection.merged(true), length, share, shares);
  } else if (projection.checks === 0 && share === 0) record(length, 0, support);
  projection.forget(tally, 0, to);
}

/** Searches the maximal sets that extend the set in hand, in a projection that is yet to be made. */
function searchMaximalProjection(projection: Projection, size: i32): void {
  const before = mark();
  const items = projection.items;
  if (projection.support <= mostMasked) {
    const masks = projection.masks();
    searchMaximalMasks(items, masks, projection.names, projection.checks, masks + (<usize>items << 3), size);
  } else searchMaximalRows(projection.merged(true), size, 0, 1);
  release(before);
}

/** How many of the first items are frequent all together: one at least. */
function frequentTogether(rows: Rows): i32 {
  const supports = allocateZeros(<usize>rows.items << 2);
  for (let n = 0; n < rows.count; n++) {
    const row = rowAt(rows.rows, n);
    const start = row.start;
    const end = min(row.end, start + rows.items);
    for (let p = start; p < end && get(rows.content, p) === p - start; p++) {
      set(supports, p - start, get(supports, p - start) + row.weight);
    }
  }
  let together = 1;
  while (together < rows.items && get(supports, together) >= minSupport) together++;
  return together;
}

/** Takes the set of the first `tail` items, unless another item or check is frequent with it. */
function takeTail(rows: Rows, tail: i32, size: i32): void {
  const all = rows.items + rows.checks;
  const counts = allocateZeros(<usize>all << 2);
  let support = 0;
  for (let n = 0; n < rows.count; n++) {
    const row = rowAt(rows.rows, n);
    const start = row.start;
    const end = row.end;
    // Ascending entries: the last of the first items stands in its place only if all of them are there.
    if (end - start < tail || get(rows.content, start + tail - 1) !== tail - 1) continue;
    const weight = row.weight;
    support += weight;
    for (let p = start + tail; p < end; p++) {
      const item = get(rows.content, p);
      const count = get(counts, item) + weight;
      if (count >= minSupport) return;
      set(counts, item, count);
    }
  }
  for (let i = 0; i < tail; i++) put(size + i, get(rows.names, i));
  record(size + tail, 0, support);
}

/**
 * Searches the maximal sets that extend the set in hand.
 *
 * @param share which of `shares` parts of the work to do
 */
function searchMaximalRows(rows: Rows, size: i32, share: i32, shares: i32): void {
  const before = mark();
  tick();
  const items = rows.items;
  const all = items + rows.checks;
  const tail = frequentTogether(rows);
  if (tail < items) {
    const holders = holdersOf(rows, tail, false);
    const projection = newProjection(rows);
    const visits = newVisits(all);
    for (let item = items - 1; item >= tail; item--) {
      if (shares > 1 && item % shares !== share) continue;
      projection.takeRows(holders, item);
      visits.tallyRows(projection, all);
      searchMaximalItem(projection, item, visits.tally, size, 0, 1);
    }
  }
  if (share === 0) takeTail(rows, tail, size);
  release(before);
}
