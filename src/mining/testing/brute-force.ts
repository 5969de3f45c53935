import { type Transactions, transactionCount } from '../../baskets/transactions.ts';
import type { Itemsets } from '../itemsets.ts';
import { ItemsetsBuilder } from '../itemsets-builder.ts';
import { checkedOptions, type MiningOptions } from '../options.ts';

/** The miner that cannot be wrong, for at most some 16 items: it counts every subset of them, one by one. */
export function bruteForce(transactions: Transactions, options: MiningOptions): Itemsets {
  const limits = checkedOptions(options);
  const found = new ItemsetsBuilder(limits);
  const masks = masksOf(transactions);
  for (let subset = 1; subset < 2 ** transactions.itemCount; subset++) {
    const items = Int32Array.from(itemsOf(subset));
    const support = masks.filter((mask) => (mask & subset) === subset).length;
    if (support >= limits.minSupport && items.length <= limits.maxLength)
      found.add(items, items.length, support);
  }
  return found.build();
}

/** The support of every itemset, counted anew by looking into all transactions. */
export function recounted(transactions: Transactions, { offsets, items, supports }: Itemsets): Int32Array {
  const holders = holdersOf(transactions);
  return supports.map((_, s) => {
    const [first, ...others] = [...items.subarray(offsets[s], offsets[s + 1])].map((item) => holders[item]);
    return [...first!].filter((t) => others.every((set) => set.has(t))).length;
  });
}

/** By item: the transactions that hold it. */
function holdersOf({ itemCount, offsets, items }: Transactions): Set<number>[] {
  const holders = Array.from({ length: itemCount }, () => new Set<number>());
  for (let t = 0; t + 1 < offsets.length; t++) {
    for (const item of items.subarray(offsets[t], offsets[t + 1])) holders[item].add(t);
  }
  return holders;
}

/** Each transaction as bits by item. */
function masksOf(transactions: Transactions): number[] {
  const { offsets, items } = transactions;
  return Array.from({ length: transactionCount(transactions) }, (_, t) =>
    items.subarray(offsets[t], offsets[t + 1]).reduce((mask, item) => mask | (1 << item), 0),
  );
}

function* itemsOf(mask: number): Generator<number> {
  for (let item = 0; mask >> item > 0; item++) if ((mask >> item) & 1) yield item;
}
