import { fromPairs } from '../baskets/from-pairs.ts';
import type { Transactions } from '../baskets/transactions.ts';
import { distinctIds, isNumbered, type Numbering, numbering } from './numbering.ts';

/** Who bought what, as baskets of items. */
export interface BoughtLines {
  /** In shared memory, ready for threads. */
  readonly baskets: Transactions;
  /** Ascending: basket b is the order `basketIds[b]`. */
  readonly basketIds: Int32Array;
  /** Ascending: item i is the product `itemIds[i]`. */
  readonly itemIds: Int32Array;
  /** What was bought on promotion, by basket, then item: the item `promotedItems[n]` in `promotedBaskets[n]`. */
  readonly promotedBaskets: Int32Array;
  readonly promotedItems: Int32Array;
}

/**
 * Numbers the orders and products of lines. Items are the products that were bought, baskets the orders that hold one.
 * An item that a basket holds in several lines is on promotion when one of them is.
 *
 * @param lineOrders the order id of each line
 * @param lineProducts the product id of each line, negative when it was bought on promotion
 * @param orders the orders there are; lines of others are passed over
 */
export function boughtLines(
  lineOrders: Int32Array,
  lineProducts: Int32Array,
  orders: Numbering,
): BoughtLines {
  const lineOrderIds = distinctIds(lineOrders);
  const basketIds = lineOrderIds.filter((id) => isNumbered(orders, id));
  if (basketIds.length < lineOrderIds.length) {
    const isKept = (_: number, line: number): boolean => isNumbered(orders, lineOrders[line]);
    return boughtLines(lineOrders.filter(isKept), lineProducts.filter(isKept), orders);
  }
  const productOf = lineProducts.map(Math.abs);
  const itemIds = distinctIds(productOf);
  const { numberOf: basketOf } = numbering(basketIds);
  const { numberOf: itemOf } = numbering(itemIds);

  const pairs = (ordersOf: Int32Array, productsOf: Int32Array, shared: boolean): Transactions =>
    fromPairs(
      ordersOf.map((id) => basketOf[id]),
      productsOf.map((id) => itemOf[id]),
      basketIds.length,
      itemIds.length,
      { shared },
    );
  const onPromotion = (_: number, line: number): boolean => lineProducts[line] < 0;
  const promoted = pairs(lineOrders.filter(onPromotion), productOf.filter(onPromotion), false);
  return {
    baskets: pairs(lineOrders, productOf, true),
    basketIds,
    itemIds,
    promotedBaskets: rowsOf(promoted),
    promotedItems: promoted.items,
  };
}

/** The transaction that each of the items stands in. */
function rowsOf({ offsets, items }: Transactions): Int32Array {
  const rows = new Int32Array(items.length);
  for (let row = 0; row + 1 < offsets.length; row++) rows.fill(row, offsets[row], offsets[row + 1]);
  return rows;
}
