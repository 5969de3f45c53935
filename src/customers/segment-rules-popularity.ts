import { type Transactions, transactionCount } from '../baskets/transactions.ts';
import { estimateStrength, shrunkShare } from './segment-rules-shrinkage.ts';

/** What is bought most: segment s has the entries `offsets[s]` … `offsets[s + 1] - 1`, the greatest share first. */
export interface SegmentPopularity {
  readonly offsets: Int32Array;
  readonly items: Int32Array;
  /** Of the segment's own orders. */
  readonly counts: Int32Array;
  /** The share of orders with the item, drawn to the shop's. */
  readonly shares: Float64Array;
  /** How much the shop's share counts, in orders. */
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
 * The most bought items of each segment, drawn to those of the shop where the segment has few orders: a segment without any has
 * the shop's list.
 *
 * @param orderCustomer by order: its customer, −1 for an anonymous one, whose orders count for the shop
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
  const ofShop = new Int32Array(itemCount);
  let all = 0;
  for (let order = 0; order < transactionCount(baskets); order++) {
    if (!isCounted(order)) continue;
    all++;
    const customer = orderCustomer[order];
    const segment = customer < 0 ? -1 : customerSegment[customer];
    if (segment >= 0) orders[segment]++;
    for (let at = offsets[order]; at < offsets[order + 1]; at++) {
      ofShop[items[at]]++;
      if (segment >= 0) counts[segment * itemCount + items[at]]++;
    }
  }
  const sold = [...ofShop.keys()].filter((item) => ofShop[item] > 0);
  sold.sort((a, b) => ofShop[b] - ofShop[a] || a - b);
  const shopShares = Float64Array.from(sold, (item) => ofShop[item] / all);
  const best = sold.slice(0, mostEstimated);
  const strength = estimateStrength({
    groups: segments,
    shares: shopShares.subarray(0, best.length),
    successes: Int32Array.from(
      Array.from(orders, (_, segment) => best.map((item) => counts[segment * itemCount + item])).flat(),
    ),
    trials: Int32Array.from(Array.from(orders, (own) => best.map(() => own)).flat()),
  });
  const lists = Array.from(orders, (own, segment) => {
    const share = Float64Array.from(sold, (item, n) =>
      shrunkShare(counts[segment * itemCount + item], own, shopShares[n], strength),
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
