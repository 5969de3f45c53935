import { firstAtLeast } from '../baskets/first-at-least.ts';
import { keepBest } from './keep-best.ts';
import type { SalesCalendar } from './sales-calendar.ts';

/** What is said of an item, in a row of numbers. */
export const trend = {
  /** Share of all baskets before the day; 0 where there were none. */
  overall: 0,
  /** Share of the baskets of the four weeks before, or of as many more days as 1000 baskets take. */
  recent: 1,
  /** Share of the baskets of the week before, or of as many more days as 300 baskets take. */
  latest: 2,
  /** Share of the baskets of the four weeks around the day a year earlier; NaN where there were too few. */
  season: 3,
  /** The recent share by that of all baskets; NaN where it had not been bought. */
  rise: 4,
  /** As in the calendar. */
  again: 5,
  /** Days since it was first and last bought; NaN where it was not yet. */
  age: 6,
  idle: 7,
} as const;

export const trendWidth = 8;

/** How each item had sold before a day: nothing of that day or of later ones is in it but `again`. */
export interface ItemTrends {
  /** Since 1970-01-01. */
  readonly day: number;
  /** From i × `trendWidth` on there is what is said of item i. */
  readonly rows: Float32Array;
  /** The items of the largest recent share, that first, of those that had been bought. */
  readonly popular: Int32Array;
}

const recentDays = 28;
const latestDays = 7;
/** Shares of fewer baskets than this say little: the window reaches further back instead. */
const recentBaskets = 1000;
const latestBaskets = 300;
const yearDays = 364;
const seasonDays = 14;

/**
 * @param day of the question, since 1970-01-01
 * @param listed how many popular items to list at most
 */
export function itemTrends(calendar: SalesCalendar, day: number, listed: number): ItemTrends {
  const { firstDay, basketsBefore, offsets, days, salesUntil, again } = calendar;
  const itemCount = offsets.length - 1;
  const before = (d: number): number =>
    basketsBefore[Math.min(Math.max(d - firstDay, 0), basketsBefore.length - 1)];
  const total = before(day);
  const startOf = (span: number, baskets: number): number => {
    let start = day - span;
    while (start > firstDay && total - before(start) < baskets) start--;
    return start;
  };
  const recentStart = startOf(recentDays, recentBaskets);
  const latestStart = startOf(latestDays, latestBaskets);
  const seasonStart = day - yearDays - seasonDays;
  const seasonEnd = day - yearDays + seasonDays;
  const inSeason = before(seasonEnd) - before(seasonStart);
  const hasSeason = seasonStart >= firstDay && inSeason >= latestBaskets;
  const rows = new Float32Array(itemCount * trendWidth);
  for (let item = 0; item < itemCount; item++) {
    const start = offsets[item];
    const end = firstAtLeast(days, day, start, offsets[item + 1]);
    // How many baskets had the item before the day at this place or, at its end, before the day of the question.
    const soldUntil = (at: number): number => (at === start ? 0 : salesUntil[at - 1]);
    const sold = (d: number): number => soldUntil(firstAtLeast(days, d, start, end));
    const until = soldUntil(end);
    const at = item * trendWidth;
    const isBought = until > 0;
    rows[at + trend.overall] = share(until, total);
    rows[at + trend.recent] = share(until - sold(recentStart), total - before(recentStart));
    rows[at + trend.latest] = share(until - sold(latestStart), total - before(latestStart));
    rows[at + trend.season] = hasSeason ? share(sold(seasonEnd) - sold(seasonStart), inSeason) : Number.NaN;
    rows[at + trend.rise] = isBought ? rows[at + trend.recent] / rows[at + trend.overall] : Number.NaN;
    rows[at + trend.again] = again[item];
    rows[at + trend.age] = isBought ? day - days[start] : Number.NaN;
    rows[at + trend.idle] = isBought ? day - days[end - 1] : Number.NaN;
  }
  return { day, rows, popular: mostPopular(rows, listed) };
}

/** Those bought of late, and of equally many the ones bought more in all; ties by number. */
function mostPopular(rows: Float32Array, listed: number): Int32Array {
  const items = new Int32Array(rows.length / trendWidth);
  for (let item = 0; item < items.length; item++) items[item] = item;
  const recent = Float32Array.from(items, (item) => rows[item * trendWidth + trend.recent]);
  const overall = (item: number): number => rows[item * trendWidth + trend.overall];
  keepBest(items, items.length, listed, recent);
  let least = Number.POSITIVE_INFINITY;
  for (const item of items.subarray(0, listed)) least = Math.min(least, recent[item]);
  return items
    .filter((item) => recent[item] >= least && overall(item) > 0)
    .sort((a, b) => recent[b] - recent[a] || overall(b) - overall(a) || a - b)
    .slice(0, listed);
}

const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);
