import { type BasketHistories, basketHistories } from '../baskets/basket-histories.ts';
import { type Transactions, transactionCount } from '../baskets/transactions.ts';
import type { AnonymousBaskets, PromotedDays } from '../ranking/shop-baskets.ts';
import { transactionsWhere } from '../rules/hold-out.ts';

/** What was bought, order by order, oldest first. Items and customers have the same numbers whatever order rows came in. */
export interface Sales {
  /** Items are 0 … itemCodes.length − 1, ordered by code; so are customers. */
  readonly itemCodes: readonly string[];
  readonly customerCodes: readonly string[];
  /** By order: days since 1970-01-01 in the shop's clock; the same for all where days are not known. */
  readonly day: Int32Array;
  /** By order; −1 where not known. */
  readonly customer: Int32Array;
  /** Basket b holds the products of order b. */
  readonly baskets: Transactions;
  readonly lines: SaleLines;
  readonly promoted: PromotedDays;
}

/** Lines that were bought, in any order; NaN where an amount is not known. */
export interface SaleLines {
  readonly day: Int32Array;
  readonly item: Int32Array;
  /** Money paid for the line. */
  readonly revenue: Float64Array;
  /** What is left of it when the shop's cost is paid. */
  readonly profit: Float64Array;
}

/** Whether orders can be told apart by day. */
export const isDated = ({ day }: Sales): boolean => day.some((one) => one !== day[0]);

/** Orders, whoever counts the customers. */
type Orders = Pick<Sales, 'baskets' | 'customer' | 'day'>;

const all = (): boolean => true;

/**
 * The baskets of known customers: their orders among those that `takes` lets pass, those of one day as one.
 *
 * @param customerCount customers are numbered from 0 on; those without an order count
 */
export function historiesOf(
  { baskets, customer, day }: Orders,
  customerCount: number,
  takes: (order: number) => boolean = all,
): BasketHistories {
  const { itemCount, offsets, items } = baskets;
  const rows = { customer: new Int32Array(items.length), day: new Int32Array(items.length), item: items };
  for (let order = 0; order < customer.length; order++) {
    rows.customer.fill(takes(order) ? customer[order] : -1, offsets[order], offsets[order + 1]);
    rows.day.fill(day[order], offsets[order], offsets[order + 1]);
  }
  return basketHistories(rows, customerCount, itemCount);
}

/** The baskets of nobody known among the orders that `takes` lets pass, with their days. */
export function anonymousOf(
  { baskets, customer, day }: Orders,
  takes: (order: number) => boolean = all,
): AnonymousBaskets {
  const passes = (order: number): boolean => customer[order] < 0 && takes(order);
  return {
    transactions: transactionsWhere(baskets, passes),
    day: day.filter((_, order) => passes(order)),
  };
}

/** What a line with an item brings, on average; NaN for items of which it is not known. */
export interface ItemValues {
  readonly revenue: Float64Array;
  readonly profit: Float64Array;
}

/** Mean amounts of the lines before a day. */
export function itemValues({ lines, itemCodes }: Sales, before: number): ItemValues {
  const meanOf = (amounts: Float64Array): Float64Array => {
    const sums = new Float64Array(itemCodes.length);
    const counts = new Float64Array(itemCodes.length);
    amounts.forEach((amount, line) => {
      if (Number.isNaN(amount) || lines.day[line] >= before) return;
      sums[lines.item[line]] += amount;
      counts[lines.item[line]]++;
    });
    return sums.map((sum, item) => sum / counts[item]);
  };
  return { revenue: meanOf(lines.revenue), profit: meanOf(lines.profit) };
}

/** What the orders are, for the report. */
export function salesFigures(sales: Sales) {
  const dated = isDated(sales);
  const anonymous = sales.customer.reduce((count, customer) => count + (customer < 0 ? 1 : 0), 0);
  const dateOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
  return {
    orders: transactionCount(sales.baskets),
    anonymousOrders: anonymous,
    customers: new Set(sales.customer.filter((one) => one >= 0)).size,
    items: sales.itemCodes.length,
    from: dated ? dateOf(sales.day[0]) : null,
    to: dated ? dateOf(sales.day[sales.day.length - 1]) : null,
  };
}
