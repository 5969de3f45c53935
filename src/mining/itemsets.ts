import { transferableBuffers } from '../baskets/int-column.ts';

/**
 * Itemsets in flat columns: set `s` holds the items `items[offsets[s]] … items[offsets[s + 1] - 1]`, ascending
 * by id, and `supports[s]` transactions hold them all.
 */
export interface Itemsets {
  /** One more entry than there are itemsets; starts at 0. */
  readonly offsets: Int32Array;
  readonly items: Int32Array;
  /** Numbers of transactions. */
  readonly supports: Int32Array;
}

/** How many itemsets there are. */
export function itemsetCount(itemsets: Itemsets): number {
  return itemsets.supports.length;
}

/** How many itemsets there are of each size; entry 0 counts the sets of one item. */
export function sizesHistogram({ offsets }: Itemsets): number[] {
  const histogram: number[] = [];
  for (let s = 0; s + 1 < offsets.length; s++) {
    const size = offsets[s + 1] - offsets[s];
    while (histogram.length < size) histogram.push(0);
    histogram[size - 1]++;
  }
  return histogram;
}

/** The same itemsets by size, then by their items: the form in which the results of two miners can be compared. */
export function inCanonicalOrder({ offsets, items, supports }: Itemsets): Itemsets {
  const order = Uint32Array.from(supports, (_, s) => s).sort((a, b) => {
    const from = offsets[a];
    const size = offsets[a + 1] - from;
    const bySize = size - (offsets[b + 1] - offsets[b]);
    if (bySize !== 0) return bySize;
    const shift = offsets[b] - from;
    for (let at = from; at < from + size; at++) {
      const byItem = items[at] - items[at + shift];
      if (byItem !== 0) return byItem;
    }
    return 0;
  });
  const sorted = {
    offsets: new Int32Array(offsets.length),
    items: new Int32Array(items.length),
    supports: new Int32Array(supports.length),
  };
  let end = 0;
  order.forEach((s, rank) => {
    for (let at = offsets[s]; at < offsets[s + 1]; at++) sorted.items[end++] = items[at];
    sorted.offsets[rank + 1] = end;
    sorted.supports[rank] = supports[s];
  });
  return sorted;
}

/** The buffers to hand over when itemsets go to another thread. */
export function itemsetBuffers({ offsets, items, supports }: Itemsets): ArrayBuffer[] {
  return transferableBuffers([offsets, items, supports]);
}
