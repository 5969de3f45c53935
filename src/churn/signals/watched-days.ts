import { type DaySeries, endOn, type SignalHistory } from './history.ts';
import { clockTime, type SeasonClock } from './season.ts';

/** Days after `after`, up to `last`. */
export interface DaySpan {
  readonly after: number;
  readonly last: number;
}

/** Two orders make a gap, by which a customer is watched whatever contracts say. */
const fewestOrders = 2;

/** Whether on a day a customer is watched by orders: who has ordered twice, and who never had a contract. */
export function isWatchedByOrders({ orders, contracts }: SignalHistory, c: number, today: number): boolean {
  if (endOn(orders, c, today) - orders.offsets[c] >= fewestOrders) return true;
  const first = contracts.offsets[c];
  return first === contracts.offsets[c + 1] || contracts.from[first] > today;
}

/**
 * When a customer was there to be seen, by what is known on a day: while contracts ran, and from the first order on; by contracts alone
 * for who has them and has not ordered twice. The days on which they begin are no part, because what makes somebody a customer happens
 * on them. In the order of time; what comes after `today` means nothing.
 *
 * @param by `orders` for signals that rest on them: then contracts do not count
 */
export function watchedSpans(
  history: SignalHistory,
  c: number,
  today: number,
  by: 'orders' | 'all',
): DaySpan[] {
  const { orders, contracts } = history;
  const first = orders.offsets[c];
  const hasOrders =
    endOn(orders, c, today) > first && (by === 'orders' || isWatchedByOrders(history, c, today));
  const ordersFrom = hasOrders ? orders.day[first] : Number.POSITIVE_INFINITY;
  const spans: DaySpan[] = [];
  if (by === 'all') {
    const end = contracts.offsets[c + 1];
    for (let n = contracts.offsets[c]; n < end && contracts.from[n] < ordersFrom; n++) {
      const last = contracts.left[n] < 0 ? Number.POSITIVE_INFINITY : contracts.left[n] - 1;
      spans.push({ after: contracts.from[n], last });
    }
  }
  if (!hasOrders) return spans;
  // A contract that still runs when the first order comes goes over into the time with orders.
  const running = spans.at(-1);
  const after = running && running.last >= ordersFrom ? spans.pop()!.after : ordersFrom;
  return [...spans, { after, last: Number.POSITIVE_INFINITY }];
}

/** What of the spans is after one day and up to another. */
export function spansWithin(spans: readonly DaySpan[], after: number, last: number): DaySpan[] {
  const within: DaySpan[] = [];
  for (const span of spans) {
    const own = { after: Math.max(after, span.after), last: Math.min(last, span.last) };
    if (own.last > own.after) within.push(own);
  }
  return within;
}

export const daysOf = (spans: readonly DaySpan[]): number =>
  spans.reduce((sum, { after, last }) => sum + last - after, 0);

/** How long the spans are by a clock. */
export const timeOf = (spans: readonly DaySpan[], clock: SeasonClock | null): number =>
  spans.reduce((sum, { after, last }) => sum + clockTime(clock, last + 1) - clockTime(clock, after + 1), 0);

/** How many entries of a customer are of the days of the spans. */
export const entriesIn = (series: DaySeries, c: number, spans: readonly DaySpan[]): number =>
  spans.reduce((sum, { after, last }) => sum + endOn(series, c, last) - endOn(series, c, after), 0);

/** The day of the n-th entry of those days, from 1 on; there are as many at least. */
export function nthDayIn(series: DaySeries, c: number, spans: readonly DaySpan[], n: number): number {
  let left = n;
  for (const span of spans) {
    const own = entriesIn(series, c, [span]);
    if (left <= own) return series.day[endOn(series, c, span.after) + left - 1];
    left -= own;
  }
  return Number.NaN;
}
