import { type Itemsets, inCanonicalOrder } from '../itemsets.ts';
import { ItemsetsBuilder } from '../itemsets-builder.ts';

/** Itemsets from literal sets of item ids and their supports, in that order. */
export function itemsetsOf(...sets: [items: number[], support: number][]): Itemsets {
  const builder = new ItemsetsBuilder({ maxItemsets: Number.MAX_SAFE_INTEGER, minSupport: 1 });
  for (const [items, support] of sets) builder.add(Int32Array.from(items), items.length, support);
  return builder.build();
}

/** Itemsets as lines such as `0 2: 5`, in the order in which they are. */
export function linesOf({ offsets, items, supports }: Itemsets): string[] {
  return Array.from(
    supports,
    (support, s) => `${items.subarray(offsets[s], offsets[s + 1]).join(' ')}: ${support}`,
  );
}

/** The same lines in canonical order. */
export function sortedLinesOf(itemsets: Itemsets): string[] {
  return linesOf(inCanonicalOrder(itemsets));
}
