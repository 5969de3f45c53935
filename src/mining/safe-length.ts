import { type RootDatabase, rowCountOf, rowEnd, rowEntries, rowStart, rowWeight } from './root-database.ts';

/**
 * The most items that itemsets may have for there to be at most `most` of them, whatever the data hold; 0 when even those
 * of one item are more. A bound: of each size there are no more than combinations of the frequent items, and no more than
 * combinations within the transactions divided by the transactions that each set needs.
 *
 * @param minSupport the least number of transactions that hold an itemset, ≥ 1
 */
export function safeLength(root: RootDatabase, minSupport: number, most: number): number {
  const common = root.everywhere.length;
  const items = root.items.length + common;
  const ofLength = transactionsByLength(root);
  let total = 0;
  for (let size = 1; size < ofLength.length; size++) {
    let within = 0;
    for (let length = size; length < ofLength.length; length++)
      if (ofLength[length] > 0) within += ofLength[length] * combinations(length, size);
    total += Math.min(combinations(items, size), within / minSupport);
    if (total > most) return size - 1;
  }
  return Math.max(0, ofLength.length - 1);
}

/**
 * The most items that one transaction has of those whose copies alone make it frequent: all its subsets are frequent, too.
 * 0 where there is none.
 */
export function longestRepeated({ rows, everywhere }: RootDatabase, minSupport: number): number {
  let longest = 0;
  for (let r = 0; r < rows.length; r += rowEntries)
    if (rows[r + rowWeight] >= minSupport) longest = Math.max(longest, rows[r + rowEnd] - rows[r + rowStart]);
  return longest + everywhere.length;
}

/** The length up to which a set of `items` items has at most so many subsets that are not empty. */
export function subsetLength(items: number, most: number): number {
  let total = 0;
  for (let size = 1; size <= items; size++) {
    total += combinations(items, size);
    if (total > most) return size - 1;
  }
  return Number.POSITIVE_INFINITY;
}

/** By number of items: how many transactions have so many frequent ones. */
function transactionsByLength(root: RootDatabase): Float64Array {
  const { rows, everywhere, transactionCount } = root;
  let longest = 0;
  for (let r = 0; r < rows.length; r += rowEntries)
    longest = Math.max(longest, rows[r + rowEnd] - rows[r + rowStart]);
  const counts = new Float64Array(longest + everywhere.length + 1);
  let rest = transactionCount;
  for (let row = 0; row < rowCountOf(root); row++) {
    const head = row * rowEntries;
    counts[rows[head + rowEnd] - rows[head + rowStart] + everywhere.length] += rows[head + rowWeight];
    rest -= rows[head + rowWeight];
  }
  counts[everywhere.length] += rest;
  return counts;
}

/** How many sets of `size` there are of so many items; as near as a double comes. */
function combinations(items: number, size: number): number {
  let count = 1;
  for (let i = 0; i < size; i++) count *= (items - i) / (i + 1);
  return count;
}
