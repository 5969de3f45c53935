import { type Condensed, condense, select } from './condense.ts';
import type { Itemsets } from './itemsets.ts';
import type { SearchRequest } from './search-parts.ts';
import { type TopItemsets, topItemsets } from './top-itemsets.ts';

/**
 * What is left to do once the itemsets of a search are together: those that are condensed, those of the lengths asked for,
 * and of these the best.
 *
 * @param condensed which of them are wanted, where the search could not tell
 */
export function sift(
  found: Itemsets,
  transactionCount: number,
  { minLength, maxLength, top }: Pick<SearchRequest, 'minLength' | 'maxLength' | 'top'>,
  condensed: Condensed | undefined,
): TopItemsets {
  const chosen = condensed === undefined ? found : condense(found, transactionCount, condensed);
  const { offsets } = chosen;
  const fits = (s: number): boolean => {
    const length = offsets[s + 1] - offsets[s];
    return length >= minLength && length <= maxLength;
  };
  const fitting = chosen.supports.every((_, s) => fits(s)) ? chosen : select(chosen, fits);
  return top === undefined ? { itemsets: fitting, tied: false } : topItemsets(fitting, top);
}
