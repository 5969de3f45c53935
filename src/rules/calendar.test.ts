import { describe, expect, it } from 'vitest';
import { byMonth, byPeriod, bySeason, byWeekday, type Grouping } from './calendar.ts';

const day = (date: string): number => Date.parse(date) / 86_400_000;
const days = (from: string, to: string) => ({ first: day(from), count: day(to) - day(from) + 1 });
const groups = ({ names, of }: Grouping): (string | undefined)[] => Array.from(of, (group) => names[group]);

describe('groupings of days', () => {
  it('tells weekdays, before 1970 too', () => {
    expect(groups(byWeekday(days('2011-12-09', '2011-12-12')))).toEqual([
      'Friday',
      'Saturday',
      'Sunday',
      'Monday',
    ]);
    expect(groups(byWeekday(days('1969-12-31', '1970-01-01')))).toEqual(['Wednesday', 'Thursday']);
  });

  it('tells months of any year together, and of each year apart', () => {
    expect(groups(bySeason(days('2010-12-31', '2011-01-01')))).toEqual(['December', 'January']);
    const months = byMonth(days('2010-12-31', '2012-01-01'));
    expect(months.names).toHaveLength(14);
    const all = groups(months);
    expect([all[0], all[1], all.at(-1)]).toEqual(['2010-12', '2011-01', '2012-01']);
  });

  it('tells what is inside a period', () => {
    const sale = { name: 'sale', from: day('2011-01-02'), to: day('2011-01-03') };
    const fair = { name: 'fair', from: day('2011-01-04'), to: day('2011-01-04') };
    expect(groups(byPeriod(days('2011-01-01', '2011-01-05'), [fair, sale]))).toEqual([
      'otherwise',
      'sale',
      'sale',
      'fair',
      'otherwise',
    ]);
  });

  it('refuses periods that make no sense', () => {
    const some = days('2011-01-01', '2011-01-05');
    expect(() => byPeriod(some, [{ name: 'sale', from: 5, to: 4 }])).toThrow('"sale" ends before it begins');
    const overlapping = [
      { name: 'sale', from: 1, to: 4 },
      { name: 'fair', from: 4, to: 5 },
    ];
    expect(() => byPeriod(some, overlapping)).toThrow('"sale" and "fair" overlap');
  });
});
