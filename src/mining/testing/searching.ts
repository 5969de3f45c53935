import { type Transactions, transactionCount } from '../../baskets/transactions.ts';
import { PairwellError } from '../../errors.ts';
import { condense, select } from '../condense.ts';
import { fpGrowth } from '../fp-growth.ts';
import { type Itemsets, inCanonicalOrder } from '../itemsets.ts';
import { encodeRoot, type RootDatabase, rowEntries, rowWeight } from '../root-database.ts';
import type { SearchFactory, SearchOptions, Target } from '../search.ts';
import { CountingSink, type Lengths, ListingSink, type Sink } from '../sink.ts';

/** Runs searches, and tells what they should find. */

export const targets: Target[] = ['all', 'closed', 'maximal', 'generator'];

export const anySize = { minLength: 1, maxLength: 2 ** 31 - 1 };

/** What a test asks of a search. */
export type Query = Partial<SearchOptions> & Pick<SearchOptions, 'target' | 'minSupport'>;

/** A query with what else a search must be told. */
export function optionsOf(query: Query): SearchOptions {
  const full = (): never => {
    throw new Error('The memory was full.');
  };
  return { maxLength: anySize.maxLength, maxBytes: 2 ** 30, tick: () => {}, full, ...query };
}

/** The sets that a search finds, in canonical order. */
export function searched(
  factory: SearchFactory,
  transactions: Transactions,
  query: Query,
  shares = 1,
): Itemsets {
  return searchedIn(factory, encodeRoot(transactions, query.minSupport), query, shares);
}

export function searchedIn(factory: SearchFactory, root: RootDatabase, query: Query, shares = 1): Itemsets {
  return settled(candidates(factory, root, query, shares), root.transactionCount, query.target);
}

/** What a search found, in canonical order, with generators sifted from their candidates. */
export function settled(found: Itemsets, transactionCount: number, target: Target): Itemsets {
  return inCanonicalOrder(target === 'generator' ? condense(found, transactionCount, target) : found);
}

/** What a search puts into its sink. */
export function candidates(
  factory: SearchFactory,
  root: RootDatabase,
  query: Query,
  shares: number,
): Itemsets {
  const sink = new ListingSink(lengthsOf(query));
  run(factory, root, query, sink, shares);
  return sink.build();
}

/** How many sets a search counts, by size. */
export function counted(factory: SearchFactory, root: RootDatabase, query: Query, shares = 1): bigint[] {
  const sink = new CountingSink(lengthsOf(query));
  run(factory, root, query, sink, shares);
  return sink.bySize();
}

/** Sets of any size up to the limit: whether a search finds larger ones is its own affair. */
function lengthsOf({ maxLength = anySize.maxLength }: Query): Lengths {
  return { minLength: 1, maxLength };
}

/** Mines all ranks, each share by a search of its own, as threads do. */
function run(factory: SearchFactory, root: RootDatabase, query: Query, sink: Sink, shares: number): void {
  for (let share = 0; share < shares; share++) {
    const search = factory(root, optionsOf(query), sink);
    for (let rank = root.items.length - 1; rank >= 0; rank--) search.mine(rank, share, shares);
    search.finish();
  }
  takeRoot(root, query.target, sink);
}

/** Adds the set of the items that are everywhere. */
export function takeRoot(
  { everywhere, items, transactionCount }: RootDatabase,
  target: Target,
  sink: Sink,
): void {
  const count = everywhere.length;
  if (target === 'all') sink.take(new Int32Array(0), 0, everywhere, count, transactionCount);
  const isClosed = target === 'closed' || (target === 'maximal' && items.length === 0);
  if (isClosed && count > 0) sink.take(everywhere, count, everywhere, 0, transactionCount);
}

/** Those of all frequent itemsets that are wanted, in canonical order. */
export function sift(found: Itemsets, transactionCount: number, target: Target): Itemsets {
  return inCanonicalOrder(target === 'all' ? found : condense(found, transactionCount, target));
}

/** The itemsets of at most so many items. */
export function upTo(maxLength: number, found: Itemsets): Itemsets {
  const { offsets } = found;
  return select(found, (s) => offsets[s + 1] - offsets[s] <= maxLength);
}

/** All frequent itemsets, at the least minimum support tried from `least` on at which there are no more than `most`. */
export function frequentSets(
  transactions: Transactions,
  least: number,
  most: number,
): { minSupport: number; all: Itemsets } {
  for (let minSupport = least; ; minSupport = Math.ceil(1.2 * minSupport)) {
    try {
      return { minSupport, all: fpGrowth(transactions, { minSupport, maxItemsets: most }) };
    } catch (error) {
      if (!(error instanceof PairwellError && error.code === 'limit-exceeded')) throw error;
      if (minSupport > transactionCount(transactions)) throw error;
    }
  }
}

/** The database of the same transactions, each of them so many times. */
export function multiplied(root: RootDatabase, times: number): RootDatabase {
  const rows = root.rows.map((entry, at) => (at % rowEntries === rowWeight ? times * entry : entry));
  const supports = root.supports.map((support) => times * support);
  return { ...root, rows, supports, transactionCount: times * root.transactionCount };
}

export function multipliedSets(found: Itemsets, times: number): Itemsets {
  return { ...found, supports: found.supports.map((support) => times * support) };
}
