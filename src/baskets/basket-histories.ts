import { PairwellError } from '../errors.ts';
import { chosenRows } from './chosen-rows.ts';
import { fromPairs } from './from-pairs.ts';
import { offsetsOf } from './offsets.ts';
import type { Transactions } from './transactions.ts';

/**
 * What known customers bought, day by day: customer c has the baskets `offsets[c]` … `offsets[c + 1] - 1` in the order of
 * time. A basket is all that one customer bought on one day: basket b, of `day[b]`, holds `items[itemOffsets[b]]` …
 * `items[itemOffsets[b + 1] - 1]`, ascending, each once, each in `0 … itemCount - 1`. Two baskets of one customer are never of
 * the same day.
 */
export interface BasketHistories {
  readonly itemCount: number;
  readonly offsets: Int32Array;
  /** In days since 1970-01-01. */
  readonly day: Int32Array;
  readonly itemOffsets: Int32Array;
  readonly items: Int32Array;
}

/** Rows of sales, in any order: a customer (−1 where not known), a day and an item each. */
export interface SaleRows {
  readonly customer: Int32Array;
  readonly day: Int32Array;
  readonly item: Int32Array;
}

/** How many customers there are, those without a basket included. */
export const historyCount = ({ offsets }: BasketHistories): number => offsets.length - 1;

/** How many baskets there are. */
export const basketCount = ({ day }: BasketHistories): number => day.length;

/** The items of basket `b`: a view. */
export const itemsOfBasket = ({ itemOffsets, items }: BasketHistories, b: number): Int32Array =>
  items.subarray(itemOffsets[b], itemOffsets[b + 1]);

/** All baskets, as transactions: nothing is copied. */
export const asTransactions = ({ itemCount, itemOffsets, items }: BasketHistories): Transactions => ({
  itemCount,
  offsets: itemOffsets,
  items,
});

/** The items of the customer's newest basket, none without a basket: a view. */
export function lastBasket(histories: BasketHistories, customer: number): Int32Array {
  const { offsets } = histories;
  const end = offsets[customer + 1];
  return end === offsets[customer] ? histories.items.subarray(0, 0) : itemsOfBasket(histories, end - 1);
}

/**
 * Puts rows of sales together into baskets. Rows of unknown customers are passed over.
 *
 * @throws PairwellError `bad-input` when the columns differ in length, or a customer or item is out of range
 */
export function basketHistories(
  { customer, day, item }: SaleRows,
  customerCount: number,
  itemCount: number,
): BasketHistories {
  if (customer.length !== day.length || day.length !== item.length) {
    const message = `There are ${customer.length} customers, ${day.length} days and ${item.length} items; rows need as many of each.`;
    throw new PairwellError('bad-input', message);
  }
  const rows = rowsByCustomerAndDay(customer, day, customerCount);
  const basketOf = new Int32Array(rows.length);
  const days: number[] = [];
  const sizes = new Int32Array(customerCount);
  for (let n = 0; n < rows.length; n++) {
    const row = rows[n];
    const before = n === 0 ? -1 : rows[n - 1];
    if (before < 0 || customer[before] !== customer[row] || day[before] !== day[row]) {
      days.push(day[row]);
      sizes[customer[row]]++;
    }
    basketOf[n] = days.length - 1;
  }
  const { offsets, items } = fromPairs(
    basketOf,
    rows.map((row) => item[row]),
    days.length,
    itemCount,
    { shared: false },
  );
  return { itemCount, offsets: offsetsOf(sizes), day: Int32Array.from(days), itemOffsets: offsets, items };
}

/** The rows of known customers, by customer, then day. */
function rowsByCustomerAndDay(customer: Int32Array, day: Int32Array, customerCount: number): Int32Array {
  const sizes = new Int32Array(customerCount);
  for (const one of customer) {
    if (one < -1 || one >= customerCount) {
      const message = `The customer number ${one} is neither -1 nor in 0 … ${customerCount - 1}.`;
      throw new PairwellError('bad-input', message, { customer: one });
    }
    if (one >= 0) sizes[one]++;
  }
  const offsets = offsetsOf(sizes);
  const rows = new Int32Array(offsets[customerCount]);
  const next = offsets.slice();
  for (let row = 0; row < customer.length; row++) if (customer[row] >= 0) rows[next[customer[row]]++] = row;
  for (let c = 0; c < customerCount; c++)
    rows.subarray(offsets[c], offsets[c + 1]).sort((a, b) => day[a] - day[b] || a - b);
  return rows;
}

/**
 * The histories with those baskets alone that `keeps` lets pass, in their order; every customer stays, if without baskets.
 *
 * @param keeps is asked of each basket, with its customer
 */
export function basketsWhere(
  histories: BasketHistories,
  keeps: (basket: number, customer: number) => boolean,
): BasketHistories {
  const { itemCount, offsets, day, itemOffsets, items } = histories;
  const kept: number[] = [];
  const sizes = new Int32Array(historyCount(histories));
  for (let c = 0; c < sizes.length; c++) {
    for (let b = offsets[c]; b < offsets[c + 1]; b++) {
      if (!keeps(b, c)) continue;
      kept.push(b);
      sizes[c]++;
    }
  }
  const chosen = chosenRows({ offsets: itemOffsets, items }, Int32Array.from(kept));
  return {
    itemCount,
    offsets: offsetsOf(sizes),
    day: Int32Array.from(kept, (b) => day[b]),
    itemOffsets: chosen.offsets,
    items: chosen.items,
  };
}

/** The histories without the newest `n` baskets of each customer; who has no more than that is left with none. */
export function withoutLast(histories: BasketHistories, n: number): BasketHistories {
  return basketsWhere(histories, (basket, customer) => basket < histories.offsets[customer + 1] - n);
}

/** The histories with those items alone that `keeps` lets pass; baskets that nothing is left of are left out. */
export function itemsWhere(histories: BasketHistories, keeps: (item: number) => boolean): BasketHistories {
  const { itemCount, offsets, day, itemOffsets, items } = histories;
  const chosen = items.filter(keeps);
  const sizes = new Int32Array(historyCount(histories));
  const days: number[] = [];
  const starts = [0];
  let end = 0;
  for (let c = 0; c < sizes.length; c++) {
    for (let b = offsets[c]; b < offsets[c + 1]; b++) {
      const start = end;
      for (let i = itemOffsets[b]; i < itemOffsets[b + 1]; i++) if (keeps(items[i])) end++;
      if (end === start) continue;
      sizes[c]++;
      days.push(day[b]);
      starts.push(end);
    }
  }
  return {
    itemCount,
    offsets: offsetsOf(sizes),
    day: Int32Array.from(days),
    itemOffsets: Int32Array.from(starts),
    items: chosen,
  };
}
