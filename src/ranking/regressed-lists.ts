import { type Holders, holdersOf } from '../baskets/holders.ts';
import { offsetsOf } from '../baskets/offsets.ts';
import type { Transactions } from '../baskets/transactions.ts';
import { choleskyFactor, choleskySolve } from '../stats/cholesky.ts';
import { keepBest } from './keep-best.ts';
import { type Bags, bagsWithBoth, type PairLists } from './pair-lists.ts';

/**
 * What each item adds to the expectation of others: item i, on the left, adds `weights[p]` to `items[p]`, p from `offsets[i]` to
 * `offsets[i + 1] - 1`.
 */
export interface RegressedLists {
  readonly offsets: Int32Array;
  readonly items: Int32Array;
  readonly weights: Float32Array;
}

export interface RegressionOptions {
  /** By how many items, the closest ones, each item is explained. */
  readonly neighbours: number;
  /** What is added to the diagonal, > 0: of items that fewer bags hold little is believed. */
  readonly ridge: number;
  /** How many items are explained at a time: a bound on memory, of 4 × neighbours² bytes each. Pairs are counted once each time. */
  readonly atOnce?: number | undefined;
}

/** 26 MB for 40 neighbours. */
const defaultAtOnce = 4096;

/**
 * Explains each item on the right by the closest items on the left, all together: ridge regression of its column on theirs, so
 * that what two of them say alike counts once, which sums of confidences do not see to. It is SLIM (Ning and Karypis, "SLIM:
 * Sparse Linear Methods for Top-N Recommender Systems", ICDM 2011) without signs and L1, with features chosen beforehand as
 * there; with all items as neighbours it would be EASE (Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019).
 *
 * @param lists of the same bags
 */
export function regressedLists(
  bags: Bags,
  lists: PairLists,
  { neighbours, ridge, atOnce = defaultAtOnce }: RegressionOptions,
): RegressedLists {
  const { left } = bags;
  const { itemCount } = left;
  const chosen = closestOnTheLeft(lists, neighbours);
  const weights = new Float32Array(chosen.items.length);
  const leftHolders = holdersOf(left);
  const counts = new Int32Array(itemCount);
  for (let first = 0; first < itemCount; first += atOnce) {
    const last = Math.min(itemCount, first + atOnce);
    const sizes = new Int32Array(last - first);
    for (let n = 0; n < sizes.length; n++)
      sizes[n] = (chosen.offsets[first + n + 1] - chosen.offsets[first + n]) ** 2;
    const starts = offsetsOf(sizes);
    const grams = new Float32Array(starts[sizes.length]);
    const users = usersOf(chosen, first, last, itemCount);
    for (let item = 0; item < itemCount; item++) {
      if (users.offsets[item] === users.offsets[item + 1]) continue;
      countBeside(item, leftHolders, left, counts);
      for (let u = users.offsets[item]; u < users.offsets[item + 1]; u++) {
        const target = users.targets[u];
        const from = chosen.offsets[target];
        const size = chosen.offsets[target + 1] - from;
        const row = starts[target - first] + users.places[u] * size;
        for (let k = 0; k < size; k++) grams[row + k] = counts[chosen.items[from + k]];
      }
      counts.fill(0);
    }
    for (let target = first; target < last; target++) {
      const from = chosen.offsets[target];
      const size = chosen.offsets[target + 1] - from;
      const gram = grams.subarray(starts[target - first], starts[target - first] + size * size);
      for (let k = 0; k < size; k++) gram[k * size + k] += ridge;
      const solved = new Float64Array(chosen.counts.subarray(from, from + size));
      const factor = new Float64Array(gram);
      // Counts of bags have no negative part, and the ridge lifts what rounding leaves of the rest.
      if (choleskyFactor(factor, size)) {
        choleskySolve(factor, solved);
        weights.set(solved, from);
      }
    }
  }
  return bySource(chosen, weights, itemCount);
}

/** By target: its neighbours on the left with the bags that hold both. */
interface Chosen {
  readonly offsets: Int32Array;
  readonly items: Int32Array;
  readonly counts: Int32Array;
}

function closestOnTheLeft(lists: PairLists, most: number): Chosen {
  const { offsets, items, closenesses, lefts } = lists;
  const itemCount = lefts.length;
  const sizes = new Int32Array(itemCount);
  for (const target of items) sizes[target]++;
  const starts = offsetsOf(sizes);
  const next = starts.slice(0, itemCount);
  const sources = new Int32Array(items.length);
  const both = new Int32Array(items.length);
  const near = new Float32Array(items.length);
  for (let source = 0; source < itemCount; source++) {
    for (let p = offsets[source]; p < offsets[source + 1]; p++) {
      const at = next[items[p]]++;
      sources[at] = source;
      both[at] = bagsWithBoth(lists, source, p);
      near[at] = closenesses[p];
    }
  }
  const kept: number[] = [];
  const keptSizes = new Int32Array(itemCount);
  for (let target = 0; target < itemCount; target++) {
    const places = Int32Array.from({ length: sizes[target] }, (_, n) => starts[target] + n);
    keepBest(places, places.length, most, near);
    const best = places.subarray(0, most);
    for (const at of best.sort()) kept.push(at);
    keptSizes[target] = best.length;
  }
  return {
    offsets: offsetsOf(keptSizes),
    items: Int32Array.from(kept, (at) => sources[at]),
    counts: Int32Array.from(kept, (at) => both[at]),
  };
}

/** By item: the targets of `first … last - 1` that it explains, and its place among their neighbours. */
function usersOf(chosen: Chosen, first: number, last: number, itemCount: number) {
  const sizes = new Int32Array(itemCount);
  for (let p = chosen.offsets[first]; p < chosen.offsets[last]; p++) sizes[chosen.items[p]]++;
  const offsets = offsetsOf(sizes);
  const next = offsets.slice(0, itemCount);
  const targets = new Int32Array(offsets[itemCount]);
  const places = new Int32Array(offsets[itemCount]);
  for (let target = first; target < last; target++) {
    for (let p = chosen.offsets[target]; p < chosen.offsets[target + 1]; p++) {
      const at = next[chosen.items[p]]++;
      targets[at] = target;
      places[at] = p - chosen.offsets[target];
    }
  }
  return { offsets, targets, places };
}

/** Counts of how many bags hold each item beside this one; its own count too. */
function countBeside(
  item: number,
  holders: Holders,
  { offsets, items }: Transactions,
  counts: Int32Array,
): void {
  for (let h = holders.offsets[item]; h < holders.offsets[item + 1]; h++) {
    const bag = holders.bags[h];
    for (let p = offsets[bag]; p < offsets[bag + 1]; p++) counts[items[p]]++;
  }
}

function bySource(chosen: Chosen, weights: Float32Array, itemCount: number): RegressedLists {
  const sizes = new Int32Array(itemCount);
  for (const source of chosen.items) sizes[source]++;
  const offsets = offsetsOf(sizes);
  const next = offsets.slice(0, itemCount);
  const items = new Int32Array(chosen.items.length);
  const turned = new Float32Array(chosen.items.length);
  for (let target = 0; target < itemCount; target++) {
    for (let p = chosen.offsets[target]; p < chosen.offsets[target + 1]; p++) {
      const at = next[chosen.items[p]]++;
      items[at] = target;
      turned[at] = weights[p];
    }
  }
  return { offsets, items, weights: turned };
}
