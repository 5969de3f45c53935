import type { OrderSeries } from './history.ts';
import { clockRate, clockTime, type SeasonClock } from './season.ts';

/** A year of the calendar, in days. */
export const yearDays = 365.25;

/** An order so long after the first of its year's is the first of the next year's. */
const nextYearFrom = 270;

/** A gap of so many whole days is one of half a day less, give or take that: of those under a day nothing is seen. */
const halfDay = 0.5;

/** What the gaps between a customer's days with an order say, all that any rhythm needs to know. */
export interface GapSums {
  /** Gaps: one fewer than days with an order. */
  readonly gaps: number;
  readonly lastDay: number;
  /** The clock at the last day with an order. */
  readonly lastTime: number;
  /** Of the gaps, and of their logarithms: by the calendar, and by the shop's clock (the same without one). */
  readonly days: number;
  readonly logDays: number;
  readonly time: number;
  readonly logTime: number;
  /** Σ ln of how fast the clock ran on the days with an order but the first, which turns densities by the clock into those by day. */
  readonly logRate: number;
  /** Orders taken by year: each belongs to the first order of its year unless 270 days have gone by since. */
  readonly years: YearSums;
}

/** Those years' first orders are a year apart in a yearly rhythm. */
export interface YearSums {
  readonly years: number;
  /** The day on which the next year's first order is due: the mean of those of all years. */
  readonly nextDue: number;
  /** By year but the first: ln of the year's number, and how far its first order was from the day due by the years before. */
  readonly off: readonly number[];
  /** Gaps within a year's orders, and their days. */
  readonly within: number;
  readonly withinDays: number;
}

/** Of the days with an order `from` … `end - 1`, one at least. */
export function gapSums({ day }: OrderSeries, from: number, end: number, clock: SeasonClock | null): GapSums {
  let logDays = 0;
  let logTime = 0;
  let logRate = 0;
  let time = 0;
  for (let n = from + 1; n < end; n++) {
    logDays += Math.log(day[n] - day[n - 1] - halfDay);
    if (clock === null) continue;
    const gap = clockTime(clock, day[n]) - clockTime(clock, day[n - 1] + halfDay);
    time += gap;
    logTime += Math.log(gap);
    logRate += Math.log(clockRate(clock, day[n]));
  }
  const gaps = end - from - 1;
  const days = day[end - 1] - day[from] - halfDay * gaps;
  return {
    gaps,
    lastDay: day[end - 1],
    lastTime: clockTime(clock, day[end - 1]),
    days,
    logDays,
    time: clock === null ? days : time,
    logTime: clock === null ? logDays : logTime,
    logRate,
    years: yearSums(day, from, end),
  };
}

function yearSums(day: Int32Array, from: number, end: number): YearSums {
  const off: number[] = [];
  let years = 1;
  let start = day[from];
  let nextDue = start + yearDays;
  let within = 0;
  let withinDays = 0;
  for (let n = from + 1; n < end; n++) {
    if (day[n] - start < nextYearFrom) {
      within++;
      withinDays += day[n] - day[n - 1];
      continue;
    }
    start = day[n];
    off.push(start - nextDue);
    nextDue += (start - nextDue) / (years + 1) + yearDays;
    years++;
  }
  return { years, nextDue, off, within, withinDays };
}
