import { eclatSearch } from './eclat-search.ts';
import type { KernelMemory } from './kernel/kernel-memory.ts';
import { kernelSearch } from './kernel/kernel-search.ts';
import type { Algorithm } from './request.ts';
import { type RootDatabase, rowCountOf } from './root-database.ts';
import type { SearchFactory, Target } from './search.ts';

/** Data of which at least this share of the cells is filled is dense. */
const dense = 0.1;

/** Supports of at most this share of the transactions are low. */
const low = 0.05;

/**
 * The algorithm that is likely to be the quickest: pattern growth, which was the quickest in each of 30 measurements on the
 * benchmark's data but that of maximal sets in dense data at a low support. There bits were 1.1 (mushroom at 5 %) to 2.2 times
 * as quick (at 1 %).
 */
export function chooseAlgorithm(
  root: RootDatabase,
  target: Target,
  minSupport: number,
): Exclude<Algorithm, 'apriori'> {
  const filled = root.content.length / (rowCountOf(root) * root.items.length);
  const forBits = target === 'maximal' && filled >= dense && minSupport <= low * root.transactionCount;
  return forBits ? 'eclat' : 'fpgrowth';
}

/** The search of an algorithm that can share its work. */
export function searchOf(
  algorithm: Exclude<Algorithm, 'apriori'>,
  kernel: WebAssembly.Module,
  place: KernelMemory,
): SearchFactory {
  return algorithm === 'eclat' ? eclatSearch : kernelSearch(kernel, place);
}
