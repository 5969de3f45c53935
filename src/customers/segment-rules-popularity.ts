import { type Transactions, transactionCount } from '../baskets/transactions.ts';
import { estimateStrength, shrunkShare } from './segment-rules-shrinkage.ts';

/** What is bought most: segment s has the entries `offsets[s]` … `offsets[s + 1] - 1`, the greatest share first. */
export interface SegmentPopularity {
  readonly offsets: Int32Array;
  readonly items: Int32Array;
  /** Of the segment's own orders. */
  readonly counts: Int32Array;
  /** The share of orders with the item, drawn to that of all segments. */
  readonly shares: Float64Array;
  /** How much the share of all counts, in orders. */
  readonly strength: number;
}

export interface SegmentPopularityOptions {
  /** The most items of each list. */
  readonly listLength: number;
  /** Whether an order counts, such as a recent one. */
  readonly counts: (order: number) => boolean;
}

/** How unlike the segments are is learned from the best-selling items, which the lists are made of. */
const mostEstimated = 500;

/**
 * The most bought items of each segment, drawn to those of all segments together where it has few orders: a segment without any
 * has the list of all. Orders of nobody known are left out, as they may be of another kind; see `countsTogether`.
 *
 * @param orderCustomer by order: its customer, −1 for an anonymous one
 * @param customerSegment by customer: 0 … segments − 1, −1 for none
 */
export function segmentPopularity(
  baskets: Transactions,
  orderCustomer: Int32Array,
  customerSegment: ArrayLike<number>,
  segments: number,
  { listLength, counts: isCounted }: SegmentPopularityOptions,
): SegmentPopularity {
  const { itemCount, offsets, items } = baskets;
  const counts = new Int32Array(segments * itemCount);
  const orders = new Int32Array(segments);
  const ofAll = new Int32Array(itemCount);
  let all = 0;
  for (let order = 0; order < transactionCount(baskets); order++) {
    if (!isCounted(order)) continue;
    const customer = orderCustomer[order];
    const segment = customer < 0 ? -1 : customerSegment[customer];
    if (segment < 0) continue;
    all++;
    orders[segment]++;
    for (let at = offsets[order]; at < offsets[order + 1]; at++) {
      ofAll[items[at]]++;
      counts[segment * itemCount + items[at]]++;
    }
  }
  const sold = [...ofAll.keys()].filter((item) => ofAll[item] > 0);
  sold.sort((a, b) => ofAll[b] - ofAll[a] || a - b);
  const allShares = Float64Array.from(sold, (item) => ofAll[item] / all);
  const best = sold.slice(0, mostEstimated);
  const strength = estimateStrength({
    groups: segments,
    shares: allShares.subarray(0, best.length),
    successes: Int32Array.from(
      Array.from(orders, (_, segment) => best.map((item) => counts[segment * itemCount + item])).flat(),
    ),
    trials: Int32Array.from(Array.from(orders, (own) => best.map(() => own)).flat()),
  });
  const lists = Array.from(orders, (own, segment) => {
    const share = Float64Array.from(sold, (item, n) =>
      shrunkShare(counts[segment * itemCount + item], own, allShares[n], strength),
    );
    const order = [...sold.keys()].sort((a, b) => share[b] - share[a] || sold[a] - sold[b]);
    return order.slice(0, listLength).map((n) => ({
      item: sold[n],
      count: counts[segment * itemCount + sold[n]],
      share: share[n],
    }));
  });
  const length = lists[0]?.length ?? 0;
  const flat = lists.flat();
  return {
    offsets: Int32Array.from({ length: segments + 1 }, (_, s) => s * length),
    items: Int32Array.from(flat, ({ item }) => item),
    counts: Int32Array.from(flat, ({ count }) => count),
    shares: Float64Array.from(flat, ({ share }) => share),
    strength,
  };
}
