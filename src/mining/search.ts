import type { RootDatabase } from './root-database.ts';
import type { Sink } from './sink.ts';

/**
 * Which frequent itemsets are wanted: `all`; `closed` ones, which have no superset of the same support (Pasquier et al.,
 * ICDT 1999); `maximal` ones, which have no frequent superset (Bayardo, SIGMOD 1998); or `generator`s, which have no
 * subset of the same support, the empty set included (Bastide et al., SIGKDD Explorations 2000).
 */
export type Target = 'all' | 'closed' | 'maximal' | 'generator';

export interface SearchOptions {
  readonly target: Target;
  /** The least number of transactions that hold an itemset, ≥ 1. */
  readonly minSupport: number;
  /** Larger itemsets need not be put into the sink; they may be. */
  readonly maxLength: number;
  /** The most memory that the search may take, what it puts into the sink aside. */
  readonly maxBytes: number;
  /** Called many times a second; what it throws ends the search. */
  readonly tick: () => void;
  /** Called when more memory is needed than these bytes; throws, which ends the search. */
  readonly full: (bytes: number) => never;
}

/** A search for the frequent itemsets of a root database, part by part, so that threads can share the work. */
export interface Search {
  /**
   * Finds the itemsets whose highest rank is `rank`, and puts each once into the sink. Items that are everywhere are
   * perfect extensions of each for `all`, part of each for `closed` and `maximal`, and in none for `generator`; the set
   * of them alone is the caller's. For `generator` more sets than the generators may come: all whose support falls
   * with each item, taken from the highest rank to the lowest, which a caller sifts by comparing with subsets.
   *
   * @param share which of `shares` equal parts of the work to do, 0 … shares − 1
   */
  mine(rank: number, share: number, shares: number): void;

  /** From here on only sets of so many transactions are wanted. */
  raise(minSupport: number): void;

  /** Puts what is left into the sink; to be called once, at the end of the search, be it a limit. */
  finish(): void;
}

export type SearchFactory = (root: RootDatabase, options: SearchOptions, sink: Sink) => Search;
