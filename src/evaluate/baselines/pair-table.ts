import { holdersOf } from '../../baskets/holders.ts';
import { withRoom } from '../../baskets/int-column.ts';
import { type Transactions, transactionCount } from '../../baskets/transactions.ts';
import { itemCounts } from './item-popularity.ts';

/**
 * How often items are bought together, sparsely: any number of items, of which few pairs occur. Item a was with the items
 * `others[offsets[a]]` … `others[offsets[a + 1] - 1]`, ascending, in as many baskets as `together` says; each pair is there from
 * both sides.
 */
export interface PairTable {
  readonly basketCount: number;
  /** By item: baskets that hold it. */
  readonly counts: Int32Array;
  readonly offsets: Int32Array;
  readonly others: Int32Array;
  readonly together: Int32Array;
}

/**
 * Counts pairs. Takes time for every pair in every basket, and memory for the pairs that occur often enough.
 *
 * @param minTogether in how many baskets a pair must be
 */
export function pairTable(baskets: Transactions, minTogether: number): PairTable {
  const { itemCount, offsets, items } = baskets;
  const counts = itemCounts(baskets);
  const holders = holdersOf(baskets);
  const starts = new Int32Array(itemCount + 1);
  let others: Int32Array = new Int32Array(1024);
  let together: Int32Array = new Int32Array(1024);
  const tally = new Int32Array(itemCount);
  const seen = new Int32Array(itemCount);
  let end = 0;
  for (let item = 0; item < itemCount; item++) {
    let met = 0;
    for (let h = holders.offsets[item]; h < holders.offsets[item + 1]; h++) {
      const basket = holders.bags[h];
      for (let i = offsets[basket]; i < offsets[basket + 1]; i++)
        if (tally[items[i]]++ === 0) seen[met++] = items[i];
    }
    tally[item] = 0;
    others = withRoom(others, end + met);
    together = withRoom(together, end + met);
    for (const other of seen.subarray(0, met).sort()) {
      if (tally[other] >= minTogether && other !== item) {
        others[end] = other;
        together[end++] = tally[other];
      }
      tally[other] = 0;
    }
    starts[item + 1] = end;
  }
  return {
    basketCount: transactionCount(baskets),
    counts,
    offsets: starts,
    others: others.slice(0, end),
    together: together.slice(0, end),
  };
}
