import { PairwellError } from '../../errors.ts';

/** Of the calendar, or so many days from the first one on. */
export type PeriodLength = 'month' | 'quarter' | 'year' | { readonly days: number };

export interface Period {
  /** Such as `2011-03`, `2011-Q1`, `2011`, or the first day as `2011-03-14`. */
  readonly label: string;
  readonly from: number;
  /** The first day after it; all are days since 1970-01-01. */
  readonly to: number;
  /** Whether it is over: the last one mostly is not. */
  readonly isComplete: boolean;
}

const msPerDay = 86_400_000;

const mostPeriods = 1000;

/** Months since January of the year 0. */
export function monthOf(day: number): number {
  const date = new Date(day * msPerDay);
  return 12 * date.getUTCFullYear() + date.getUTCMonth();
}

/** The first day of a month, since 1970-01-01. */
export const firstOfMonth = (month: number): number =>
  Date.UTC(Math.floor(month / 12), month % 12, 1) / msPerDay;

/** Such as `2011-03`. */
export const monthLabel = (month: number): string =>
  `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;

/** The same day of the month so many months later, or the last one of that month if it has none. */
export function addMonths(day: number, months: number): number {
  const month = monthOf(day);
  const ahead = firstOfMonth(month + months) + (day - firstOfMonth(month));
  return Math.min(ahead, firstOfMonth(month + months + 1) - 1);
}

const monthsIn = { month: 1, quarter: 3, year: 12 } as const;

/**
 * The periods from the one with the day `first` to the one with `today`, a day that is not over.
 *
 * @throws PairwellError `bad-input` for a length that is no whole number of days, or that makes more than 1,000 periods
 */
export function periodsFrom(first: number, today: number, length: PeriodLength): Period[] {
  const periods: Period[] = [];
  for (let from = startOf(first, length); from <= today; ) {
    if (periods.length === mostPeriods) throw tooMany();
    const to =
      typeof length === 'string' ? firstOfMonth(monthOf(from) + monthsIn[length]) : from + length.days;
    periods.push({ label: labelOf(from, length), from, to, isComplete: to <= today });
    from = to;
  }
  return periods;
}

function startOf(day: number, length: PeriodLength): number {
  if (typeof length === 'string') {
    const month = monthOf(day);
    return firstOfMonth(month - (month % monthsIn[length]));
  }
  if (Number.isInteger(length.days) && length.days >= 1 && length.days <= 3660) return day;
  throw new PairwellError('bad-input', `A period must be 1 to 3660 whole days long, not ${length.days}.`);
}

function labelOf(from: number, length: PeriodLength): string {
  const month = monthOf(from);
  const year = Math.floor(month / 12);
  if (length === 'month') return monthLabel(month);
  if (length === 'quarter') return `${year}-Q${Math.floor((month % 12) / 3) + 1}`;
  if (length === 'year') return String(year);
  return new Date(from * msPerDay).toISOString().slice(0, 10);
}

function tooMany(): PairwellError {
  return new PairwellError('bad-input', `That makes more than ${mostPeriods} periods: choose longer ones.`);
}
