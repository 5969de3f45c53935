import { offsetsOf } from './offsets.ts';
import type { Transactions } from './transactions.ts';

/** The transactions that hold each item: item i is in `bags[offsets[i]]` … `bags[offsets[i + 1] - 1]`, ascending. */
export interface Holders {
  readonly offsets: Int32Array;
  readonly bags: Int32Array;
}

export function holdersOf({ itemCount, offsets, items }: Transactions): Holders {
  const sizes = new Int32Array(itemCount);
  for (const item of items) sizes[item]++;
  const starts = offsetsOf(sizes);
  const next = starts.slice(0, itemCount);
  const bags = new Int32Array(items.length);
  for (let bag = 0; bag + 1 < offsets.length; bag++)
    for (let p = offsets[bag]; p < offsets[bag + 1]; p++) bags[next[items[p]]++] = bag;
  return { offsets: starts, bags };
}

/** How many transactions hold each item. */
export const holderCounts = ({ offsets }: Holders): Int32Array =>
  Int32Array.from({ length: offsets.length - 1 }, (_, g) => offsets[g + 1] - offsets[g]);
