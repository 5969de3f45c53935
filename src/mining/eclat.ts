import { intersection } from '../baskets/intersection.ts';
import type { Transactions } from '../baskets/transactions.ts';
import type { Itemsets } from './itemsets.ts';
import { ItemsetsBuilder } from './itemsets-builder.ts';
import { checkedOptions, type MiningOptions } from './options.ts';
import { rankItems, transactionsByRank } from './ranked-items.ts';

/** An item that extends a set, with the transactions that hold both, ascending. */
interface Extension {
  readonly item: number;
  readonly holders: Int32Array;
}

/**
 * Eclat: each set carries the list of its transactions, and a larger set's is the intersection of two of them (Zaki,
 * "Scalable Algorithms for Association Mining", IEEE TKDE 12(3), 2000). Depth first, the rarest item first, so that the
 * lists shrink early.
 *
 * Progress counts frequent items. Errors: see `Miner`.
 */
export function eclat(transactions: Transactions, options: MiningOptions): Itemsets {
  const { minSupport, maxLength, maxItemsets, onProgress } = checkedOptions(options);
  const ranked = rankItems(transactions, minSupport, 'rarest-first');
  const { offsets, values } = transactionsByRank(transactions, ranked);
  const found = new ItemsetsBuilder({ minSupport, maxItemsets });
  const total = ranked.items.length;
  const prefix = new Int32Array(total);
  const scratch = new Int32Array(ranked.supports.reduce((most, support) => Math.max(most, support), 0));

  const extend = (
    extensions: readonly Extension[],
    length: number,
    report?: (done: number) => void,
  ): void => {
    extensions.forEach(({ item, holders }, i) => {
      report?.(i);
      prefix[length] = item;
      found.add(prefix, length + 1, holders.length);
      if (length + 1 === maxLength) return;
      const further: Extension[] = [];
      for (let j = i + 1; j < extensions.length; j++) {
        const both = intersection(holders, extensions[j].holders, scratch);
        if (both >= minSupport) further.push({ item: extensions[j].item, holders: scratch.slice(0, both) });
      }
      if (further.length > 0) extend(further, length + 1);
    });
  };

  const singles = Array.from(ranked.items, (item, rank): Extension => {
    return { item, holders: values.subarray(offsets[rank], offsets[rank + 1]) };
  });
  extend(singles, 0, (done) => onProgress(done, total));
  onProgress(total, total);
  return found.build();
}
