import { type BasketHistories, historyCount } from '../../baskets/basket-histories.ts';

/** Sparse vectors over items: customer c has the entries `offsets[c]` … `offsets[c + 1] - 1`. */
export interface CustomerVectors {
  readonly offsets: Int32Array;
  readonly items: Int32Array;
  readonly weights: Float64Array;
}

export interface DecayOptions {
  /** Into how many groups a customer's baskets are put; who has fewer baskets has each in a group of its own. */
  readonly groups: number;
  /** A basket counts so many times as much as the next one. */
  readonly withinDecay: number;
  /** A group counts so many times as much as the next one. */
  readonly groupDecay: number;
}

/**
 * What each customer bought, the later the more: the "personalised item frequency" of Hu, He, Gao and Zhang, "Modeling personalized
 * item frequency information for next-basket recommendation", SIGIR 2020, section 4.2, as the authors' program has it, on which the
 * published figures rest: the baskets are put into groups of equal size, or of sizes that differ by one, the larger ones last; the vector
 * is the mean over groups, decayed by group from the last of `groups`, of the mean over the group's baskets, decayed by basket from the
 * customer's last.
 */
export function decayedHistories(
  histories: BasketHistories,
  { groups, withinDecay, groupDecay }: DecayOptions,
): CustomerVectors {
  const { itemCount, offsets, itemOffsets } = histories;
  const customers = historyCount(histories);
  const starts = new Int32Array(customers + 1);
  const items: number[] = [];
  const weights: number[] = [];
  const weightOf = new Float64Array(itemCount);
  for (let customer = 0; customer < customers; customer++) {
    const [first, end] = [offsets[customer], offsets[customer + 1]];
    const baskets = end - first;
    const own: number[] = [];
    for (let b = first; b < end; b++) {
      const { group, size, count } = groupOf(b - first, baskets, groups);
      const weight = (withinDecay ** (end - 1 - b) * groupDecay ** (groups - 1 - group)) / (size * count);
      for (let i = itemOffsets[b]; i < itemOffsets[b + 1]; i++) {
        const item = histories.items[i];
        if (weightOf[item] === 0) own.push(item);
        weightOf[item] += weight;
      }
    }
    for (const item of own.sort((a, b) => a - b)) {
      items.push(item);
      weights.push(weightOf[item]);
      weightOf[item] = 0;
    }
    starts[customer + 1] = items.length;
  }
  return { offsets: starts, items: Int32Array.from(items), weights: Float64Array.from(weights) };
}

/** The group of basket `n` of so many, how many baskets it has, and how many groups there are. */
function groupOf(n: number, baskets: number, groups: number): { group: number; size: number; count: number } {
  if (baskets < groups) return { group: n, size: 1, count: baskets };
  const size = Math.floor(baskets / groups);
  const smaller = groups - (baskets % groups);
  return n < smaller * size
    ? { group: Math.floor(n / size), size, count: groups }
    : { group: smaller + Math.floor((n - smaller * size) / (size + 1)), size: size + 1, count: groups };
}
