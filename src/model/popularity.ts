import type { Transactions } from '../baskets/transactions.ts';
import type { ItemGroups } from './model.ts';
import type { OrderTable } from './order-table.ts';

export interface PopularityOptions {
  /** Orders of so many days count, back from the newest order. */
  recentDays: number;
  /** Orders of later days are mistakes and count for nothing here; in days since 1970-01-01. */
  today: number;
  /** How many items each list holds at most. */
  listLength: number;
  /** A segment with fewer recent orders has no list of its own. */
  minSegmentOrders: number;
}

/** The most bought items of the shop (group 0) and of each segment (group 1 + s), by the number of recent orders. */
export function popularItems(
  orders: OrderTable,
  baskets: Transactions,
  options: PopularityOptions,
): ItemGroups {
  const segments = orders.segmentNames.length;
  const lastDay = orders.day.reduce(
    (latest, day) => (day > options.today ? latest : Math.max(latest, day)),
    0,
  );
  const firstDay = lastDay - options.recentDays + 1;

  const ordersBySegment: number[][] = Array.from({ length: segments }, () => []);
  const recent: number[] = [];
  for (let order = 0; order < orders.day.length; order++) {
    if (orders.day[order] < firstDay || orders.day[order] > lastDay) continue;
    recent.push(order);
    const customer = orders.customer[order];
    const segment = customer < 0 ? -1 : orders.customerSegment[customer];
    if (segment >= 0) ordersBySegment[segment].push(order);
  }

  const offsets = new Int32Array(segments + 2);
  const items: number[] = [];
  const counts: number[] = [];
  const tally = new Int32Array(baskets.itemCount);
  const groups = [recent, ...ordersBySegment];
  groups.forEach((group, g) => {
    if (g === 0 || group.length >= options.minSegmentOrders) {
      for (const item of mostCounted(group, baskets, tally, options.listLength)) {
        items.push(item);
        counts.push(tally[item]);
      }
    }
    offsets[g + 1] = items.length;
  });
  return { offsets, items: Int32Array.from(items), counts: Int32Array.from(counts) };
}

/** Counts the items of `orders` into `tally` and returns the most frequent, ties by item number. */
function mostCounted(
  orders: readonly number[],
  baskets: Transactions,
  tally: Int32Array,
  length: number,
): number[] {
  tally.fill(0);
  const seen: number[] = [];
  for (const order of orders) {
    for (let i = baskets.offsets[order]; i < baskets.offsets[order + 1]; i++) {
      const item = baskets.items[i];
      if (tally[item]++ === 0) seen.push(item);
    }
  }
  return seen.sort((a, b) => tally[b] - tally[a] || a - b).slice(0, length);
}
