import {
  type CountBase,
  type CountPrior,
  type CountVerdict,
  clumpSlices,
  dispersion,
  drawnClump,
  fitCounts,
  judgeCount,
} from './count-watch.ts';
import { yearDays } from './gap-sums.ts';
import { customersOf, type DaySeries, endOn, type SignalHistory } from './history.ts';
import type { SegmentColumn } from './rhythm-watch.ts';
import { clockTime, type SeasonClock } from './season.ts';
import { orderSignals, type SignalName } from './signal-names.ts';
import {
  type DaySpan,
  daysOf,
  entriesIn,
  isWatchedByOrders,
  nthDayIn,
  spansWithin,
  timeOf,
  watchedSpans,
} from './watched-days.ts';

/** How things that happen are counted. */
export interface CountSignal {
  readonly name: SignalName;
  readonly series: 'orders' | 'engagement' | 'complaints' | 'serviceCalls' | 'failedPayments' | 'returns';
  readonly direction: 'rise' | 'fall';
  /** Days: the window that the customer's rate makes ten of, within these. */
  readonly shortest: number;
  readonly longest: number;
  /** Whether the shop's season changes the rate. */
  readonly bySeason: boolean;
  /** Whether it is counted by orders rather than by days. */
  readonly perOrder: boolean;
}

const rare = { direction: 'rise', shortest: 91, longest: 91, bySeason: false, perOrder: false } as const;

export const countSignals: readonly CountSignal[] = [
  {
    name: 'order-frequency',
    series: 'orders',
    direction: 'fall',
    shortest: 28,
    longest: 182,
    bySeason: true,
    perOrder: false,
  },
  {
    name: 'engagement',
    series: 'engagement',
    direction: 'fall',
    shortest: 14,
    longest: 91,
    bySeason: true,
    perOrder: false,
  },
  { ...rare, name: 'complaints', series: 'complaints' },
  { ...rare, name: 'service-calls', series: 'serviceCalls' },
  { ...rare, name: 'failed-payments', series: 'failedPayments' },
  { ...rare, name: 'returns', series: 'returns', perOrder: true },
];

/** What a window holds of this many is short enough to see a change, and long enough to see it well. */
const wanted = 10;

/** What was learnt of the shop: by segment, the last one of the whole; and when the shop began to keep such records. */
export interface CountModel {
  readonly priors: readonly CountPrior[];
  readonly firstDay: number;
}

/** A number that is out of its limit. */
export interface CountAlarm extends CountVerdict {
  readonly seen: number;
  readonly windowDays: number;
  readonly since: number;
}

/**
 * What the rhythm says of a customer: orders a year, and the clumps that they come in, below 1 where gaps are even. Signals that do not
 * rest on orders make no use of it.
 */
export interface OrderHabit {
  readonly perYear: number;
  readonly clump: number;
}

/** Counts are not taken to be more even than this: half the standard deviation of chance. */
const leastClump = 0.25;

/** A segment with fewer customers has the shop's prior. */
const fewestOfSegment = 100;

/** Null where nothing of the kind ever happened up to `today`, so that there is nothing to watch. */
export function fitCountSignal(
  signal: CountSignal,
  history: SignalHistory,
  clock: SeasonClock | null,
  today: number,
  { segment, segments }: SegmentColumn,
): CountModel | null {
  const series = history[signal.series];
  const firstDay = series.day.reduce((first, day) => Math.min(first, day), Number.POSITIVE_INFINITY);
  if (!(firstDay <= today)) return null;
  const all: CountBase[] = [];
  const bySegment = Array.from({ length: segments }, (): CountBase[] => []);
  for (let c = 0; c < customersOf(history); c++) {
    const counts = countsOf(signal, history, clock, c, firstDay, today, today);
    if (counts === undefined) continue;
    const base = { ...counts.base, clump: Math.max(1, counts.own / (clumpSlices - 1)) };
    if (base.count > 0 || signal.direction === 'rise') all.push(base);
    if (base.count > 0 && segment[c] >= 0) bySegment[segment[c]].push(base);
  }
  // Whoever nothing happens to says nothing of clumps.
  const active = all.filter(({ count }) => count > 0);
  const clump = active.reduce((sum, base) => sum + base.clump, 0) / Math.max(1, active.length);
  const shop = fitCounts(all.map((base) => ({ ...base, clump: Math.max(1, clump) })));
  if (shop === null) return null;
  const priors = bySegment.map((own) => (own.length >= fewestOfSegment ? (fitCounts(own) ?? shop) : shop));
  return { priors: [...priors, shop], firstDay };
}

/**
 * The alarm of a customer, if the number of the window that ends with `today` is out of the limit that gives the allowed false alarms.
 * Undefined too for who was not seen for a window and more before that one, or has none of what may fall.
 *
 * @param allowance false alarms a year
 */
export function watchCount(
  signal: CountSignal,
  { priors, firstDay }: CountModel,
  history: SignalHistory,
  clock: SeasonClock | null,
  c: number,
  today: number,
  segment: number,
  allowance: number,
  habit: OrderHabit,
): CountAlarm | undefined {
  const prior = priors[segment >= 0 ? segment : priors.length - 1];
  if (signal.direction === 'rise' && isQuiet(history[signal.series], c, today, signal.longest))
    return undefined;
  const whole = countsOf(signal, history, clock, c, firstDay, today, today);
  if (whole === undefined || (signal.direction === 'fall' && whole.base.count === 0)) return undefined;
  const rate = (prior.shape * prior.clump + whole.base.count) / (prior.days + whole.base.days);
  const windowDays = Math.round(Math.min(signal.longest, Math.max(signal.shortest, wanted / rate)));
  const from = today - windowDays;
  const counts = countsOf(signal, history, clock, c, firstDay, from, today);
  if (counts === undefined || counts.days < windowDays) return undefined;
  if (signal.direction === 'fall' && counts.base.count === 0) return undefined;
  const clump =
    signal.series === 'orders'
      ? drawnClump(counts.own, habit.clump, leastClump)
      : drawnClump(counts.own, prior.clump, 1);
  const base = { ...counts.base, clump };
  const judge = (seen: number): CountVerdict => {
    const verdict = judgeCount(signal.direction, seen, counts.window, base, prior);
    return signal.perOrder ? { ...verdict, yearly: (verdict.yearly * habit.perYear) / yearDays } : verdict;
  };
  const verdict = judge(counts.seen);
  if (!(verdict.yearly <= allowance)) return undefined;
  const step = signal.direction === 'rise' ? -1 : 1;
  let limit = counts.seen;
  while (judge(limit + step).yearly <= allowance) limit += step;
  const { day, offsets } = history[signal.series];
  const end = endOn(history[signal.series], c, today);
  const since =
    signal.direction === 'rise'
      ? nthDayIn(history[signal.series], c, counts.within, limit)
      : end - limit - 1 >= offsets[c]
        ? Math.min(today, day[end - limit - 1] + windowDays)
        : today;
  return { ...verdict, seen: counts.seen, windowDays, since };
}

/** Whether nothing happened in the window: then there is no rise. */
const isQuiet = (series: DaySeries, c: number, today: number, days: number): boolean =>
  endOn(series, c, today) === endOn(series, c, today - days);

interface Counts {
  readonly base: { readonly count: number; readonly days: number };
  /** Days of the calendar that the base has. */
  readonly days: number;
  /** Of the base, as `dispersion` has it. */
  readonly own: number;
  readonly seen: number;
  /** The window, by the clock or in orders, and what of it the customer was there. */
  readonly window: number;
  readonly within: readonly DaySpan[];
}

/**
 * Of the days up to `from`, and of those after it up to `today`, on which the customer was there to be seen; undefined for who was not
 * before `from`.
 */
function countsOf(
  { name, series, bySeason, perOrder }: CountSignal,
  history: SignalHistory,
  shopClock: SeasonClock | null,
  c: number,
  firstDay: number,
  from: number,
  today: number,
): Counts | undefined {
  const { orders } = history;
  const own = history[series];
  const restsOnOrders = orderSignals.has(name);
  const spans = watchedSpans(history, c, today, restsOnOrders ? 'orders' : 'all');
  const before = spansWithin(spans, firstDay, from);
  if (before.length === 0) return undefined;
  const within = spansWithin(spans, Math.max(firstDay, from), today);
  // The season is that of orders: it says nothing of when somebody visits who orders nothing.
  const clock = bySeason && (restsOnOrders || isWatchedByOrders(history, c, today)) ? shopClock : null;
  const ordersUpTo = (day: number): number => endOn(orders, c, day) - orders.offsets[c];
  return {
    base: {
      count: entriesIn(own, c, before),
      days: perOrder ? ordersUpTo(from) : timeOf(before, clock),
    },
    days: daysOf(before),
    own: dispersion(slicesOf(own, c, before, clock)),
    seen: entriesIn(own, c, within),
    window: perOrder ? Math.max(1, ordersUpTo(today) - ordersUpTo(from - orderLag)) : timeOf(within, clock),
    within,
  };
}

/** Returns come up to so many days after the order. */
const orderLag = 30;

function slicesOf(
  series: DaySeries,
  c: number,
  spans: readonly DaySpan[],
  clock: SeasonClock | null,
): Int32Array {
  const slices = new Int32Array(clumpSlices);
  const length = timeOf(spans, clock);
  let gone = 0;
  for (const span of spans) {
    const begin = clockTime(clock, span.after + 1);
    const end = endOn(series, c, span.last);
    for (let n = endOn(series, c, span.after); n < end; n++) {
      const at = gone + (clockTime(clock, series.day[n] + 0.5) - begin);
      const slice = Math.floor((clumpSlices * at) / length);
      slices[Math.min(clumpSlices - 1, Math.max(0, slice))]++;
    }
    gone += timeOf([span], clock);
  }
  return slices;
}
