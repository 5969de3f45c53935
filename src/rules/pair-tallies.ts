import { type Transactions, transactionCount } from '../baskets/transactions.ts';
import { PairwellError } from '../errors.ts';

/** Basket sizes that are taken as alike: the largest size of each group but the last. Baskets of one item hold no pair. */
const largestSizes = [2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233];

const groupCount = largestSizes.length + 1;

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
  readonly groupCount = groupCount;
  /** By group: transactions in it. */
  readonly #sizes = new Float64Array(groupCount);
  /** By position and group. */
  readonly #held: Int32Array;
  /** By pair and group: of positions a < b, pair b (b − 1) / 2 + a. */
  readonly #together: Int32Array;

  /**
   * Takes time for every pair in every basket, and 48 bytes for each pair of items.
   *
   * @param items distinct item ids
   * @throws PairwellError `limit-exceeded` for more than 4,000 items
   */
  constructor(transactions: Transactions, items: Int32Array) {
    const m = items.length;
    if (m > mostItems) {
      const message = `Relations are worked out among ${mostItems} items at most, not ${m}: take the best-selling ones.`;
      throw new PairwellError('limit-exceeded', message, { items: m, mostItems });
    }
    this.items = items;
    this.transactionCount = transactionCount(transactions);
    this.counts = new Int32Array(m);
    this.#held = new Int32Array(m * groupCount);
    this.#together = new Int32Array(((m * (m - 1)) / 2) * groupCount);
    const positionOf = new Int32Array(transactions.itemCount).fill(-1);
    items.forEach((item, position) => {
      positionOf[item] = position;
    });
    const { offsets, items: content } = transactions;
    const held = new Int32Array(m);
    for (let t = 0; t < this.transactionCount; t++) {
      const size = offsets[t + 1] - offsets[t];
      let length = 0;
      for (let at = offsets[t]; at < offsets[t + 1]; at++) {
        const position = positionOf[content[at]];
        if (position >= 0) held[length++] = position;
      }
      for (let i = 0; i < length; i++) this.counts[held[i]]++;
      if (size < 2) continue;
      const group = groupOf(size);
      this.#sizes[group]++;
      for (let i = 0; i < length; i++) this.#held[held[i] * groupCount + group]++;
      for (let i = 1; i < length; i++) {
        for (let j = 0; j < i; j++) this.#together[pairOf(held[j], held[i]) * groupCount + group]++;
      }
    }
  }

  /** Transactions that hold the items of both positions. */
  together(a: number, b: number): number {
    const at = pairOf(a, b) * groupCount;
    let sum = 0;
    for (let group = 0; group < groupCount; group++) sum += this.#together[at + group];
    return sum;
  }

  /**
   * How far the number of baskets with both exceeds what the sizes of the baskets lead to expect, in standard deviations: the
   * signed root of the Mantel-Haenszel statistic over groups of sizes. 0 where no group tells.
   */
  beyondSize(a: number, b: number): number {
    const at = pairOf(a, b) * groupCount;
    let more = 0;
    let variance = 0;
    for (let group = 0; group < groupCount; group++) {
      const n = this.#sizes[group];
      if (n < 2) continue;
      const left = this.#held[a * groupCount + group];
      const right = this.#held[b * groupCount + group];
      more += this.#together[at + group] - (left * right) / n;
      variance += ((left / n) * (n - left) * (right / n) * (n - right)) / (n - 1);
    }
    return variance > 0 ? more / Math.sqrt(variance) : 0;
  }
}

function pairOf(a: number, b: number): number {
  return a < b ? (b * (b - 1)) / 2 + a : (a * (a - 1)) / 2 + b;
}
