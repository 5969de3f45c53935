import { allocate, allocateZeros, get, set } from "./memory";

/** One row: together, as rows are visited in any order and what is needed of each should come at once. */
@unmanaged
export class Row {
  /** Where in `content` its items begin, where those end that extend, and where its checks end. */
  start: i32 = 0;
  middle: i32 = 0;
  end: i32 = 0;
  /** How many transactions it stands for. */
  weight: i32 = 0;
}

/** The bytes of a row, as a power of 2. */
const rowBits: usize = 4;

/** Space for so many rows. */
export function allocateRows(count: i32): usize {
  return allocate(<usize>count << rowBits);
}

/** The row of a number among `rows`. */
@inline
export function rowAt(rows: usize, number: i32): Row {
  return changetype<Row>(rows + (<usize>number << rowBits));
}

/**
 * A conditional database: the transactions that hold the set in hand, as weighted rows of local item numbers, ascending.
 * Numbers below `items` extend the set; those from there on, `checks` of them, are items passed over: with them the set
 * would be found elsewhere, so they tell whether it is closed.
 */
@unmanaged
export class Rows {
  count: i32 = 0;
  items: i32 = 0;
  checks: i32 = 0;
  /** How many transactions the rows stand for. */
  support: i32 = 0;
  /** The rows, and their entries. */
  rows: usize = 0;
  content: usize = 0;
  /** The id of each local item that extends, and how many transactions hold it. */
  names: usize = 0;
  supports: usize = 0;
}

export function newRows(): Rows {
  return changetype<Rows>(allocate(offsetof<Rows>()));
}

/** For each item of some, the rows that hold it, and where in them it stands if that matters. */
@unmanaged
export class Holders {
  /** By item: where its entries begin; one more entry than items. */
  starts: usize = 0;
  rows: usize = 0;
  places: usize = 0;
}

/** The holders of the items from `least` on, with their places if `placed`. */
export function holdersOf(rows: Rows, least: i32, placed: bool): Holders {
  const holders = changetype<Holders>(allocate(offsetof<Holders>()));
  // Fields in locals: the stores of a loop would have them read again in each turn.
  const count = rows.count;
  const items = rows.items;
  const all = rows.rows;
  const content = rows.content;
  // Shifted by two, so that filling in leaves each start where it belongs.
  const starts = allocateZeros(<usize>(items + 2) << 2);
  for (let row = 0; row < count; row++) {
    for (let p = rowAt(all, row).start, end = rowAt(all, row).end; p < end; p++) {
      const item = get(content, p);
      if (item >= items) break;
      if (item >= least) set(starts, item + 2, get(starts, item + 2) + 1);
    }
  }
  for (let item = least; item < items; item++) set(starts, item + 2, get(starts, item + 2) + get(starts, item + 1));
  const total = <usize>get(starts, items + 1);
  const holding = allocate(total << 2);
  const places = placed ? allocate(total << 2) : 0;
  for (let row = 0; row < count; row++) {
    for (let p = rowAt(all, row).start, end = rowAt(all, row).end; p < end; p++) {
      const item = get(content, p);
      if (item >= items) break;
      if (item < least) continue;
      const at = get(starts, item + 1);
      set(holding, at, row);
      if (placed) set(places, at, p);
      set(starts, item + 1, at + 1);
    }
  }
  holders.starts = starts;
  holders.rows = holding;
  holders.places = places;
  return holders;
}
