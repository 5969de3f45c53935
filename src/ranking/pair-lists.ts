import { GrowingColumn } from '../baskets/growing-column.ts';
import { holderCounts, holdersOf } from '../baskets/holders.ts';
import type { Transactions } from '../baskets/transactions.ts';
import { bestFirst } from './keep-best.ts';

/**
 * What goes with each item: item i leads to `items[offsets[i]]` … `items[offsets[i + 1] - 1]`, the closest
 * first. Both figures are of that pair.
 */
export interface PairLists {
  readonly offsets: Int32Array;
  readonly items: Int32Array;
  /** By pair: see {@link drawnConfidence}. */
  readonly confidences: Float32Array;
  /** By pair: see {@link closeness}. */
  readonly closenesses: Float32Array;
  /** By item: bags with it on the left. */
  readonly lefts: Int32Array;
  /** By item: bags with it on the right. */
  readonly rights: Int32Array;
}

/**
 * Bag b holds the items of transaction b on either side. Where a bag stands for a basket or a customer both sides are the same;
 * where it stands for a step from one basket to the next they are the two baskets.
 */
export interface Bags {
  readonly left: Transactions;
  readonly right: Transactions;
}

export interface PairListOptions {
  /** The most items that one leads to. */
  readonly longest: number;
  /** The fewest bags with both, ≥ 1. */
  readonly minCount: number;
  /** Pairs that are not listed, however close they are; it is asked about no more of them than it takes to fill the lists. */
  readonly isUnlisted?: ((item: number, other: number) => boolean) | undefined;
}

/** What is added to the root of both counts in a cosine: pairs of items that few have bought are not sure to be close. */
const shrinkage = 5;

/** How close two items are, 0 … 1: the cosine of their columns of bags, drawn towards 0 where there are few of them. */
export function closeness(count: number, left: number, right: number): number {
  return count / (Math.sqrt(left * right) + shrinkage);
}

/** What is added to the count on the left in a confidence, for the same reason. */
const confidenceShrinkage = 3;

/** The share of the bags with the left item that have the right one, drawn towards 0 where there are few of them. */
export function drawnConfidence(count: number, left: number): number {
  return count / (left + confidenceShrinkage);
}

/**
 * Counts which items go together, one item of the left at a time: it takes as long as there are pairs in bags, but no more
 * memory than there are items. An item does not lead to itself where both sides are the same.
 */
export function pairLists(
  { left, right }: Bags,
  { longest, minCount, isUnlisted }: PairListOptions,
): PairLists {
  const { itemCount } = left;
  const isSame = left === right;
  const holders = holdersOf(left);
  const lefts = holderCounts(holders);
  const rights = isSame ? lefts : holderCounts(holdersOf(right));
  const offsets = new Int32Array(itemCount + 1);
  const items = new GrowingColumn();
  const counts = new GrowingColumn();
  const found = new Int32Array(itemCount);
  const touched = new Int32Array(itemCount);
  const near = new Float64Array(itemCount);
  for (let item = 0; item < itemCount; item++) {
    let reached = 0;
    for (let h = holders.offsets[item]; h < holders.offsets[item + 1]; h++) {
      const bag = holders.bags[h];
      for (let p = right.offsets[bag]; p < right.offsets[bag + 1]; p++) {
        const other = right.items[p];
        if (found[other]++ === 0) touched[reached++] = other;
      }
    }
    if (isSame) found[item] = 0;
    let kept = 0;
    for (let t = 0; t < reached; t++) {
      const other = touched[t];
      if (found[other] < minCount) {
        found[other] = 0;
        continue;
      }
      near[other] = closeness(found[other], lefts[item], rights[other]);
      touched[kept++] = other;
    }
    // Among equally close ones by number: the lists do not depend on the order of the bags.
    let best = bestFirst(touched, kept, longest, near);
    // What is not listed falls behind all others, and the next best come up.
    while (isUnlisted && setBack(best, near, (other) => isUnlisted(item, other)))
      best = bestFirst(touched, kept, longest, near);
    let { length } = best;
    while (length > 0 && near[best[length - 1]] === setBackTo) length--;
    const start = offsets[item];
    const ownItems = items.withRoom(start + length);
    const ownCounts = counts.withRoom(start + length);
    for (let t = 0; t < length; t++) {
      ownItems[start + t] = best[t];
      ownCounts[start + t] = found[best[t]];
    }
    for (let t = 0; t < kept; t++) found[touched[t]] = 0;
    offsets[item + 1] = start + length;
  }
  const total = offsets[itemCount];
  return withFigures(offsets, items.first(total, false), counts.first(total, false), lefts, rights);
}

/** Closer than this is everything that was found. */
const setBackTo = -1;

/** Sets back those that are to be, and were not before; whether there were any. */
function setBack(items: Int32Array, near: Float64Array, isToBe: (item: number) => boolean): boolean {
  let isAny = false;
  for (const item of items) {
    if (near[item] === setBackTo || !isToBe(item)) continue;
    near[item] = setBackTo;
    isAny = true;
  }
  return isAny;
}

function withFigures(
  offsets: Int32Array,
  items: Int32Array,
  counts: Int32Array,
  lefts: Int32Array,
  rights: Int32Array,
): PairLists {
  const confidences = new Float32Array(items.length);
  const closenesses = new Float32Array(items.length);
  for (let item = 0; item < lefts.length; item++) {
    for (let p = offsets[item]; p < offsets[item + 1]; p++) {
      confidences[p] = drawnConfidence(counts[p], lefts[item]);
      closenesses[p] = closeness(counts[p], lefts[item], rights[items[p]]);
    }
  }
  return { offsets, items, confidences, closenesses, lefts, rights };
}

/**
 * How many bags hold both items of a pair, of which the left one is `item`. Exact for fewer than 2^23 bags (8.4 million): a
 * confidence has 24 bits, so a count of n comes back within n × 2^-24.
 *
 * @param pair its place in the lists
 */
export function bagsWithBoth({ confidences, lefts }: PairLists, item: number, pair: number): number {
  return Math.round(confidences[pair] * (lefts[item] + confidenceShrinkage));
}
