import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DateOrder, parseDateFormat, proposeDateOrder, timeParser } from './times.ts';

const badInput = (message: RegExp) =>
  expect.objectContaining({ code: 'bad-input', message: expect.stringMatching(message) });

function read(text: string, order: DateOrder | null): string {
  const time = timeParser(order)(text);
  return Number.isNaN(time) ? 'none' : new Date(time).toISOString().replace(/(?::00)?\.000Z/, '');
}

describe('timeParser', () => {
  it.each([
    ['2010-12-01', '2010-12-01T00:00'],
    ['2010-12-01 08:26', '2010-12-01T08:26'],
    ['2010-12-01 8:26:05', '2010-12-01T08:26:05'],
    ['2010-12-01T08:26:05Z', '2010-12-01T08:26:05'],
    ['2010-12-01t08:26:05z', '2010-12-01T08:26:05'],
    ['2010-12-01T08:26:05.123456789', '2010-12-01T08:26:05.123Z'],
    ['2010-12-01T08:26:05,5Z', '2010-12-01T08:26:05.500Z'],
    ['2010-12-01T00:26:05+05:30', '2010-11-30T18:56:05'],
    ['2010-12-31 22:26:05 -0200', '2011-01-01T00:26:05'],
    ['2010-12-01 08:26-08', '2010-12-01T16:26'],
    ['2010-12-01 00:00+18:00', '2010-11-30T06:00'],
    ['1899-12-31 23:00-01:00', '1900-01-01T00:00'],
    ['9999-01-01 00:59:59+01:00', '9998-12-31T23:59:59'],
    ['2010-1-2', '2010-01-02T00:00'],
    ['20101201', '2010-12-01T00:00'],
    ['20101201T0826', '2010-12-01T08:26'],
    ['20101201 08:26:05', '2010-12-01T08:26:05'],
    ['2010/12/01', '2010-12-01T00:00'],
    ['2010.12.1 8:26', '2010-12-01T08:26'],
    ['2010-12-01 08:26 PM', '2010-12-01T20:26'],
    ['2012-02-29', '2012-02-29T00:00'],
    ['2000-02-29', '2000-02-29T00:00'],
  ])('reads %s whatever the order of day and month', (text, expected) => {
    for (const order of [null, 'dmy', 'mdy', 'ymd'] as const) expect(read(text, order)).toBe(expected);
  });

  it.each([
    ['1/12/2010 8:26', 'dmy', '2010-12-01T08:26'],
    ['1/12/2010 8:26', 'mdy', '2010-01-12T08:26'],
    ['1/12/2010 8:26', null, 'none'],
    ['01.12.10', 'dmy', '2010-12-01T00:00'],
    ['01-12-1999, 08:26:05.5', 'dmy', '1999-12-01T08:26:05.500Z'],
    ['12/1/2010 12:05 am', 'mdy', '2010-12-01T00:05'],
    ['12/1/2010 12:05PM', 'mdy', '2010-12-01T12:05'],
    ['12/1/2010 1:05 PM', 'mdy', '2010-12-01T13:05'],
    ['10/12/01', 'ymd', '2010-12-01T00:00'],
    ['31/12/69', 'dmy', '2069-12-31T00:00'],
    ['31/12/70', 'dmy', '1970-12-31T00:00'],
    ['31/12/2010', 'mdy', 'none'],
    ['12/31/2010', 'dmy', 'none'],
  ] as const)('reads %s as %s: %s', (text, order, expected) => {
    expect(read(text, order)).toBe(expected);
  });

  it.each([
    ['', 'no text'],
    ['yesterday', 'words'],
    ['2010-02-29', 'no leap year'],
    ['1900-02-29', 'no leap year either'],
    ['20110229', 'no leap year, compact'],
    ['2010-04-31', 'no 31st'],
    ['2010-13-01', 'no such month'],
    ['2010-00-01', 'month zero'],
    ['2010-01-00', 'day zero'],
    ['29/02/2011', 'no leap year, by parts'],
    ['1/1/201', 'a year of three digits'],
    ['1/1/1', 'a year of one digit'],
    ['2010-01-01 24:00', 'hour 24'],
    ['2010-01-01 12:60', 'minute 60'],
    ['2010-01-01 12:00:60', 'second 60'],
    ['1/1/2010 13:00 PM', 'hour 13 PM'],
    ['1/1/2010 0:30 AM', 'hour 0 AM'],
    ['1/1-2010', 'two separators'],
    ['0001-01-01', 'a stand-in for no date'],
    ['0001-01-01T00:00:00', 'a stand-in for no date with time'],
    ['9999-12-31', 'another stand-in for no date'],
    ['9999-12-31T23:59:59-14:00', 'a year of five digits where it counts'],
    ['1899-12-31', 'day 0 of spreadsheets'],
    ['1900-01-01T00:00+01:00', 'a year too early where it counts'],
    ['2010-12-01T00:00+99:99', 'an offset of four days'],
    ['2010-12-01T00:00-18:01', 'an offset of over 18 hours'],
    ['2010-12-01T00:00+19', 'an offset of over 18 hours, short'],
    ['2010-12-01T00:00+0560', 'an offset with 60 minutes'],
    ['2010/12/0001', 'a day of four digits'],
    ['001/12/2010', 'a day of three digits'],
    ['2010-12-01 8', 'no minutes'],
    ['2010-12-01 and more', 'something after it'],
    ['1291191960', 'seconds since 1970'],
  ])('finds no date in "%s" (%s)', (text) => {
    expect(timeParser('dmy')(text)).toBeNaN();
  });

  it('reads a text anew after another one', () => {
    const parse = timeParser(null);
    const times = ['2010-12-01', '2010-12-01', 'x', 'x', '2010-12-02', '2010-12-01'].map(parse);
    const first = Date.UTC(2010, 11, 1);
    expect(times).toEqual([first, first, Number.NaN, Number.NaN, Date.UTC(2010, 11, 2), first]);
  });

  it('brings back any date that was written in any of the ways', () => {
    const dates = fc.date({
      min: new Date('1900-01-01'),
      max: new Date('9998-12-31T23:59:59Z'),
      noInvalidDate: true,
    });
    const zones = fc.integer({ min: -14 * 60, max: 14 * 60 });
    fc.assert(
      fc.property(dates, zones, (date, zone) => {
        const iso = date.toISOString();
        const [, year, month, day, clock] = /^(\d+)-(\d+)-(\d+)T(.*)Z$/.exec(iso)!;
        for (const text of [
          iso,
          iso.slice(0, -1),
          iso.replace('T', ' '),
          `${year}/${month}/${day} ${clock}`,
        ]) {
          expect(timeParser(null)(text)).toBe(date.getTime());
        }
        expect(timeParser('dmy')(`${+day}.${+month}.${year} ${clock}`)).toBe(date.getTime());
        expect(timeParser('mdy')(`${+month}/${+day}/${year} ${clock}`)).toBe(date.getTime());
        const midnight = Date.UTC(+year, +month - 1, +day);
        expect(timeParser(null)(`${year}${month}${day}`)).toBe(midnight);

        const minutes = Math.abs(zone);
        const local = new Date(date.getTime() + zone * 60_000).toISOString().slice(0, -1);
        const hours = String(Math.floor(minutes / 60)).padStart(2, '0');
        const offset = `${zone < 0 ? '-' : '+'}${hours}:${String(minutes % 60).padStart(2, '0')}`;
        expect(timeParser(null)(`${local}${offset}`)).toBe(date.getTime());
      }),
    );
  });
});

describe('parseDateFormat', () => {
  it.each([
    ['DD/MM/YYYY', 'dmy'],
    ['d.m.yy', 'dmy'],
    ['m/d/y', 'mdy'],
    ['MM-DD-YYYY HH:mm', 'mdy'],
    ['YYYY-MM-DD', 'ymd'],
    ['yymmdd', 'ymd'],
  ])('takes %s for %s', (format, order) => {
    expect(parseDateFormat(format)).toBe(order);
  });

  it.each(['', 'european', 'YYYY-DD-MM', 'DD/DD/YYYY', 'DD/MM', '%d/%m/%Y'])('refuses "%s"', (format) => {
    expect(() => parseDateFormat(format)).toThrow(badInput(/is no date format.* DD\/MM\/YYYY/));
  });
});

describe('proposeDateOrder', () => {
  it.each([
    ['days first, by one day above 12', ['1/12/2010', '13/12/2010 8:26'], 'dmy'],
    ['months first, by one day above 12', ['1/12/10', '12/13/10'], 'mdy'],
    ['years first, by a year above 31', ['98/12/31'], 'ymd'],
    ['years first, by one of many', ['01/02/03', '00/02/03', '13/12/31'], 'ymd'],
    ['days first in spite of what is no date', ['99/99/2010', '13/12/2010', '01/01/0001'], 'dmy'],
    ['nothing to decide where years come first', ['2010-12-01', '2010/11/05', '20101201'], null],
    ['nothing to decide where there is no date', ['', 'none', '0'], null],
    ['nothing to decide without rows', [], null],
    ['the order in spite of other texts', ['', '2010-12-13', '31.1.2010', '?'], 'dmy'],
  ])('finds %s', (_, sample, order) => {
    expect(proposeDateOrder(sample)).toBe(order);
  });

  it('asks when no day is above 12, and shows one', () => {
    expect(() => proposeDateOrder(['2010-12-13', '1/12/2010', '12/12/2010'])).toThrow(
      badInput(
        /^"1\/12\/2010" may be day\/month or month\/day\..*--date-format DD\/MM\/YYYY or --date-format MM/,
      ),
    );
  });

  it.each([
    [['98/12/31', '13/12/2010'], /two orders: "98\/12\/31" and "13\/12\/2010"/],
    [['12/31/98', '98/12/31'], /two orders: "12\/31\/98" and "98\/12\/31"/],
  ])('refuses years first and last in one file: %j', (sample, message) => {
    expect(() => proposeDateOrder(sample)).toThrow(badInput(message));
  });

  it('refuses both orders in one file, and shows one of each', () => {
    expect(() => proposeDateOrder(['1/1/2010', '13/12/2010', '12/14/2010', '15/1/2010'])).toThrow(
      badInput(/two orders: "13\/12\/2010" and "12\/14\/2010"/),
    );
  });
});
