import { chosenRows } from '../baskets/chosen-rows.ts';
import { largestGroup } from '../baskets/offsets.ts';
import { copyWithout, ItemsetIndex } from './itemset-index.ts';
import { type Itemsets, itemsetCount } from './itemsets.ts';

/**
 * Fewer itemsets that say as much or nearly: `closed` ones have no superset of the same support (Pasquier et al.,
 * ICDT 1999), `maximal` ones no frequent superset (Bayardo, SIGMOD 1998), and `generator`s no subset of the same support, the
 * empty set included (Bastide et al., SIGKDD Explorations 2000).
 */
export type Condensed = 'closed' | 'maximal' | 'generator';

/**
 * The condensed ones of all frequent itemsets, by comparing each with its subsets that lack one item.
 *
 * @param itemsets all frequent itemsets, of any length: were the longest left out, those before would seem maximal
 * @param transactionCount the support of the empty set
 */
export function condense(itemsets: Itemsets, transactionCount: number, which: Condensed): Itemsets {
  const { offsets, items, supports } = itemsets;
  const index = new ItemsetIndex(itemsets);
  const subset = new Int32Array(largestGroup(offsets));
  const dropped = new Uint8Array(itemsetCount(itemsets));
  for (let s = 0; s < supports.length; s++) {
    const from = offsets[s];
    const length = offsets[s + 1] - from - 1;
    if (length === 0) {
      if (which === 'generator' && supports[s] === transactionCount) dropped[s] = 1;
      continue;
    }
    for (let left = from; left <= from + length; left++) {
      copyWithout(items, from, left, subset, length);
      const smaller = index.indexOf(subset, length);
      if (which === 'maximal') dropped[smaller] = 1;
      else if (which === 'closed') {
        if (supports[smaller] === supports[s]) dropped[smaller] = 1;
      } else if (smaller < 0 || supports[smaller] === supports[s]) dropped[s] = 1;
    }
  }
  return select(itemsets, (s) => dropped[s] === 0);
}

/** The itemsets whose numbers pass. */
export function select(itemsets: Itemsets, passes: (s: number) => boolean): Itemsets {
  const kept = Int32Array.from(itemsets.supports, (_, s) => s).filter(passes);
  return { ...chosenRows(itemsets, kept), supports: kept.map((s) => itemsets.supports[s]) };
}
