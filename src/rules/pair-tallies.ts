import { type Transactions, transactionCount } from '../baskets/transactions.ts';
import { PairwellError } from '../errors.ts';
import { transactionsWhere } from './hold-out.ts';
import { countPairs, type PairCounts, pairOf } from './matrix.ts';

/** Basket sizes that are taken as alike: the largest size of each group but the last. Baskets of one item hold no pair. */
const largestSizes = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233];

/** More items than this would need gigabytes. */
const mostItems = 4_000;

const groupOf = (size: number): number => {
  const group = largestSizes.findIndex((largest) => size <= largest);
  return group < 0 ? largestSizes.length : group;
};

/**
 * How often each two of some items are bought together, apart by the size of the basket: a large basket holds most pairs by
 * chance, so that what goes into large baskets looks related otherwise.
 */
export class PairTallies {
  readonly items: Int32Array;
  readonly transactionCount: number;
  /** By position in `items`: transactions that hold it. */
  readonly counts: Int32Array;
  /** By pair of positions, as {@link PairCounts} has them. */
  readonly #together: Int32Array;
  /** By group of sizes that can hold a pair. */
  readonly #bySize: readonly PairCounts[];

  /**
   * Takes time for every pair in every basket, and 56 bytes for each pair of items.
   *
   * @param items distinct item ids
   * @throws PairwellError `limit-exceeded` for more than 4,000 items, `bad-input` for an item that is there twice or that the
   *   transactions do not know
   */
  constructor(transactions: Transactions, items: Int32Array) {
    const m = items.length;
    if (m > mostItems) {
      const message = `Relations are worked out among ${mostItems} items at most, not ${m}: take the best-selling ones.`;
      throw new PairwellError('limit-exceeded', message, { items: m, mostItems });
    }
    const { offsets } = transactions;
    const groups = Array.from({ length: largestSizes.length + 1 }, (_, group) =>
      countPairs(
        transactionsWhere(transactions, (t) => groupOf(offsets[t + 1] - offsets[t]) === group),
        items,
      ),
    );
    this.items = items;
    this.transactionCount = transactionCount(transactions);
    this.counts = summed(groups.map(({ itemCounts }) => itemCounts));
    this.#together = summed(groups.map(({ pairs }) => pairs));
    this.#bySize = groups.slice(1);
  }

  /** Transactions that hold the items of both positions. */
  together(a: number, b: number): number {
    return this.#together[pairOf(a, b)];
  }

  /** What is left to chance of how often the two are together, among baskets of about one size. */
  withinSizes(a: number, b: number): WithinSizes {
    const at = pairOf(a, b);
    let [count, expected, trials] = [0, 0, 0];
    for (const { transactionCount: n, itemCounts, pairs } of this.#bySize) {
      let left = itemCounts[a];
      let right = itemCounts[b];
      count += pairs[at];
      if (left + right > n) {
        // So many meet for certain. Further ones do so as often as baskets are left that have neither.
        count -= left + right - n;
        left = n - left;
        right = n - right;
      }
      if (left === 0 || right === 0) continue;
      expected += (left * right) / n;
      trials += Math.min(left, right);
    }
    return { count, expected, trials };
  }
}

/**
 * Baskets with two items, summed over groups of sizes. Were the items independent within each group, `count` would be the number
 * of successes in `trials` independent trials: see `src/stats/poisson-binomial.ts`.
 */
export interface WithinSizes {
  /** Without those that could not be otherwise, as there are not baskets enough to keep the two apart. */
  readonly count: number;
  /** What `count` would be on average. */
  readonly expected: number;
  readonly trials: number;
}

/** Columns of one length, added up entry by entry. */
function summed(columns: readonly Int32Array[]): Int32Array {
  const sums = new Int32Array(columns[0].length);
  for (const column of columns) for (let at = 0; at < sums.length; at++) sums[at] += column[at];
  return sums;
}
