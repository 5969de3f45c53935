import { offsetsOf } from '../baskets/offsets.ts';
import { type Transactions, transactionCount } from '../baskets/transactions.ts';

/** Frequent items by rank: small integers that a miner works with in place of item ids. */
export interface RankedItems {
  /** The item id of each rank. */
  readonly items: Int32Array;
  /** In how many transactions the item of each rank is. */
  readonly supports: Int32Array;
  /** The rank of each item id; -1 when the item is not frequent. */
  readonly rankOf: Int32Array;
}

/** Compressed columns: group `g` holds `values[offsets[g]] … values[offsets[g + 1] - 1]`, ascending. */
export interface Groups {
  readonly offsets: Int32Array;
  readonly values: Int32Array;
}

/** Ranks the items that `minSupport` transactions or more hold, by support and then by id. */
export function rankItems(
  { itemCount, items }: Transactions,
  minSupport: number,
  order: 'rarest-first' | 'commonest-first',
): RankedItems {
  const counts = new Int32Array(itemCount);
  for (let at = 0; at < items.length; at++) counts[items[at]]++;
  const sign = order === 'rarest-first' ? 1 : -1;
  const frequent: number[] = [];
  for (let item = 0; item < itemCount; item++) if (counts[item] >= minSupport) frequent.push(item);
  frequent.sort((a, b) => sign * (counts[a] - counts[b]) || a - b);
  const rankOf = new Int32Array(itemCount).fill(-1);
  frequent.forEach((item, rank) => {
    rankOf[item] = rank;
  });
  return {
    items: Int32Array.from(frequent),
    supports: Int32Array.from(frequent, (item) => counts[item]),
    rankOf,
  };
}

/** The transactions that hold each ranked item: a group per rank. */
export function transactionsByRank(transactions: Transactions, { supports, rankOf }: RankedItems): Groups {
  const { offsets: rows, items } = transactions;
  const offsets = offsetsOf(supports);
  const values = new Int32Array(offsets[supports.length]);
  const ends = offsets.slice(0, supports.length);
  const count = transactionCount(transactions);
  for (let t = 0, at = 0; t < count; t++) {
    for (const end = rows[t + 1]; at < end; at++) {
      const rank = rankOf[items[at]];
      if (rank >= 0) values[ends[rank]++] = t;
    }
  }
  return { offsets, values };
}

/** The same memberships the other way about: a group per value 0 … `valueCount - 1`, of group numbers. */
export function transposed({ offsets, values }: Groups, valueCount: number): Groups {
  const sizes = new Int32Array(valueCount);
  for (let at = 0; at < values.length; at++) sizes[values[at]]++;
  const starts = offsetsOf(sizes);
  const ends = starts.slice(0, valueCount);
  const groups = new Int32Array(values.length);
  for (let g = 0, at = 0; g + 1 < offsets.length; g++) {
    for (const end = offsets[g + 1]; at < end; at++) groups[ends[values[at]]++] = g;
  }
  return { offsets: starts, values: groups };
}
