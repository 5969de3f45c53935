import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockRate, clockTime, fewestSeasonDays, seasonClock } from './season.ts';

/** 2021-01-01. */
const start = 18_628;

const daysOf = (length: number, ordersOn: (day: number) => number): Int32Array =>
  Int32Array.from(
    Array.from({ length }, (_, n) => Array.from({ length: Math.round(ordersOn(n)) }, () => start + n)).flat(),
  );

const isDecember = (n: number): boolean => new Date((start + n) * 86_400_000).getUTCMonth() === 11;

describe('seasonClock', () => {
  it('needs a year and a half', () => {
    const days = daysOf(fewestSeasonDays - 1, () => 3);
    expect(seasonClock(days, start + fewestSeasonDays - 2)).toBeNull();
    expect(seasonClock(days, start + fewestSeasonDays - 1)).not.toBeNull();
    expect(seasonClock(new Int32Array(0), start)).toBeNull();
  });

  it('finds a month that sells three times as much, and that it comes again', () => {
    const clock = seasonClock(
      daysOf(1095, (n) => (isDecember(n) ? 60 : 20)),
      start + 1094,
    )!;
    const middle = (year: number): number => clockRate(clock, Date.UTC(year, 11, 15) / 86_400_000);
    const june = clockRate(clock, Date.UTC(2022, 5, 15) / 86_400_000);
    expect(middle(2022) / june).toBeCloseTo(3, 1);
    // The year after the last one that was seen.
    expect(middle(2024)).toBe(middle(2022));
  });

  it('does not take growth for a season', () => {
    const clock = seasonClock(
      daysOf(800, (n) => 50 * Math.exp(n / 500)),
      start + 799,
    )!;
    for (const rate of clock.byWeek) expect(Math.abs(rate - 1)).toBeLessThan(0.03);
  });

  it('looks at nothing later than today', () => {
    const days = daysOf(900, (n) => (isDecember(n) ? 9 : 3));
    const cut = days.filter((day) => day <= start + 700);
    expect(seasonClock(days, start + 700)).toEqual(seasonClock(cut, start + 700));
  });

  it('never stands still, and takes four years for four years', () => {
    const clock = seasonClock(
      daysOf(1095, (n) => (isDecember(n) ? 30 : 10)),
      start + 1094,
    )!;
    fc.assert(
      fc.property(fc.double({ min: start - 500, max: start + 3000, noNaN: true }), (day) => {
        expect(clockTime(clock, day + 0.5)).toBeGreaterThan(clockTime(clock, day));
        const from = Math.max(start, day);
        expect(Math.abs(clockTime(clock, from + 1461) - clockTime(clock, from) - 1461)).toBeLessThan(3);
      }),
    );
  });
});

it('runs like the calendar without a season', () => {
  expect(clockTime(null, 19_000.5)).toBe(19_000.5);
});
