import { withRoom } from '../baskets/int-column.ts';
import { type Transactions, transactionCount } from '../baskets/transactions.ts';
import { PairwellError } from '../errors.ts';
import { select } from './condense.ts';
import { ItemsetTrie } from './itemset-trie.ts';
import { type Itemsets, itemsetCount } from './itemsets.ts';
import { absoluteSupport, checkCount } from './options.ts';
import { UpperCounts } from './upper-counts.ts';

/** The full run that itemsets come from. */
export interface FullRun {
  /** How many transactions there were, empty ones included. */
  transactionCount: number;
  /** The minimum support of the run, in transactions. It leaves room when it is well below what users ask for. */
  trackedSupport: number;
  /** The most items in an itemset, where the run had such a limit; longer sets are then left out of account. */
  maxLength?: number;
  /** Item ids from here on were in no transaction. Without it nothing is assumed of untracked items. */
  itemCount?: number;
}

/**
 * Keeps the supports of itemsets up to date as transactions come, without a full run, and bounds the support of any set
 * that is not among them. The frequent itemsets of a run at a lower minimum support are tracked, as in Hong, Wang and
 * Tao (pre-large itemsets, Intelligent Data Analysis 5, 2001): counting makes their supports exact, and any other set
 * had a support below that minimum. Where their bound lets such a set be in every new transaction, this one counts.
 *
 * An untracked set holds a smallest untracked one: an item, or a set whose proper subsets are all tracked (the negative
 * border: Toivonen, VLDB 1996). Untracked items are counted one by one. Of any other smallest set, take the two last
 * items in the order of the trie: the set without either is tracked, so a transaction that holds them all meets both
 * as siblings in the trie, and the extension of the one by the other as missing. Every such miss is counted, by node and
 * missing item, in counters that are never too low. The highest of all these counts is the most by which the support of
 * any untracked set has grown.
 */
export class IncrementalSupports {
  readonly #tracked: Itemsets;
  readonly #trie: ItemsetTrie;
  /** By node of the trie. */
  readonly #supports: Int32Array;
  readonly #maxLength: number;
  readonly #firstNewItem: number;
  /** The most support that an untracked set had in the full run. */
  readonly #before: number;
  readonly #misses: UpperCounts;
  /** By id of an untracked item: how many of the added transactions hold it. */
  #itemCounts: Int32Array = new Int32Array(0);
  #oldItemMost = 0;
  #newItemMost = 0;
  /** The most of the added transactions that can hold one and the same untracked set without a new item. */
  #grown = 0;
  #transactions: number;
  /** The nodes of the basket under way, a stretch for each node on the path to the current one. */
  #path: Int32Array = new Int32Array(64);

  /**
   * @param itemsets all that the full run found
   * @throws PairwellError `bad-input` when they lack a subset or hold a set twice, when a support does not lie between
   *   the run's minimum and its number of transactions, or for a figure of the run out of its range
   */
  constructor(itemsets: Itemsets, run: FullRun) {
    const { trackedSupport, maxLength = 2 ** 31 - 1, itemCount = 2 ** 31 } = run;
    checkCount('tracked support', trackedSupport);
    checkCount('maximum length', maxLength);
    checkSupports(itemsets, run);
    this.#tracked = itemsets;
    this.#trie = new ItemsetTrie(itemsets);
    this.#supports = new Int32Array(itemsetCount(itemsets) + 1);
    this.#trie.nodeOf.forEach((node, s) => {
      this.#supports[node] = itemsets.supports[s];
    });
    this.#maxLength = maxLength;
    this.#firstNewItem = itemCount;
    this.#before = Math.min(trackedSupport - 1, run.transactionCount);
    this.#misses = new UpperCounts(placesFor(itemsetCount(itemsets)));
    this.#transactions = run.transactionCount;
  }

  /** All transactions, those of the full run included. */
  get transactionCount(): number {
    return this.#transactions;
  }

  /** No set of items that is not tracked is in more transactions than this: a bound, seldom reached. */
  get untrackedSupport(): number {
    return Math.max(this.#before + this.#grown, this.#newItemMost);
  }

  /** The tracked itemsets in the order in which they were given, with their supports by now. */
  itemsets(): Itemsets {
    const { offsets, items } = this.#tracked;
    return { offsets, items, supports: this.#trie.nodeOf.map((node) => this.#supports[node]) };
  }

  /**
   * The tracked itemsets that reach a minimum support now: all frequent ones, unless {@link fullRunDue} says otherwise.
   *
   * @param minSupport transactions, or a share below 1
   * @throws PairwellError `bad-input` when it is neither
   */
  frequent(minSupport: number): Itemsets {
    const needed = absoluteSupport(minSupport, this.#transactions);
    const current = this.itemsets();
    return select(current, (s) => current.supports[s] >= needed);
  }

  /**
   * Whether a set that is not tracked may reach a minimum support by now, so that only a full run can tell.
   *
   * @param minSupport transactions, or a share below 1
   * @throws PairwellError `bad-input` when it is neither
   */
  fullRunDue(minSupport: number): boolean {
    return this.untrackedSupport >= absoluteSupport(minSupport, this.#transactions);
  }

  /**
   * How many more transactions can be added, whatever they hold, before a full run may be due: mostly far fewer than
   * will be. 0 when it is due already; at most 2^31 - 1.
   *
   * @param minSupport transactions, or a share below 1
   * @throws PairwellError `bad-input` when it is neither
   */
  remaining(minSupport: number): number {
    const bound = this.untrackedSupport;
    let low = 0;
    let high = 2 ** 31 - 1;
    // Each transaction raises the bound by one at worst and the support needed by one at most: once due, always due.
    while (low < high) {
      const more = Math.ceil((low + high) / 2);
      if (bound + more < absoluteSupport(minSupport, this.#transactions + more)) low = more;
      else high = more - 1;
    }
    return low;
  }

  /** Adds transactions, of the same item ids; items that were never seen before are welcome. */
  add(transactions: Transactions): void {
    const { offsets, items, itemCount } = transactions;
    this.#itemCounts = withRoom(this.#itemCounts, itemCount);
    for (let t = 0; t + 1 < offsets.length; t++) {
      const tracked = this.#nodesOf(items, offsets[t], offsets[t + 1]);
      let misses = this.#walk(0, tracked, 1);
      if (tracked < offsets[t + 1] - offsets[t]) misses += this.#countUntracked(items, offsets[t], offsets[t + 1]);
      // Sets that share a counter may raise it several times; a transaction raises the support of each by one only.
      if (misses > 0) this.#grown = Math.min(Math.max(this.#misses.most, this.#oldItemMost), this.#grown + 1);
    }
    this.#transactions += transactionCount(transactions);
  }
}
