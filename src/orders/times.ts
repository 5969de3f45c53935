import { PairwellError } from '../errors.ts';

/** In which order day, month and year stand in dates with slashes, dots or hyphens. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';

const orders: readonly DateOrder[] = ['dmy', 'mdy', 'ymd'];

const clock = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?`;
const zone = String.raw`(Z|[+-]\d{2}(?::?\d{2})?)`;
const iso = new RegExp(String.raw`^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+${clock}\s*${zone}?)?$`, 'i');
const compact = /^(\d{4})(\d{2})(\d{2})(?:[T ]?(\d{2}):?(\d{2})(?::?(\d{2}))?)?$/i;
const parted = new RegExp(
  String.raw`^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:[T ,]+${clock}\s*([AP]M)?)?$`,
  'i',
);

/** Milliseconds since 1970 in UTC; NaN when there is no such day or time of day. */
function instant(year: number, month: number, day: number, time: readonly (string | undefined)[]): number {
  const [hour = '0', minute = '0', second = '0', fraction = '0'] = time;
  // `Date.UTC` takes years below 100 for others.
  if (year < 1000 || month < 1 || month > 12 || day < 1) return Number.NaN;
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return Number.NaN;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return Number.NaN;
  const milliseconds = Math.floor(Number(`0.${fraction}`) * 1000);
  return Date.UTC(year, month - 1, day, Number(hour), Number(minute), Number(second), milliseconds);
}

/** NaN for more than 18 hours, which no clock was ever set apart. */
function offsetMs(text: string | undefined): number {
  if (text === undefined || text.toUpperCase() === 'Z') return 0;
  const digits = text.slice(1).replace(':', '').padEnd(4, '0');
  const [hours, rest] = [Number(digits.slice(0, 2)), Number(digits.slice(2))];
  const minutes = hours * 60 + rest;
  if (rest > 59 || minutes > 18 * 60) return Number.NaN;
  return (text[0] === '-' ? -minutes : minutes) * 60_000;
}

/** Two digits stand for 1970 to 2069, as in POSIX. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 4) return year;
  return digits.length === 2 ? year + (year < 70 ? 2000 : 1900) : Number.NaN;
}

/** `12` of `12 PM`, and NaN for `13 PM`. */
function hour24(hour: string | undefined, half: string | undefined): string | undefined {
  if (hour === undefined || half === undefined) return hour;
  const value = Number(hour);
  if (value < 1 || value > 12) return '99';
  return String((value % 12) + (half.toUpperCase() === 'PM' ? 12 : 0));
}

function partedInstant(found: RegExpExecArray, order: DateOrder | null): number {
  const [, first, , second, third, hour, minute, seconds, fraction, half] = found;
  const time = [hour24(hour, half), minute, seconds, fraction];
  // Only the year has more than two digits.
  const yearFirst = first.length === 4 || order === 'ymd';
  if ((yearFirst ? third : first).length > 2) return Number.NaN;
  if (first.length === 4) return instant(Number(first), Number(second), Number(third), time);
  if (order === 'ymd') return instant(fullYear(first), Number(second), Number(third), time);
  if (order === null) return Number.NaN;
  const [day, month] = order === 'dmy' ? [first, second] : [second, first];
  return instant(fullYear(third), Number(month), Number(day), time);
}

/** Years before and after are stand-ins for "no date" (0001-01-01, 9999-12-31), or slips of the pen. */
const [earliest, end] = [Date.UTC(1900, 0), Date.UTC(9999, 0)];

function parseTime(text: string, order: DateOrder | null): number {
  const time = parseAnyTime(text, order);
  return time >= earliest && time < end ? time : Number.NaN;
}

function parseAnyTime(text: string, order: DateOrder | null): number {
  const full = iso.exec(text);
  if (full) {
    const [, year, month, day, hour, minute, second, fraction, offset] = full;
    const local = instant(Number(year), Number(month), Number(day), [hour, minute, second, fraction]);
    return local - offsetMs(offset);
  }
  const short = compact.exec(text);
  if (short) return instant(Number(short[1]), Number(short[2]), Number(short[3]), short.slice(4));
  const parts = parted.exec(text);
  return parts ? partedInstant(parts, order) : Number.NaN;
}

/**
 * Reads dates and times: `2010-12-01 08:26:00`, with `T`, fraction or zone, `20101201`, and the orders of
 * `1/12/2010 8:26`, `01.12.10`, `12/1/2010 8:26 AM`. A time without a zone is the shop's clock and counts as UTC.
 *
 * @param order what `1/12/2010` means; null when the file holds none of that kind
 * @returns a function from text to milliseconds since 1970, NaN for what is no date of the years 1900 to 9998
 */
export function timeParser(order: DateOrder | null): (text: string) => number {
  // The rows of one order follow each other and share their time.
  let lastText = '';
  let lastTime = Number.NaN;
  return (text) => {
    if (text !== lastText) {
      lastTime = parseTime(text, order);
      lastText = text;
    }
    return lastTime;
  };
}

/**
 * What `--date-format` says, such as `DD/MM/YYYY`, `m/d/y` or `YYYY-MM-DD`; separators and the time after it do
 * not matter.
 *
 * @throws PairwellError `bad-input`
 */
export function parseDateFormat(format: string): DateOrder {
  const letters = format.toLowerCase().match(/^(d+|m+|y+)[^dmy]?(d+|m+|y+)[^dmy]?(d+|m+|y+)/);
  const order = letters
    ?.slice(1)
    .map((group) => group[0])
    .join('');
  if (order === 'dmy' || order === 'mdy' || order === 'ymd') return order;
  throw new PairwellError(
    'bad-input',
    `"${format}" is no date format. Write day, month and year in their order, such as DD/MM/YYYY, MM/DD/YYYY or YYYY-MM-DD.`,
  );
}

const advice = 'Say which with --date-format DD/MM/YYYY or --date-format MM/DD/YYYY.';

/**
 * Finds out from a sample what `1/12/2010` means in a file: the order in which all of its dates are some. `10/12/31`
 * is rather a day first than a year.
 *
 * @returns null when the file's dates need no such decision
 * @throws PairwellError `bad-input` when the sample does not tell, or holds two orders
 */
export function proposeDateOrder(sample: readonly string[]): DateOrder | null {
  /** By order, the first date that is none in it. */
  const against = new Map<DateOrder, string>();
  let seen: string | undefined;
  for (const text of sample) {
    const parts = parted.exec(text);
    if (!parts || parts[1].length > 2) continue;
    const fitting = orders.filter((order) => !Number.isNaN(parseTime(text, order)));
    if (fitting.length === 0) continue;
    seen ??= text;
    if (fitting.every((order) => against.has(order))) {
      const other = against.get(fitting[0]);
      throw new PairwellError(
        'bad-input',
        `The dates stand in two orders: "${other}" and "${text}". ${advice}`,
      );
    }
    for (const order of orders) if (!fitting.includes(order) && !against.has(order)) against.set(order, text);
  }
  if (seen === undefined) return null;
  const [first, second] = orders.filter((order) => !against.has(order));
  if (first !== 'dmy' || second !== 'mdy') return first;
  throw new PairwellError('bad-input', `"${seen}" may be day/month or month/day. ${advice}`);
}
