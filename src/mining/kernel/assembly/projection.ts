import { allocate, allocateZeros, get, getMask, set, setMask } from "./memory";
import { allocateRows, Holders, newRows, rowAt, Rows } from "./rows";
import { Tally } from "./tally";

/** Up to so many transactions a set of transactions is one integer. */
export const mostMasked: i32 = 64;

/** What an item adds to the hash of a row, which is a sum, so that no item waits for the one before. */
@inline
function hashOf(item: i32): i32 {
  const mixed = item * 0x9e3779b1;
  return mixed ^ (mixed >>> 15);
}

/**
 * What is needed to make the conditional database of one item more: the rows of `parent` that hold it, and the new number of
 * each item.
 */
@unmanaged
export class Projection {
  parent: Rows;
  /**
   * Entries `from` … `to` − 1 of two columns: a row of the parent, and where in it the items end that extend; no second column
   * (0) where all of a row matters, since items that are passed over become checks.
   */
  rows: usize = 0;
  places: usize = 0;
  from: i32 = 0;
  to: i32 = 0;
  /** By item of the parent: its number in the projection, −1 where it drops out; all −1 between projections. */
  map: usize = 0;
  items: i32 = 0;
  checks: i32 = 0;
  /** The number of transactions that the rows stand for. */
  support: i32 = 0;
  /** How many entries those rows have, and an upper bound on how many of them stay. */
  length: i32 = 0;
  entries: i32 = 0;
  /** The id of each item that extends, and how many transactions hold it. */
  names: usize = 0;
  supports: usize = 0;

  /** Is to be of the rows that hold an item of the parent. */
  @inline
  takeRows(holders: Holders, item: i32): void {
    this.rows = holders.rows;
    this.places = holders.places;
    this.from = get(holders.starts, item);
    this.to = get(holders.starts, item + 1);
    this.support = get(this.parent.supports, item);
  }

  /** Lets an item of the parent extend, by the next number. */
  @inline
  extendBy(item: i32, support: i32): void {
    const number = this.items++;
    set(this.names, number, get(this.parent.names, item));
    set(this.supports, number, support);
    set(this.map, item, number);
  }

  /** Lets an item of the parent be a check; when all items that extend are there. */
  @inline
  checkBy(item: i32): void {
    set(this.map, item, this.items + this.checks++);
  }

  /** Forgets the numbers of a tally's items from the `from`th on. */
  @inline
  forget(tally: Tally, from: i32, to: i32): void {
    for (let n = from; n < to; n++) set(this.map, tally.item(n), -1);
  }

  /** By item, checks included: the transactions that hold it, a bit each; for 64 transactions at most. */
  masks(): usize {
    const parent = this.parent;
    // Fields in locals: the stores of a loop would have them read again in each turn.
    const rows = parent.rows;
    const content = parent.content;
    const holding = this.rows;
    const places = this.places;
    const map = this.map;
    const to = this.to;
    // One more in front, for −1: what drops out is written too, without a branch.
    const masks = allocateZeros(<usize>(this.items + this.checks + 1) << 3) + 8;
    let bit: u64 = 0;
    for (let o = this.from; o < to; o++) {
      const row = rowAt(rows, get(holding, o));
      const weight = <u64>row.weight;
      const bits = (weight === 64 ? ~(<u64>0) : (<u64>1 << weight) - 1) << bit;
      bit += weight;
      const end = places === 0 ? row.end : get(places, o);
      for (let p = row.start; p < end; p++) {
        const item = get(map, get(content, p));
        setMask(masks, item, getMask(masks, item) | bits);
      }
    }
    return masks;
  }

  /**
   * The projection itself. Rows are merged that are equal in the items that extend: their weights are added, and of their
   * checks those stay that all have, as others do not hold every transaction of any set that the row is part of.
   *
   * @param countable merge only rows that are equal in their checks too, so that these can be counted
   */
  merged(countable: bool): Rows {
    const parent = this.parent;
    const parentRows = parent.rows;
    const parentContent = parent.content;
    const holding = this.rows;
    const places = this.places;
    const map = this.map;
    const to = this.to;
    const most = to - this.from;
    const made = allocateRows(most);
    // Room for an entry that drops out, and for what `intersect` overwrites.
    const content = allocate(<usize>(this.entries + 4) << 2);
    const intersecting = places === 0 && !countable;
    // Rows are compared by the items below this one.
    const compared = countable ? this.items + this.checks : this.items;
    const bits = 32 - clz(most * 2 - 1);
    const slotMask = (1 << bits) - 1;
    const slots = allocateZeros(<usize>4 << bits);
    let count = 0;
    let at = 0;
    for (let o = this.from; o < to; o++) {
      const row = rowAt(parentRows, get(holding, o));
      const start = at;
      let middle = at;
      let hash = 0;
      // Without a branch: the next item is written over one that drops out.
      for (let p = row.start, end = places === 0 ? row.end : get(places, o); p < end; p++) {
        const item = get(map, get(parentContent, p));
        const isCompared = i32(<u32>item < <u32>compared);
        set(content, at, item);
        at += i32(item >= 0);
        middle += isCompared;
        hash += hashOf(item) & -isCompared;
      }
      if (middle === start) {
        at = start;
        continue;
      }
      const length = middle - start;
      let slot = (hash ^ (hash >>> 16)) & slotMask;
      let entry = get(slots, slot);
      for (; entry !== 0; entry = get(slots, slot)) {
        const same = rowAt(made, entry - 1);
        if (same.middle - same.start === length && equal(content, same.start, start, length)) break;
        slot = (slot + 1) & slotMask;
      }
      if (entry !== 0) {
        const same = rowAt(made, entry - 1);
        same.weight += row.weight;
        if (intersecting) same.end = intersect(content, same.middle, same.end, middle, at);
        at = start;
        continue;
      }
      const next = rowAt(made, count++);
      next.start = start;
      next.middle = middle;
      next.end = at;
      next.weight = row.weight;
      set(slots, slot, count);
    }
    const rows = newRows();
    rows.count = count;
    rows.items = this.items;
    rows.checks = this.checks;
    rows.support = this.support;
    rows.rows = made;
    rows.content = content;
    rows.names = this.names;
    rows.supports = this.supports;
    return rows;
  }
}

@inline
function equal(content: usize, a: i32, b: i32, length: i32): bool {
  for (let i = 0; i < length; i++) if (get(content, a + i) !== get(content, b + i)) return false;
  return true;
}

/** A projection of rows, with nothing in it yet. */
export function newProjection(parent: Rows): Projection {
  const projection = changetype<Projection>(allocate(offsetof<Projection>()));
  const items = <usize>(parent.items + parent.checks) << 2;
  projection.parent = parent;
  projection.places = 0;
  projection.map = allocate(items);
  memory.fill(projection.map, 0xff, items);
  projection.names = allocate(items);
  projection.supports = allocate(items);
  return projection;
}

/**
 * Leaves of the entries `a` … `aEnd` − 1 those that are among `b` … `bEnd` − 1 too; returns where they end. All at once: there
 * is room for four entries behind `bEnd`, which are overwritten.
 */
function intersect(content: usize, a: i32, aEnd: i32, b: i32, bEnd: i32): i32 {
  const first = content + (<usize>b << 2);
  const last = content + (<usize>bEnd << 2);
  v128.store(last, i32x4.splat(-1));
  let kept = a;
  for (; a < aEnd; a++) {
    const item = get(content, a);
    const wanted = i32x4.splat(item);
    let found = i32x4.splat(0);
    for (let at = first; at < last; at += 16) found = v128.or(found, i32x4.eq(v128.load(at), wanted));
    set(content, kept, item);
    kept += i32(v128.any_true(found));
  }
  return kept;
}
