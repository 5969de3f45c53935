import { allocate, allocateZeros, get, set } from "./memory";
import { Holders, rowAt, Rows } from "./rows";
import { padded, Tally } from "./tally";

/**
 * How often each two items are together in a conditional database, counted in one pass: most items extend a set by nothing
 * more, which their counts tell, so that their rows need not be visited one by one.
 */

/** There is room for so many counts: what the second cache of a core holds, at two bytes each. */
const mostCounts: i32 = 1 << 19;

/** Counts take two bytes where the rows stand for no more transactions than this, else four. */
const mostShort: i32 = 0x7fff;

/** All zero but between counting and taking. */
let counts: usize = 0;

export function openPairs(): void {
  counts = allocateZeros(<usize>mostCounts << 1);
}

@unmanaged
export class Pairs {
  rows: Rows;
  /** By item: where its counts begin; −1 for those that are not counted. */
  starts: usize = 0;
  /** By item: how many rows hold it, and how many entries of theirs a projection goes through. */
  holding: usize = 0;
  lengths: usize = 0;
  /** How many pairs there are. */
  count: i32 = 0;
  /** Whether counts take two bytes. */
  short: bool = false;

  @inline
  counts(item: i32): bool {
    return get(this.starts, item) >= 0;
  }

  @inline
  length(item: i32): i32 {
    return get(this.lengths, item);
  }

  /** Takes the items before `item` that are frequent with it. */
  @inline
  takeBefore(item: i32, tally: Tally): void {
    this.take(tally, get(this.starts, item), item, 0);
  }

  /** Takes the checks that are frequent with it. */
  @inline
  takeChecks(item: i32, tally: Tally): void {
    const start = get(this.starts, item) + padded(item);
    this.take(tally, start, this.rows.checks, this.rows.items);
  }

  @inline
  private take(tally: Tally, start: i32, items: i32, first: i32): void {
    if (this.short) tally.takeFrequent<i16>(counts + (<usize>start << 1), items, first);
    else tally.takeFrequent<i32>(counts + (<usize>start << 2), items, first);
  }

  /** The rows that hold each item that is `wanted` (1 for yes, 0 for no), and where in them it stands if `placed`. */
  holders(wanted: usize, placed: bool): Holders {
    const rows = this.rows;
    const items = rows.items;
    const all = rows.rows;
    const content = rows.content;
    const starts = allocate(<usize>(items + 1) << 2);
    const next = allocate(<usize>items << 2);
    let total = 0;
    for (let item = 0; item < items; item++) {
      set(starts, item, total);
      if (get(wanted, item) !== 0) total += get(this.holding, item);
    }
    set(starts, items, total);
    // One entry more, which the other items are written to: they move nothing on, so no branch is needed.
    for (let item = 0; item < items; item++) set(next, item, get(wanted, item) !== 0 ? get(starts, item) : total);
    const holding = allocate(<usize>(total + 1) << 2);
    const places = placed ? allocate(<usize>(total + 1) << 2) : 0;
    for (let row = 0, count = rows.count; row < count; row++) {
      for (let p = rowAt(all, row).start, middle = rowAt(all, row).middle; p < middle; p++) {
        const item = get(content, p);
        const at = get(next, item);
        set(holding, at, row);
        if (placed) set(places, at, p);
        set(next, item, at + get(wanted, item));
      }
    }
    const holders = changetype<Holders>(allocate(offsetof<Holders>()));
    holders.starts = starts;
    holders.rows = holding;
    holders.places = places;
    return holders;
  }
}

/**
 * Counts the pairs of each item from `least` on with those before it, and with the checks.
 *
 * @param whole whether a projection takes whole rows, or what is before the item
 * @param share which of `shares` parts of the items to do
 * @returns a null pointer when there are more pairs than there is room for
 */
export function countPairs(rows: Rows, least: i32, whole: bool, share: i32, shares: i32): Pairs {
  const items = rows.items;
  const starts = allocate(<usize>items << 2);
  const checks = padded(rows.checks);
  const short = rows.support <= mostShort;
  const most = short ? mostCounts : mostCounts >> 1;
  let total = 0;
  for (let item = 0; item < items; item++) {
    const counted = item >= least && (shares === 1 || item % shares === share);
    set(starts, item, counted ? total : -1);
    if (!counted) continue;
    total += padded(item) + checks;
    if (total > most) return changetype<Pairs>(0);
  }
  const pairs = changetype<Pairs>(allocate(offsetof<Pairs>()));
  pairs.rows = rows;
  pairs.starts = starts;
  pairs.holding = allocateZeros(<usize>items << 2);
  pairs.lengths = allocateZeros(<usize>items << 2);
  pairs.count = total;
  pairs.short = short;
  if (short) count<i16>(pairs, whole);
  else count<i32>(pairs, whole);
  return pairs;
}

function count<T>(pairs: Pairs, whole: bool): void {
  const rows = pairs.rows;
  const items = rows.items;
  const starts = pairs.starts;
  const holding = pairs.holding;
  const lengths = pairs.lengths;
  const all = rows.rows;
  const content = rows.content;
  for (let n = 0, count = rows.count; n < count; n++) {
    const row = rowAt(all, n);
    const weight = <T>row.weight;
    const begin = row.start;
    const middle = row.middle;
    const end = row.end;
    for (let p = begin; p < middle; p++) {
      const item = get(content, p);
      const start = get(starts, item);
      if (start < 0) continue;
      set(holding, item, get(holding, item) + 1);
      set(lengths, item, get(lengths, item) + (whole ? end : p) - begin);
      const before = counts + <usize>start * sizeof<T>();
      for (let q = begin; q < p; q++) {
        const cell = before + <usize>get(content, q) * sizeof<T>();
        store<T>(cell, load<T>(cell) + weight);
      }
      const behind = before + <usize>(padded(item) - items) * sizeof<T>();
      for (let q = middle; q < end; q++) {
        const cell = behind + <usize>get(content, q) * sizeof<T>();
        store<T>(cell, load<T>(cell) + weight);
      }
    }
  }
}
