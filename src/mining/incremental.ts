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
 * Tao (pre-large itemsets, Intelligent Data Analysis 5, 2001): counting keeps their supports exact, and any other set
 * had less than that minimum. Where those authors let it be in every new transaction, here it is counted:
 *
 * An untracked set contains a minimal one: an untracked item, or a set whose proper subsets are all tracked (the negative
 * border: Toivonen, VLDB 1996), and is in no more transactions than that. Untracked items are counted one by one. A
 * minimal set of two items or more is tracked without its last item in the order of the trie, and without the one before.
 * So a transaction that holds the set meets these two as siblings on its way through the trie, and finds that the first
 * is not extended by the second. Such misses are counted by node and item, in counters that are never too low; the
 * highest of all counts is the most by which the support of an untracked set has grown.
 */
export class IncrementalSupports {
  readonly #tracked: Itemsets;
  readonly #trie: ItemsetTrie;
  /** By node of the trie; that of the empty set is the number of transactions. */
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
  /** The nodes that the transaction under way holds: a stretch of siblings for each step down to the current one. */
  #path: Int32Array = new Int32Array(64);

  /**
   * @param itemsets all that the full run found
   * @throws PairwellError `bad-input` when a subset of one is missing or a set is there twice, when a support or a size
   *   contradicts the figures of the run, or for a figure out of its range
   */
  constructor(itemsets: Itemsets, run: FullRun) {
    const { trackedSupport, maxLength = 2 ** 31 - 1, itemCount = 2 ** 31 } = run;
    checkCount('tracked support', trackedSupport);
    checkCount('maximum length', maxLength);
    checkSupports(itemsets, run);
    this.#tracked = itemsets;
    this.#trie = new ItemsetTrie(itemsets);
    if (this.#trie.depth > maxLength) {
      const message = `There is an itemset of ${this.#trie.depth} items, though the run had a limit of ${maxLength}.`;
      throw new PairwellError('bad-input', message, { maxLength });
    }
    this.#supports = new Int32Array(itemsetCount(itemsets) + 1);
    this.#supports[0] = run.transactionCount;
    this.#trie.nodeOf.forEach((node, s) => {
      this.#supports[node] = itemsets.supports[s];
    });
    this.#maxLength = maxLength;
    this.#firstNewItem = itemCount;
    this.#before = Math.min(trackedSupport - 1, run.transactionCount);
    this.#misses = new UpperCounts(placesFor(itemsetCount(itemsets)));
  }

  /** All transactions, those of the full run included. */
  get transactionCount(): number {
    return this.#supports[0];
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
    const needed = absoluteSupport(minSupport, this.transactionCount);
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
    return this.untrackedSupport >= absoluteSupport(minSupport, this.transactionCount);
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
      if (bound + more < absoluteSupport(minSupport, this.transactionCount + more)) low = more;
      else high = more - 1;
    }
    return low;
  }

  /** Adds transactions of the same item ids; items that were never seen before are welcome. */
  add(transactions: Transactions): void {
    const { offsets, items, itemCount } = transactions;
    this.#itemCounts = withRoom(this.#itemCounts, itemCount);
    for (let t = 0; t + 1 < offsets.length; t++) {
      this.#visit(transactions, t, 1, this.#misses);
      for (let at = offsets[t]; at < offsets[t + 1]; at++) {
        if (this.#trie.rankOfItem(items[at]) < 0) this.#countUntracked(items[at]);
      }
      // Sets that share a counter may raise it several times; a transaction raises the support of each by one only.
      this.#grown = Math.min(Math.max(this.#misses.most, this.#oldItemMost), this.#grown + 1);
    }
  }

  /**
   * Removes transactions that were in the full run or were added, such as cancelled orders. The bound for untracked sets
   * stays as it is.
   *
   * @throws PairwellError `bad-input` when a support would fall below 0, as these transactions were never counted; none
   *   is then removed
   */
  remove(transactions: Transactions): void {
    const count = transactionCount(transactions);
    for (let t = 0; t < count; t++) this.#visit(transactions, t, -1);
    if (!this.#supports.some((support) => support < 0)) return;
    for (let t = 0; t < count; t++) this.#visit(transactions, t, 1);
    throw new PairwellError(
      'bad-input',
      'These transactions cannot be removed: not all of them are among those that were counted.',
    );
  }

  /** Adds `step` to the support of each tracked set that transaction `t` holds. */
  #visit({ offsets, items }: Transactions, t: number, step: number, misses?: UpperCounts): void {
    const length = offsets[t + 1] - offsets[t];
    // A stretch is shorter than the one before it.
    this.#path = withRoom(this.#path, length * Math.min(length, this.#trie.depth));
    let size = 0;
    for (let at = offsets[t]; at < offsets[t + 1]; at++) {
      const rank = this.#trie.rankOfItem(items[at]);
      if (rank >= 0) this.#path[size++] = rank + 1;
    }
    this.#path.subarray(0, size).sort();
    this.#supports[0] += step;
    this.#walk(0, size, 1, step, misses);
  }

  /**
   * Visits the children of a node that a transaction holds, `path[from … to - 1]` by rank, sets of `length` items, and
   * all below them. A set can be extended only by what extends its parent, as tracked sets have all their subsets.
   */
  #walk(from: number, to: number, length: number, step: number, misses?: UpperCounts): void {
    const path = this.#path;
    const { ranks } = this.#trie;
    for (let i = from; i < to; i++) {
      const node = path[i];
      this.#supports[node] += step;
      if (length === this.#maxLength) continue;
      let end = to;
      for (let j = i + 1; j < to; j++) {
        const rank = ranks[path[j]];
        const child = this.#trie.child(node, rank);
        if (child >= 0) path[end++] = child;
        else misses?.count(node, rank);
      }
      this.#walk(to, end, length + 1, step, misses);
    }
  }

  #countUntracked(item: number): void {
    const count = ++this.#itemCounts[item];
    if (item >= this.#firstNewItem) this.#newItemMost = Math.max(this.#newItemMost, count);
    else this.#oldItemMost = Math.max(this.#oldItemMost, count);
  }
}

/** @throws PairwellError `bad-input` when a support is not between the run's minimum and its number of transactions */
function checkSupports({ supports }: Itemsets, { trackedSupport, transactionCount }: FullRun): void {
  if (transactionCount !== 0) checkCount('number of transactions', transactionCount);
  const wrong = supports.find((support) => support < trackedSupport || support > transactionCount);
  if (wrong === undefined) return;
  throw new PairwellError(
    'bad-input',
    `A support of ${wrong} cannot come from ${transactionCount} transactions at a minimum support of ${trackedSupport}.`,
    { support: wrong, trackedSupport, transactionCount },
  );
}

/** Two to four times as many counters as sets: in real baskets that keeps the highest count within a few percent. */
function placesFor(itemsets: number): number {
  return 2 ** Math.min(22, Math.max(16, Math.ceil(Math.log2(2 * itemsets + 1))));
}
