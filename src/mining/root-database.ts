import { allocateColumn } from '../baskets/int-column.ts';
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
  /** Row `r` holds the ranks `content[starts[r]] … content[starts[r + 1] - 1]`, ascending; no two rows are equal. */
  readonly starts: Int32Array;
  readonly content: Int32Array;
  /** How many transactions each row stands for. */
  readonly weights: Int32Array;
  /** Rank `k` is in the rows `holders[holderStarts[k]] … holders[holderStarts[k + 1] - 1]`, ascending. */
  readonly holderStarts: Int32Array;
  readonly holders: Int32Array;
  /** By rank: how many entries its rows have before it, and how many altogether. */
  readonly entriesBefore: Float64Array;
  readonly entriesOfRows: Float64Array;
}

/** Makes a column of zeros; called once for each, with the exact length. */
export type AllocateColumn = (length: number) => Int32Array;

const allocateShared: AllocateColumn = (length) => allocateColumn(length, true);

/** How many integers a root database of these transactions has at most, and in how many columns. */
export function rootSize({ offsets, items, itemCount }: Transactions): { integers: number; columns: number } {
  return { integers: 2 * items.length + 2 * offsets.length + 4 * itemCount + 2, columns: 8 };
}

/**
 * @param minSupport the least number of transactions that hold an item, ≥ 1; rarer items are left out
 * @param allocate makes the columns; in shared memory of their own without it
 */
export function encodeRoot(
  transactions: Transactions,
  minSupport: number,
  allocate: AllocateColumn = allocateShared,
): RootDatabase {
  const count = transactionCount(transactions);
  const ranked = rankItems(transactions, minSupport, 'commonest-first');
  // Items in every transaction have the first ranks.
  const skipped = ranked.supports.findIndex((support) => support < count);
  const common = skipped < 0 ? ranked.items.length : skipped;
  const items = kept(ranked.items.subarray(common), allocate);
  const supports = kept(ranked.supports.subarray(common), allocate);
  const rankOf = ranked.rankOf.map((rank) => rank - common);
  const rows = distinctRows(transactions, sortedRows(transactions, rankOf, supports), allocate);
  return {
    transactionCount: count,
    everywhere: kept(ranked.items.subarray(0, common), allocate),
    items,
    supports,
    ...rows,
    ...holdersOf(rows, items.length, allocate),
  };
}

/** A copy of a column in memory of its own. */
function kept(column: Int32Array, allocate: AllocateColumn): Int32Array {
  const copy = allocate(column.length);
  copy.set(column);
  return copy;
}

interface Rows {
  starts: Int32Array;
  content: Int32Array;
}

/** The transactions as rows of ascending ranks: sorted all at once, by going through the ranks in order. */
function sortedRows({ offsets, items }: Transactions, rankOf: Int32Array, supports: Int32Array): Rows {
  const rowCount = offsets.length - 1;
  const ends = new Int32Array(supports.length);
  for (let k = 1; k < supports.length; k++) ends[k] = ends[k - 1] + supports[k - 1];
  const total = supports.length === 0 ? 0 : ends[supports.length - 1] + supports[supports.length - 1];
  const rowsByRank = new Int32Array(total);
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
  const content = new Int32Array(total);
  const next = starts.slice(0, rowCount);
  for (let k = 0, at = 0; k < supports.length; k++) {
    for (const end = ends[k]; at < end; at++) content[next[rowsByRank[at]]++] = k;
  }
  return { starts, content };
}

/** Merges equal rows, and drops empty ones. Moves the rows to the front of `content` as it goes. */
function distinctRows(
  { offsets }: Transactions,
  { starts, content }: Rows,
  allocate: AllocateColumn,
): Pick<RootDatabase, 'starts' | 'content' | 'weights'> {
  const rowCount = offsets.length - 1;
  const weights = new Int32Array(rowCount);
  // A third to two thirds of the slots are taken at most.
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(1.5 * rowCount + 1)));
  const mask = slots.length - 1;
  let rows = 0;
  let end = 0;
  for (let row = 0; row < rowCount; row++) {
    const from = starts[row];
    const length = starts[row + 1] - from;
    if (length === 0) continue;
    let hash = length;
    for (let at = from; at < from + length; at++) {
      hash = Math.imul(hash ^ content[at], 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    let slot = hash & mask;
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      if (equalRows(content, starts[slots[slot] - 1], starts[slots[slot]], from, length)) break;
    }
    if (slots[slot] !== 0) {
      weights[slots[slot] - 1]++;
      continue;
    }
    content.copyWithin(end, from, from + length);
    // Rows move to the front, so the starts that are still to be read are never overwritten.
    end += length;
    starts[rows + 1] = end;
    weights[rows] = 1;
    slots[slot] = ++rows;
  }
  return {
    starts: kept(starts.subarray(0, rows + 1), allocate),
    content: kept(content.subarray(0, end), allocate),
    weights: kept(weights.subarray(0, rows), allocate),
  };
}

function equalRows(content: Int32Array, from: number, end: number, other: number, length: number): boolean {
  if (end - from !== length) return false;
  for (let i = 0; i < length; i++) if (content[from + i] !== content[other + i]) return false;
  return true;
}

function holdersOf(
  { starts, content }: Rows,
  rankCount: number,
  allocate: AllocateColumn,
): Pick<RootDatabase, 'holderStarts' | 'holders' | 'entriesBefore' | 'entriesOfRows'> {
  const holderStarts = allocate(rankCount + 1);
  for (let at = 0; at < content.length; at++) holderStarts[content[at] + 1]++;
  for (let k = 0; k < rankCount; k++) holderStarts[k + 1] += holderStarts[k];
  const holders = allocate(content.length);
  const ends = holderStarts.slice(0, rankCount);
  const entriesBefore = new Float64Array(new SharedArrayBuffer(8 * rankCount));
  const entriesOfRows = new Float64Array(new SharedArrayBuffer(8 * rankCount));
  for (let row = 0, at = 0; row + 1 < starts.length; row++) {
    const from = starts[row];
    for (const end = starts[row + 1]; at < end; at++) {
      const rank = content[at];
      holders[ends[rank]++] = row;
      entriesBefore[rank] += at - from;
      entriesOfRows[rank] += end - from;
    }
  }
  return { holderStarts, holders, entriesBefore, entriesOfRows };
}
