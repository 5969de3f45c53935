import { PairwellError } from '../errors.ts';

/** Transactions, or blocks of them, told apart by something that is no preference: a season, a shop, a promotion. */
export interface Grouping {
  readonly names: readonly string[];
  /** By block: the number of its group; −1 for none. */
  readonly of: Int32Array;
}

/** Days of the shop's clock, as blocks: `first` is the first one, in days since 1970-01-01. */
export interface Days {
  readonly first: number;
  readonly count: number;
}

/** A stretch of time that somebody names, such as a competitor's sale: days since 1970-01-01, both included. */
export interface Period {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const msPerDay = 86_400_000;

export function byWeekday(days: Days): Grouping {
  // 1970-01-01 was a Thursday.
  return { names: weekdays, of: perDay(days, (day) => (((day + 3) % 7) + 7) % 7) };
}

/** By calendar month of whatever year: what comes again every year. */
export function bySeason(days: Days): Grouping {
  const names = Array.from({ length: 12 }, (_, month) =>
    new Date(Date.UTC(2000, month, 1)).toLocaleString('en', { month: 'long', timeZone: 'UTC' }),
  );
  return { names, of: perDay(days, (day) => new Date(day * msPerDay).getUTCMonth()) };
}

/** By month of its year, in order, from the month of the first day: what comes and goes over time. */
export function byMonth(days: Days): Grouping {
  const monthOf = (day: number): number => {
    const date = new Date(day * msPerDay);
    return 12 * date.getUTCFullYear() + date.getUTCMonth();
  };
  const first = monthOf(days.first);
  const last = monthOf(days.first + Math.max(0, days.count - 1));
  const names = Array.from({ length: last - first + 1 }, (_, n) => {
    const month = first + n;
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
  });
  return { names, of: perDay(days, (day) => monthOf(day) - first) };
}

/**
 * Inside each of the periods, and outside all of them.
 *
 * @throws PairwellError `bad-input` for periods that end before they begin, or overlap
 */
export function byPeriod(days: Days, periods: readonly Period[]): Grouping {
  const sorted = [...periods].sort((a, b) => a.from - b.from);
  sorted.forEach(({ name, from, to }, n) => {
    if (to < from) throw new PairwellError('bad-input', `The period "${name}" ends before it begins.`);
    const next = sorted[n + 1];
    if (next && next.from <= to)
      throw new PairwellError('bad-input', `The periods "${name}" and "${next.name}" overlap.`);
  });
  const of = perDay(days, (day) => {
    const period = periods.findIndex(({ from, to }) => from <= day && day <= to);
    return period < 0 ? periods.length : period;
  });
  return { names: [...periods.map(({ name }) => name), 'otherwise'], of };
}

function perDay({ first, count }: Days, groupOf: (day: number) => number): Int32Array {
  return Int32Array.from({ length: count }, (_, n) => groupOf(first + n));
}
