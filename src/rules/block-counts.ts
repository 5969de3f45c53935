import { intersection } from '../baskets/intersection.ts';
import { type Transactions, transactionCount } from '../baskets/transactions.ts';
import { PairwellError } from '../errors.ts';
import { transposed } from '../mining/ranked-items.ts';
import type { Strata } from '../stats/strata.ts';

/**
 * Transactions in blocks, such as days of one channel, so that a rule can be counted in any strata that blocks make up:
 * seasons, weekdays, promotions, shops.
 */
export class BlockedTransactions {
  readonly blockCount: number;
  /** How many transactions each block has. */
  readonly sizes: Int32Array;
  readonly #blockOf: Int32Array;
  /** By item: the transactions that hold it, ascending. */
  readonly #offsets: Int32Array;
  readonly #holders: Int32Array;

  /**
   * @param blockOf the block of each transaction, 0 … `blockCount` − 1; −1 leaves it out
   * @throws PairwellError `bad-input` when there is not one block for each transaction, or a block beyond the last
   */
  constructor(transactions: Transactions, blockOf: Int32Array, blockCount: number) {
    const count = transactionCount(transactions);
    if (blockOf.length !== count) {
      const message = `There must be a block for each of the ${count} transactions, not ${blockOf.length}.`;
      throw new PairwellError('bad-input', message);
    }
    this.blockCount = blockCount;
    this.sizes = new Int32Array(blockCount);
    for (const block of blockOf) {
      if (block >= blockCount || block < -1)
        throw new PairwellError('bad-input', `There is no block ${block} among ${blockCount}.`);
      if (block >= 0) this.sizes[block]++;
    }
    this.#blockOf = blockOf;
    const { offsets, items, itemCount } = transactions;
    const byItem = transposed({ offsets, values: items }, itemCount);
    this.#offsets = byItem.offsets;
    this.#holders = byItem.values;
  }

  /** Antecedent against consequent: a table for each block, over the transactions that are in one. */
  cells(antecedent: ArrayLike<number>, consequent: number): Strata {
    const holding = this.#holdersOfAll(antecedent);
    const n11 = this.#perBlock(shared(holding, this.#holdersOf(consequent)));
    const n10 = this.#perBlock(holding);
    const n01 = this.#perBlock(this.#holdersOf(consequent));
    const n00 = this.sizes.slice();
    for (let b = 0; b < this.blockCount; b++) {
      n10[b] -= n11[b];
      n01[b] -= n11[b];
      n00[b] -= n11[b] + n10[b] + n01[b];
    }
    return { n11, n10, n01, n00 };
  }

  #holdersOf(item: number): Int32Array {
    return this.#holders.subarray(this.#offsets[item], this.#offsets[item + 1]);
  }

  #holdersOfAll(items: ArrayLike<number>): Int32Array {
    // The shortest lists first, so that what is left stays short.
    const lists = Array.from(items, (item) => this.#holdersOf(item)).sort((a, b) => a.length - b.length);
    return lists.reduce(shared);
  }

  #perBlock(transactions: Int32Array): Int32Array {
    const counts = new Int32Array(this.blockCount);
    for (const t of transactions) {
      const block = this.#blockOf[t];
      if (block >= 0) counts[block]++;
    }
    return counts;
  }
}

/** What two ascending lists share. */
function shared(a: Int32Array, b: Int32Array): Int32Array {
  const into = new Int32Array(Math.min(a.length, b.length));
  return into.subarray(0, intersection(a, b, into));
}

/**
 * The tables of strata that blocks make up, summed.
 *
 * @param stratumOf the stratum of each block; −1 leaves it out
 */
export function collapse(cells: Strata, stratumOf: Int32Array, stratumCount: number): Strata {
  const sum = (column: Strata['n11']): Int32Array => {
    const sums = new Int32Array(stratumCount);
    for (let block = 0; block < column.length; block++) {
      const stratum = stratumOf[block];
      if (stratum >= 0) sums[stratum] += column[block];
    }
    return sums;
  };
  return { n11: sum(cells.n11), n10: sum(cells.n10), n01: sum(cells.n01), n00: sum(cells.n00) };
}
