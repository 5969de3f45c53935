import { basketCount } from '../baskets/basket-histories.ts';
import { offsetsOf } from '../baskets/offsets.ts';
import { repeatShares } from '../baskets/repeat-shares.ts';
import type { ShopBaskets } from './shop-baskets.ts';

/** Who bought what when, without the customers. Plain data. */
export interface SalesCalendar {
  /** The first day with a basket, since 1970-01-01; 0 where there is none. */
  readonly firstDay: number;
  /** Entry d: baskets before the day `firstDay + d`. One more entry than days. */
  readonly basketsBefore: Int32Array;
  /** Item i was bought on the days `days[offsets[i]]` … `days[offsets[i + 1] - 1]`, ascending. */
  readonly offsets: Int32Array;
  readonly days: Int32Array;
  /** How many baskets held the item on that day and on those before it. */
  readonly salesUntil: Int32Array;
  /** By item: share of its known buyers who bought it on another day again, drawn towards 0 where there are few. */
  readonly again: Float32Array;
}

export function salesCalendar(shop: ShopBaskets): SalesCalendar {
  const { histories, anonymous } = shop;
  const { itemCount } = histories;
  const known = basketCount(histories);
  const total = known + anonymous.day.length;
  const dayOf = (b: number): number => (b < known ? histories.day[b] : anonymous.day[b - known]);
  const [firstDay, dayCount] = daysSpanned(histories.day, anonymous.day);
  const basketsByDay = new Int32Array(dayCount);
  for (let basket = 0; basket < total; basket++) basketsByDay[dayOf(basket) - firstDay]++;
  const basketsBefore = offsetsOf(basketsByDay);
  const order = new Int32Array(total);
  const nextOfDay = basketsBefore.slice(0, dayCount);
  for (let basket = 0; basket < total; basket++) order[nextOfDay[dayOf(basket) - firstDay]++] = basket;
  // First how many days each item has, then the days.
  const lastDay = new Int32Array(itemCount).fill(-1);
  const sizes = new Int32Array(itemCount);
  const eachSale = (visit: (item: number, day: number) => void): void => {
    for (const basket of order) {
      const isKnown = basket < known;
      const offsets = isKnown ? histories.itemOffsets : anonymous.transactions.offsets;
      const items = isKnown ? histories.items : anonymous.transactions.items;
      const row = isKnown ? basket : basket - known;
      const day = dayOf(basket);
      for (let p = offsets[row]; p < offsets[row + 1]; p++) visit(items[p], day);
    }
  };
  eachSale((item, day) => {
    if (lastDay[item] !== day) sizes[item]++;
    lastDay[item] = day;
  });
  const offsets = offsetsOf(sizes);
  const days = new Int32Array(offsets[itemCount]);
  const salesUntil = new Int32Array(offsets[itemCount]);
  const next = offsets.slice(0, itemCount);
  eachSale((item, day) => {
    const at = next[item];
    const isFirst = at === offsets[item];
    if (isFirst || days[at - 1] !== day) {
      days[at] = day;
      salesUntil[at] = (isFirst ? 0 : salesUntil[at - 1]) + 1;
      next[item] = at + 1;
    } else salesUntil[at - 1]++;
  });
  return { firstDay, basketsBefore, offsets, days, salesUntil, again: repeatShares(histories) };
}

/** The day of the newest basket; the first day where there is none. */
export const lastSaleDay = ({ firstDay, basketsBefore }: SalesCalendar): number =>
  firstDay + Math.max(0, basketsBefore.length - 2);

/** How many baskets held an item in the newest so many days of the calendar. */
export function soldOfLate(calendar: SalesCalendar, item: number, dayCount: number): number {
  const { offsets, days, salesUntil } = calendar;
  const start = offsets[item];
  let at = offsets[item + 1];
  if (at === start) return 0;
  const total = salesUntil[at - 1];
  const first = lastSaleDay(calendar) - dayCount + 1;
  while (at > start && days[at - 1] >= first) at--;
  return total - (at === start ? 0 : salesUntil[at - 1]);
}

/** How many baskets there were. */
export const basketsSold = ({ basketsBefore }: SalesCalendar): number =>
  basketsBefore[basketsBefore.length - 1];

/** The first day and how many there are up to the last; of none 0 and 0. */
function daysSpanned(...columns: readonly Int32Array[]): [firstDay: number, dayCount: number] {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const column of columns) {
    for (const day of column) {
      first = Math.min(first, day);
      last = Math.max(last, day);
    }
  }
  return first <= last ? [first, last - first + 1] : [0, 0];
}
