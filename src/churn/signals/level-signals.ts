import { yearDays } from './gap-sums.ts';
import { customersOf, endOn, type SignalHistory } from './history.ts';
import { fitLevels, judgeLevel, type LevelPrior, type LevelVerdict, tailPower } from './level-watch.ts';
import type { SegmentColumn } from './rhythm-watch.ts';
import { fitShares, judgeShare, type SharePrior, type ShareVerdict } from './share-watch.ts';
import type { SignalName } from './signal-names.ts';
import { daysOf, isWatchedByOrders, spansWithin, watchedSpans } from './watched-days.ts';

/** Figures of which the newest are held against those before. */
export interface LevelSignal {
  readonly name: SignalName;
  readonly figure: 'logValue' | 'logVariety' | 'score';
  /** How many of the newest are judged, and how many a customer needs before them. */
  readonly recent: number;
  readonly fewestBefore: number;
}

export const levelSignals: readonly LevelSignal[] = [
  { name: 'basket-value', figure: 'logValue', recent: 3, fewestBefore: 2 },
  { name: 'basket-variety', figure: 'logVariety', recent: 3, fewestBefore: 2 },
  { name: 'satisfaction', figure: 'score', recent: 1, fewestBefore: 1 },
];

/** Days and figures of a customer up to a day, those that are not known left out. */
interface Figures {
  readonly day: Int32Array;
  readonly value: Float64Array;
}

function figuresOf(history: SignalHistory, figure: LevelSignal['figure'], c: number, today: number): Figures {
  const series = figure === 'score' ? history.satisfaction : history.orders;
  const values = figure === 'score' ? history.satisfaction.value : history.orders[figure];
  const from = series.offsets[c];
  const end = endOn(series, c, today);
  const value = values.subarray(from, end);
  const day = series.day.subarray(from, end);
  if (!value.includes(Number.NaN)) return { day, value };
  return {
    day: day.filter((_, n) => !Number.isNaN(value[n])),
    value: value.filter((own) => !Number.isNaN(own)),
  };
}

/** A segment with fewer customers who have two figures has the shop's prior. */
const fewestOfSegment = 100;

/** By segment, the last one of the whole shop; null where no customer has two figures up to `today`. */
export function fitLevelSignal(
  signal: LevelSignal,
  history: SignalHistory,
  today: number,
  { segment, segments }: SegmentColumn,
): LevelPrior[] | null {
  const all: Float64Array[] = [];
  const bySegment = Array.from({ length: segments }, (): Float64Array[] => []);
  for (let c = 0; c < customersOf(history); c++) {
    const { value } = figuresOf(history, signal.figure, c, today);
    if (value.length === 0) continue;
    all.push(value);
    if (segment[c] >= 0) bySegment[segment[c]].push(value);
  }
  const shop = withTail(fitLevels(all), all, signal);
  if (shop === null) return null;
  const enough = (own: readonly Float64Array[]): boolean =>
    own.filter(({ length }) => length > 1).length >= fewestOfSegment;
  const priorOf = (own: readonly Float64Array[]): LevelPrior | null =>
    enough(own) ? withTail(fitLevels(own), own, signal) : null;
  return [...bySegment.map((own) => priorOf(own) ?? shop), shop];
}

/** So many customers tell the tail. */
const mostInTail = 5000;

/** Past looks that share no newest figures are judged as they would have been. */
function withTail(
  prior: LevelPrior | null,
  customers: readonly Float64Array[],
  { recent, fewestBefore }: LevelSignal,
): LevelPrior | null {
  if (prior === null) return null;
  const chances: number[] = [];
  const every = Math.ceil(customers.length / mostInTail);
  for (let n = 0; n < customers.length; n += every) {
    const values = customers[n];
    for (let end = values.length; end >= recent + fewestBefore; end -= recent) {
      const before = values.subarray(0, end - recent);
      chances.push(judgeLevel(before, values.subarray(end - recent, end), prior).chance);
    }
  }
  return { ...prior, power: tailPower(chances) };
}

/** Each new figure is a look, so that this many chances a year are taken. */
export interface Look {
  readonly looksPerYear: number;
  /** False alarms a year. */
  readonly allowance: number;
}

export interface LevelAlarm extends LevelVerdict {
  readonly yearly: number;
  readonly recent: number;
  readonly since: number;
}

/** The alarm of a customer whose newest figures are too low; undefined for others, and who has too few. */
export function watchLevel(
  { figure, recent, fewestBefore }: LevelSignal,
  prior: LevelPrior,
  history: SignalHistory,
  c: number,
  today: number,
  { looksPerYear, allowance }: Look,
): LevelAlarm | undefined {
  const { day, value } = figuresOf(history, figure, c, today);
  const yearlyAt = (count: number): (LevelVerdict & { yearly: number }) | undefined => {
    if (count < recent + fewestBefore) return undefined;
    const verdict = judgeLevel(
      value.subarray(0, count - recent),
      value.subarray(count - recent, count),
      prior,
    );
    return { ...verdict, yearly: looksPerYear * verdict.chance };
  };
  const verdict = yearlyAt(value.length);
  if (verdict === undefined || !(verdict.yearly <= allowance)) return undefined;
  let count = value.length;
  while ((yearlyAt(count - 1)?.yearly ?? Number.POSITIVE_INFINITY) <= allowance) count--;
  return { ...verdict, recent, since: day[count - 1] };
}

/** Scores a year that are to be expected of the customer: those seen and one more, in a year more than they took. */
export function scoresPerYear(history: SignalHistory, c: number, today: number): number {
  const { satisfaction } = history;
  const from = satisfaction.offsets[c];
  const end = endOn(satisfaction, c, today);
  if (end === from) return 1;
  const first = satisfaction.day[from];
  const days = isWatchedByOrders(history, c, today)
    ? today - first
    : daysOf(spansWithin(watchedSpans(history, c, today, 'all'), first, today));
  return (1 + end - from) / (1 + days / yearDays);
}

/** So many of the newest days with an order are looked at for discounts, and so many before them are needed. */
const recentOrders = 6;
const fewestOrdersBefore = 2;

/** Null where no money is known, or nothing is ever at a discount. */
export function fitDiscount(
  { orders }: SignalHistory,
  today: number,
  { segment, segments }: SegmentColumn,
): SharePrior[] | null {
  const hits = Array.from({ length: segments + 1 }, (): number[] => []);
  const trials = Array.from({ length: segments + 1 }, (): number[] => []);
  let any = 0;
  for (let c = 0; c + 1 < orders.offsets.length; c++) {
    const flags = flagsOf(orders.isDiscounted.subarray(orders.offsets[c], endOn(orders, c, today)));
    if (flags.length === 0) continue;
    const own = sumOf(flags);
    any += own;
    for (const s of segment[c] >= 0 ? [segment[c], segments] : [segments]) {
      hits[s].push(own);
      trials[s].push(flags.length);
    }
  }
  if (any === 0) return null;
  const shop = fitShares(hits[segments], trials[segments]);
  return hits.map((own, s) => (own.length >= fewestOfSegment ? fitShares(own, trials[s]) : shop));
}

export interface ShareAlarm extends ShareVerdict {
  readonly seen: number;
  readonly yearly: number;
  readonly recent: number;
  readonly since: number;
}

/** The alarm of a customer of whose newest orders too many were at a discount; undefined for others, and who has too few. */
export function watchDiscount(
  prior: SharePrior,
  { orders }: SignalHistory,
  c: number,
  today: number,
  { looksPerYear, allowance }: Look,
): ShareAlarm | undefined {
  const from = orders.offsets[c];
  const end = endOn(orders, c, today);
  if (end - from < recentOrders + fewestOrdersBefore) return undefined;
  const known: number[] = [];
  for (let n = from; n < end; n++) if (orders.isDiscounted[n] >= 0) known.push(n);
  const flags = Int8Array.from(known, (n) => orders.isDiscounted[n]);
  const yearlyAt = (count: number): Omit<ShareAlarm, 'recent' | 'since'> | undefined => {
    const before = count - recentOrders;
    if (before < fewestOrdersBefore) return undefined;
    const seen = sumOf(flags.subarray(before, count));
    const verdict = judgeShare(sumOf(flags.subarray(0, before)), before, seen, recentOrders, prior);
    return { ...verdict, seen, yearly: looksPerYear * verdict.chance };
  };
  const verdict = yearlyAt(flags.length);
  if (verdict === undefined || !(verdict.yearly <= allowance)) return undefined;
  let count = flags.length;
  while ((yearlyAt(count - 1)?.yearly ?? Number.POSITIVE_INFINITY) <= allowance) count--;
  return { ...verdict, recent: recentOrders, since: orders.day[known[count - 1]] };
}

const flagsOf = (flags: Int8Array): Int8Array => flags.filter((flag) => flag >= 0);

const sumOf = (flags: Int8Array): number => flags.reduce((sum, flag) => sum + flag, 0);
