import { allocateColumn } from '../baskets/int-column.ts';
import { offsetsOf } from '../baskets/offsets.ts';
import { type Transactions, transactionCount } from '../baskets/transactions.ts';
import { rankItems } from './ranked-items.ts';

/**
 * What a search for itemsets starts from: the frequent items by rank, the distinct transactions as rows of ranks, and
 * the rows that hold each rank. It lies in shared memory, so that threads read it without a copy.
 */
export interface RootDatabase {
  /** How many transactions there were, empty ones included: the support of the empty set. */
  readonly transactionCount: number;
  /** Ids of the items that every transaction holds. They stand in no row, as they extend every itemset. */
  readonly everywhere: Int32Array;
  /** The item id of each rank, the most frequent first. */
  readonly items: Int32Array;
  /** The number of transactions that hold each rank. */
  readonly supports: Int32Array;
  /**
   * Four entries for each row, together for the sake of memory caches: where in `content` its ranks begin, where they end,
   * twice, as a conditional database tells two kinds of items apart, and how many transactions it stands for.
   */
  readonly rows: Int32Array;
  /** The ranks of each row, ascending; no two rows are equal. */
  readonly content: Int32Array;
  /** Rank `k` is in the rows `holders[holderStarts[k]] … holders[holderStarts[k + 1] - 1]`, ascending. */
  readonly holderStarts: Int32Array;
  readonly holders: Int32Array;
  /** By rank: how many entries its rows have before it, and how many altogether. */
  readonly entriesBefore: Float64Array;
  readonly entriesOfRows: Float64Array;
}

/** How many entries a row has in `rows`, and which of them is what. */
export const rowEntries = 4;
export const rowStart = 0;
export const rowEnd = 2;
export const rowWeight = 3;

export const rowCountOf = ({ rows }: RootDatabase): number => rows.length / rowEntries;

/** Makes a column, of any content; called once for each, with the most entries that it may have. */
export type AllocateColumn = (length: number) => Int32Array;

/** Makes room for so many integers at most, in so many columns. */
export type ReserveColumns = (integers: number, columns: number) => AllocateColumn;

const separately: ReserveColumns = () => (length) => allocateColumn(length, true);

/**
 * @param minSupport the least number of transactions that hold an item, ≥ 1; rarer items are left out
 * @param reserve called once the size is known; without it each column is in shared memory of its own
 */
export function encodeRoot(
  transactions: Transactions,
  minSupport: number,
  reserve: ReserveColumns = separately,
): RootDatabase {
  const count = transactionCount(transactions);
  const ranked = rankItems(transactions, minSupport, 'commonest-first');
  // Items in every transaction have the first ranks.
  const skipped = ranked.supports.findIndex((support) => support < count);
  const common = skipped < 0 ? ranked.items.length : skipped;
  const entries = ranked.supports.subarray(common).reduce((sum, support) => sum + support, 0);
  const allocate = reserve(2 * entries + rowEntries * count + 3 * ranked.items.length + 1, 7);
  const items = kept(ranked.items.subarray(common), allocate);
  const supports = kept(ranked.supports.subarray(common), allocate);
  const rankOf = ranked.rankOf.map((rank) => rank - common);
  const sorted = sortedRows(transactions, rankOf, supports, allocate);
  const { numbers, ...rows } = mergeRows(sorted, items.length, allocate);
  return {
    transactionCount: count,
    everywhere: kept(ranked.items.subarray(0, common), allocate),
    items,
    supports,
    ...rows,
    ...renumberHolders(sorted, numbers, supports, allocate),
  };
}

/** A copy of a column in memory of its own. */
function kept(column: Int32Array, allocate: AllocateColumn): Int32Array {
  const copy = allocate(column.length);
  copy.set(column);
  return copy;
}

/** The transactions as rows of ascending ranks, and by rank those that hold it. */
interface SortedRows {
  starts: Int32Array;
  content: Int32Array;
  rowsByRank: Int32Array;
}

/** Sorts all transactions at once, by going through the ranks in order. */
function sortedRows(
  { offsets, items }: Transactions,
  rankOf: Int32Array,
  supports: Int32Array,
  allocate: AllocateColumn,
): SortedRows {
  const rowCount = offsets.length - 1;
  const ends = offsetsOf(supports);
  const total = ends[supports.length];
  const rowsByRank = allocate(total);
  const starts = new Int32Array(rowCount + 1);
  for (let row = 0, at = 0; row < rowCount; row++) {
    let length = 0;
    for (const end = offsets[row + 1]; at < end; at++) {
      const rank = rankOf[items[at]];
      if (rank < 0) continue;
      rowsByRank[ends[rank]++] = row;
      length++;
    }
    starts[row + 1] = starts[row] + length;
  }
  const content = allocate(total);
  const next = starts.slice(0, rowCount);
  for (let k = 0, at = 0; k < supports.length; k++) {
    for (const end = ends[k]; at < end; at++) content[next[rowsByRank[at]]++] = k;
  }
  return { starts, content, rowsByRank };
}

/**
 * Merges equal rows and drops empty ones, moving the others to the front.
 *
 * @returns besides the columns of the root database: by row as it was, its number now, −1 for one that is no more
 */
function mergeRows(
  { starts, content }: SortedRows,
  rankCount: number,
  allocate: AllocateColumn,
): Omit<
  RootDatabase,
  'transactionCount' | 'everywhere' | 'items' | 'supports' | 'holderStarts' | 'holders'
> & {
  numbers: Int32Array;
} {
  const rowCount = starts.length - 1;
  const rows = allocate(rowEntries * rowCount);
  const numbers = new Int32Array(rowCount).fill(-1);
  const entriesBefore = new Float64Array(new SharedArrayBuffer(8 * rankCount));
  const entriesOfRows = new Float64Array(new SharedArrayBuffer(8 * rankCount));
  // A third to two thirds of the slots are taken at most; they hold row numbers, from 1.
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(1.5 * rowCount + 1)));
  let count = 0;
  let end = 0;
  for (let t = 0; t < rowCount; t++) {
    const from = starts[t];
    const length = starts[t + 1] - from;
    if (length === 0) continue;
    const slot = slotOf(content, rows, from, length, slots);
    if (slots[slot] !== 0) {
      rows[rowEntries * (slots[slot] - 1) + rowWeight]++;
      continue;
    }
    const head = rowEntries * count;
    rows[head + rowStart] = end;
    for (let i = 0; i < length; i++) {
      const rank = content[from + i];
      content[end++] = rank;
      entriesBefore[rank] += i;
      entriesOfRows[rank] += length;
    }
    rows[head + 1] = end;
    rows[head + rowEnd] = end;
    rows[head + rowWeight] = 1;
    numbers[t] = count;
    slots[slot] = ++count;
  }
  return {
    rows: rows.subarray(0, rowEntries * count),
    content: content.subarray(0, end),
    entriesBefore,
    entriesOfRows,
    numbers,
  };
}

/** Where in the hash table the row is that equals the one from `from` on, or else where there is room for it. */
function slotOf(
  content: Int32Array,
  rows: Int32Array,
  from: number,
  length: number,
  slots: Int32Array,
): number {
  let hash = length;
  for (let at = from; at < from + length; at++) {
    hash = Math.imul(hash ^ content[at], 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  const mask = slots.length - 1;
  let slot = hash & mask;
  for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
    const head = rowEntries * (slots[slot] - 1);
    if (equalRows(content, rows[head + rowStart], rows[head + rowEnd], from, length)) break;
  }
  return slot;
}

function equalRows(content: Int32Array, from: number, end: number, other: number, length: number): boolean {
  if (end - from !== length) return false;
  for (let i = 0; i < length; i++) if (content[from + i] !== content[other + i]) return false;
  return true;
}

/** Makes the holders of the rows that are left out of those of all rows, in place. */
function renumberHolders(
  { rowsByRank }: SortedRows,
  numbers: Int32Array,
  supports: Int32Array,
  allocate: AllocateColumn,
): Pick<RootDatabase, 'holderStarts' | 'holders'> {
  const holderStarts = allocate(supports.length + 1);
  holderStarts[0] = 0;
  let end = 0;
  for (let k = 0, at = 0; k < supports.length; k++) {
    for (const last = at + supports[k]; at < last; at++) {
      const number = numbers[rowsByRank[at]];
      if (number >= 0) rowsByRank[end++] = number;
    }
    holderStarts[k + 1] = end;
  }
  return { holderStarts, holders: rowsByRank.subarray(0, end) };
}
