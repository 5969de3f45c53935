import type { Shopper } from '../ranking/shopper.ts';
import type { Habit } from './cause.ts';

/** What was bought when: a customer's side of a `Shopper`. */
export type Bought = Pick<Shopper, 'items' | 'starts' | 'days'>;

/** How an item was bought; `times` is 0 for one that never was. */
export function habitOf({ items, starts, days }: Bought, item: number, today: number): Habit {
  let times = 0;
  let first = 0;
  let last = 0;
  for (let k = 0; k < days.length; k++) {
    if (!items.subarray(starts[k], starts[k + 1]).includes(item)) continue;
    if (times === 0) first = days[k];
    last = days[k];
    times++;
  }
  return { times, every: (last - first) / (times - 1), since: today - last };
}

/** The habits of all items bought, the newest first. */
export function habitsOf(bought: Bought, today: number): Map<number, Habit> {
  const { items, starts, days } = bought;
  const habits = new Map<number, Habit>();
  for (let k = days.length - 1; k >= 0; k--) {
    for (const item of items.subarray(starts[k], starts[k + 1])) {
      const later = habits.get(item);
      const since = later?.since ?? today - days[k];
      const times = (later?.times ?? 0) + 1;
      // The mean gap is the time from the first purchase to the last over the gaps in between.
      habits.set(item, { times, every: (today - days[k] - since) / (times - 1), since });
    }
  }
  return habits;
}

/** How far ahead a page looks. */
const aheadDays = 7;

/**
 * How likely an item is bought again within a week: as if purchases came at random at the customer's own mean gap, but hardly before
 * half of it is over, and half as likely with each further gap that nothing was bought. A rule of thumb for shops too small to learn
 * from. 0 after a single purchase.
 */
export function againSoon({ times, every, since }: Habit): number {
  if (times < 2) return 0;
  const gap = Math.max(1, every);
  const gaps = Math.max(0, since) / gap;
  const waning = gaps > 1 ? 0.5 ** (gaps - 1) : Math.min(1, 2 * gaps);
  return (1 - Math.exp(-aheadDays / gap)) * waning;
}
