import { allocate, allocateZeros, get, getMask, set, setMask } from "./memory";
import { newRows, Rows } from "./rows";

/** Folds one more item into the hash of a row. */
// @ts-ignore: decorator
@inline
function hashed(hash: i32, item: i32): i32 {
  const mixed = (hash ^ item) * 0x9e3779b1;
  return mixed ^ (mixed >>> 15);
}

/**
 * What is needed to make the conditional database of one item more: the rows of `parent` that hold it, and the new number of
 * each item.
 */
@unmanaged
export class Projection {
  parent: Rows;
  /** Entries `from` … `to` − 1 of two columns: a row of the parent, and where in it the items end that extend. */
  rows: usize = 0;
  places: usize = 0;
  from: i32 = 0;
  to: i32 = 0;
  /** By item of the parent: its number in the projection, −1 where it drops out. */
  map: usize = 0;
  items: i32 = 0;
  checks: i32 = 0;
  /** The number of transactions that the rows stand for. */
  support: i32 = 0;
  /** An upper bound on the entries of all its rows. */
  entries: i32 = 0;
  /** The id of each item that extends. */
  names: usize = 0;

  /** By item, checks included: the transactions that hold it, a bit each; for 64 transactions at most. */
  masks(withChecks: bool): usize {
    const parent = this.parent;
    const masks = allocateZeros(<usize>(this.items + this.checks) << 3);
    let bit: u64 = 0;
    for (let o = this.from; o < this.to; o++) {
      const row = get(this.rows, o);
      const weight = <u64>get(parent.weights, row);
      const bits = (weight === 64 ? ~(<u64>0) : (<u64>1 << weight) - 1) << bit;
      bit += weight;
      const end = withChecks ? get(parent.ends, row) : get(this.places, o);
      for (let p = get(parent.starts, row); p < end; p++) {
        const item = get(this.map, get(parent.content, p));
        if (item >= 0) setMask(masks, item, getMask(masks, item) | bits);
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
  merged(withChecks: bool, countable: bool): Rows {
    const parent = this.parent;
    const most = this.to - this.from;
    const rows = newRows();
    rows.items = this.items;
    rows.checks = this.checks;
    rows.names = this.names;
    rows.starts = allocate(<usize>most << 2);
    rows.ends = allocate(<usize>most << 2);
    rows.weights = allocate(<usize>most << 2);
    rows.content = allocate(<usize>this.entries << 2);
    // Where the items that extend end in each row.
    const intersecting = withChecks && !countable;
    const middles = intersecting ? allocate(<usize>most << 2) : rows.ends;
    const bits = 32 - clz(most * 2 - 1);
    const slotMask = (1 << bits) - 1;
    const slots = allocateZeros(<usize>4 << bits);
    const content = rows.content;
    let count = 0;
    let at = 0;
    for (let o = this.from; o < this.to; o++) {
      const row = get(this.rows, o);
      const weight = get(parent.weights, row);
      const place = get(this.places, o);
      const start = at;
      let hash = 0;
      for (let p = get(parent.starts, row); p < place; p++) {
        const item = get(this.map, get(parent.content, p));
        if (item < 0) continue;
        set(content, at++, item);
        hash = hashed(hash, item);
      }
      if (at === start) continue;
      let middle = at;
      if (withChecks) {
        for (let p = place, end = get(parent.ends, row); p < end; p++) {
          const item = get(this.map, get(parent.content, p));
          if (item < 0) continue;
          set(content, at++, item);
          if (countable) hash = hashed(hash, item);
        }
        if (countable) middle = at;
      }
      const length = middle - start;
      let slot = hash & slotMask;
      let same = -1;
      for (let entry = get(slots, slot); entry !== 0; entry = get(slots, slot)) {
        const other = get(rows.starts, entry - 1);
        if (
          get(middles, entry - 1) - other === length &&
          memory.compare(content + (<usize>other << 2), content + (<usize>start << 2), <usize>length << 2) === 0
        ) {
          same = entry - 1;
          break;
        }
        slot = (slot + 1) & slotMask;
      }
      if (same >= 0) {
        set(rows.weights, same, get(rows.weights, same) + weight);
        if (intersecting) set(rows.ends, same, intersect(content, get(middles, same), get(rows.ends, same), middle, at));
        at = start;
        continue;
      }
      set(slots, slot, count + 1);
      set(rows.starts, count, start);
      if (intersecting) set(middles, count, middle);
      set(rows.ends, count, at);
      set(rows.weights, count++, weight);
    }
    rows.count = count;
    return rows;
  }
}

export function newProjection(): Projection {
  return changetype<Projection>(allocate(offsetof<Projection>()));
}

/** Leaves of the ascending entries `a` … `aEnd` − 1 those that are among `b` … `bEnd` − 1 too; returns where they end. */
function intersect(content: usize, a: i32, aEnd: i32, b: i32, bEnd: i32): i32 {
  let kept = a;
  while (a < aEnd && b < bEnd) {
    const x = get(content, a);
    const y = get(content, b);
    if (x === y) {
      set(content, kept++, x);
      b++;
      a++;
    } else if (x < y) a++;
    else b++;
  }
  return kept;
}
