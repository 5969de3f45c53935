import { keepBest } from './keep-best.ts';
import type { SalesCalendar } from './sales-calendar.ts';

/** How each item had sold before a day: nothing of that day or of later ones is in it. */
export interface ItemTrends {
  /** Since 1970-01-01. */
  readonly day: number;
  /** Share of all baskets until then, by item as all that follow; 0 where there were none. */
  readonly overall: Float32Array;
  /** Share of the baskets of the four weeks before, or of as many more days as 1000 baskets take. */
  readonly recent: Float32Array;
  /** Share of the baskets of the week before, or of as many more days as 300 baskets take. */
  readonly latest: Float32Array;
  /** Share of the baskets of the four weeks around the day a year earlier; NaN where there were too few. */
  readonly season: Float32Array;
  /** Days since it was first and last bought; NaN where it was not yet. */
  readonly age: Float32Array;
  readonly idle: Float32Array;
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
  const { firstDay, basketsBefore, offsets, days, salesUntil } = calendar;
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
  const column = (): Float32Array => new Float32Array(itemCount);
  const trends = {
    overall: column(),
    recent: column(),
    latest: column(),
    season: column(),
    age: column(),
    idle: column(),
  };
  for (let item = 0; item < itemCount; item++) {
    const start = offsets[item];
    const end = firstAtLeast(days, day, start, offsets[item + 1]);
    // How many baskets had the item before the day at this place or, at its end, before the day of the question.
    const soldUntil = (at: number): number => (at === start ? 0 : salesUntil[at - 1]);
    const sold = (d: number): number => soldUntil(firstAtLeast(days, d, start, end));
    const until = soldUntil(end);
    trends.overall[item] = share(until, total);
    trends.recent[item] = share(until - sold(recentStart), total - before(recentStart));
    trends.latest[item] = share(until - sold(latestStart), total - before(latestStart));
    trends.season[item] = hasSeason ? share(sold(seasonEnd) - sold(seasonStart), inSeason) : Number.NaN;
    trends.age[item] = until > 0 ? day - days[start] : Number.NaN;
    trends.idle[item] = until > 0 ? day - days[end - 1] : Number.NaN;
  }
  return { day, ...trends, popular: mostPopular(trends, listed) };
}

/** Those bought of late, and of equally many the ones bought more in all; ties by number. */
function mostPopular(
  { recent, overall }: Pick<ItemTrends, 'recent' | 'overall'>,
  listed: number,
): Int32Array {
  const items = new Int32Array(recent.length);
  for (let item = 0; item < items.length; item++) items[item] = item;
  keepBest(items, items.length, listed, recent);
  let least = Number.POSITIVE_INFINITY;
  for (const item of items.subarray(0, listed)) least = Math.min(least, recent[item]);
  return items
    .filter((item) => recent[item] >= least && overall[item] > 0)
    .sort((a, b) => recent[b] - recent[a] || overall[b] - overall[a] || a - b)
    .slice(0, listed);
}

const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

/** The first place from `start` to `end` whose value is at least `wanted`; `end` where none is. */
function firstAtLeast(ascending: Int32Array, wanted: number, start: number, end: number): number {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
