import { medianOfSorted } from '../../stats/median.ts';
import { narrowed, type OrderSizes } from './drivers.ts';

export interface OrderSizeSettings {
  /**
   * Money: how many orders were of less is counted for each; at most 8. Default: the 10 %, 25 % and 50 % points of the
   * orders' revenue, to two digits.
   */
  readonly orderBounds?: readonly number[];
  /** Money: an order of less is small. Default: the 25 % point of the orders' revenue, to two digits. */
  readonly smallOrderUnder?: number;
}

/**
 * How many orders were of less than each bound.
 *
 * @param offsets by customer, into the documents
 * @param orderRevenue by document; NaN where it is no order
 */
export function orderSizes(
  offsets: Int32Array,
  orderRevenue: Float64Array,
  { orderBounds, smallOrderUnder }: OrderSizeSettings,
): { columns: OrderSizes; typicalOrder: number | null; smallOrderUnder: number | null } {
  const paid = orderRevenue.filter((revenue) => revenue > 0).sort();
  const point = (share: number): number => rounded(paid[Math.floor(share * (paid.length - 1))]);
  const hasPaid = paid.length > 0;
  const small = smallOrderUnder ?? (hasPaid ? point(0.25) : null);
  const chosen = orderBounds ?? (hasPaid ? [0.1, 0.25, 0.5].map(point) : []);
  const bounds = Float64Array.from(new Set(small === null ? chosen : [...chosen, small])).sort();

  const customers = offsets.length - 1;
  const ordersUnder = Array.from(bounds, () => new Int32Array(customers));
  const revenueUnder = Array.from(bounds, () => new Float64Array(customers));
  for (let c = 0; c < customers; c++) {
    for (let d = offsets[c]; d < offsets[c + 1]; d++) {
      const revenue = orderRevenue[d];
      // Bounds ascend, and NaN is under none.
      for (let b = bounds.length - 1; b >= 0 && revenue < bounds[b]; b--) {
        ordersUnder[b][c]++;
        revenueUnder[b][c] += revenue;
      }
    }
  }
  return {
    columns: { bounds, ordersUnder: ordersUnder.map(narrowed), revenueUnder },
    typicalOrder: hasPaid ? medianOfSorted(paid) : null,
    smallOrderUnder: small,
  };
}

/** To two digits, so that a bound that nobody chose reads well. */
export function rounded(amount: number): number {
  return Number(amount.toPrecision(2));
}
