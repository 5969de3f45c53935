import { allocateColumn } from '../../src/baskets/int-column.ts';
import type { Transactions } from '../../src/baskets/transactions.ts';

/**
 * Baskets like a shop's: few items are in many baskets and most in hardly any, most baskets are small and a few are
 * large, and there are groups of rare items that are bought together.
 */

/** Item 0 is the most popular one; how popular an item is falls with one over its rank. */
export const itemCount = 10_000;

/** Of the basket lengths, which fall off geometrically from 1. */
export const meanLength = 10;

const longest = 200;

export const groupCount = 100;

const groupSize = 3;

/** So many baskets hold items of a planted group, the first group most often. */
const groupedShare = 0.25;

/** How likely each item of a basket's group is in it. */
const memberShare = 0.8;

export interface BasketPlan {
  readonly baskets: number;
  /** The same seed makes the same baskets. */
  readonly seed: number;
}

/** Random numbers in 0 … 1 (sfc32 by Chris Doty-Humphrey); each stream of a seed is another sequence. */
function randomStream(seed: number, stream: number): () => number {
  let a = seed | 0;
  let b = stream;
  let c = 0x9e3779b9;
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}

/** A rank from 0 to `count - 1`; each is about as likely as one over it. */
function popularRank(random: () => number, count: number): number {
  return Math.min(count - 1, Math.floor(Math.exp(random() * Math.log(count + 1))) - 1);
}

/** The items of a planted group, which are among the rarest otherwise. */
export function plantedItems(group: number): number[] {
  return Array.from({ length: groupSize }, (_, i) => itemCount - 1 - group * groupSize - i);
}

/**
 * Baskets in shared columns of just the length they need: the lengths come from a stream of their own, so they are
 * known before the first item is drawn, and ten million baskets take 440 MB and nothing on the way there.
 */
export function generateTransactions({ baskets, seed }: BasketPlan): Transactions {
  const offsets = allocateColumn(baskets + 1, true);
  const lengths = randomStream(seed, 1);
  const shrinking = Math.log(1 - 1 / meanLength);
  for (let t = 0; t < baskets; t++)
    offsets[t + 1] = offsets[t] + Math.min(longest, 1 + Math.floor(Math.log(1 - lengths()) / shrinking));
  const items = allocateColumn(offsets[baskets], true);
  const random = randomStream(seed, 2);
  /** The basket that got each item last, plus one. */
  const lastBasket = new Int32Array(itemCount);
  for (let t = 0; t < baskets; t++) {
    let at = offsets[t];
    const end = offsets[t + 1];
    const put = (item: number): void => {
      if (lastBasket[item] === t + 1) return;
      lastBasket[item] = t + 1;
      items[at++] = item;
    };
    if (random() < groupedShare) {
      for (const item of plantedItems(popularRank(random, groupCount)))
        if (random() < memberShare && at < end) put(item);
    }
    while (at < end) put(popularRank(random, itemCount));
    sort(items, offsets[t], end);
  }
  return { itemCount, offsets, items };
}

/** Sorts a few numbers in place, without a view or a copy of them. */
function sort(column: Int32Array, from: number, to: number): void {
  for (let i = from + 1; i < to; i++) {
    const value = column[i];
    let hole = i;
    for (; hole > from && column[hole - 1] > value; hole--) column[hole] = column[hole - 1];
    column[hole] = value;
  }
}
