import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, firstOfMonth, monthLabel, monthOf, periodsFrom } from './calendar.ts';
import { dayOf } from './testing/shops.ts';

describe('months', () => {
  it.each([
    ['2024-01-31', 1, '2024-02-29'],
    ['2023-01-31', 1, '2023-02-28'],
    ['2024-01-31', 3, '2024-04-30'],
    ['2023-12-15', 1, '2024-01-15'],
    ['2024-02-29', 12, '2025-02-28'],
  ])('of %s, %i later, is %s', (from, months, to) => {
    expect(addMonths(dayOf(from), months)).toBe(dayOf(to));
  });

  it('begin with their first day, before 1970 too', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 40_000 }), (day) => {
        const month = monthOf(day);
        expect(firstOfMonth(month)).toBeLessThanOrEqual(day);
        expect(firstOfMonth(month + 1)).toBeGreaterThan(day);
        expect(new Date(day * 86_400_000).toISOString().slice(0, 7)).toBe(monthLabel(month));
      }),
    );
  });
});

describe('periods', () => {
  const labels = (from: string, today: string, length: Parameters<typeof periodsFrom>[2]) =>
    periodsFrom(dayOf(from), dayOf(today), length).map(({ label, isComplete }) => [label, isComplete]);

  it.each([
    [
      'month',
      [
        ['2023-11', true],
        ['2023-12', true],
        ['2024-01', false],
      ],
    ],
    [
      'quarter',
      [
        ['2023-Q4', true],
        ['2024-Q1', false],
      ],
    ],
    [
      'year',
      [
        ['2023', true],
        ['2024', false],
      ],
    ],
    [
      { days: 30 },
      [
        ['2023-11-20', true],
        ['2023-12-20', true],
        ['2024-01-19', false],
      ],
    ],
  ] as const)('by %s are those from the first day to today', (length, expected) => {
    expect(labels('2023-11-20', '2024-01-20', length)).toEqual(expected);
  });

  it('are complete when their last day is over, which today is not', () => {
    expect(labels('2024-01-01', '2024-01-31', 'month')).toEqual([['2024-01', false]]);
    expect(labels('2024-01-01', '2024-02-01', 'month')).toEqual([
      ['2024-01', true],
      ['2024-02', false],
    ]);
  });

  it('follow upon one another', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 30_000 }),
        fc.nat(900),
        fc.constantFrom<Parameters<typeof periodsFrom>[2]>('month', 'quarter', 'year', { days: 7 }),
        (first, length, period) => {
          const periods = periodsFrom(first, first + length, period);
          expect(periods[0].from).toBeLessThanOrEqual(first);
          expect(periods[0].to).toBeGreaterThan(first);
          expect(periods.at(-1)!.to).toBeGreaterThan(first + length);
          periods.slice(1).forEach(({ from }, n) => {
            expect(from).toBe(periods[n].to);
          });
        },
      ),
    );
  });

  it('are refused where there would be thousands of them, or none of whole days', () => {
    expect(() => periodsFrom(0, 20_000, { days: 1 })).toThrow('That makes more than 1000 periods');
    for (const days of [0, 1.5, Number.NaN, 4000])
      expect(() => periodsFrom(0, 10, { days })).toThrow('A period must be 1 to 3660 whole days long');
  });
});
