import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gapSums, yearDays } from './gap-sums.ts';
import type { OrderSeries } from './history.ts';
import { logDensity, type RhythmKind, rhythmKinds, silenceFigure } from './rhythm-kinds.ts';

const ordersOn = (days: readonly number[]): OrderSeries => ({
  offsets: Int32Array.of(0, days.length),
  day: Int32Array.from(days),
  logValue: new Float64Array(days.length),
  logVariety: new Float64Array(days.length),
  isDiscounted: new Int8Array(days.length),
});

const sumsOf = (days: readonly number[]) => gapSums(ordersOn(days), 0, days.length, null);

const daysOf = (gaps: readonly number[]): number[] => {
  const days = [0];
  for (const gap of gaps) days.push(days[days.length - 1] + gap);
  return days;
};

const prior = { shape: 2, days: 60 };
const byChance: RhythmKind = { kind: 'steady', shape: 1, bySeason: false };

describe('gapSums', () => {
  it('takes half a day off each gap', () => {
    const { gaps, days, logDays, lastDay, logRate } = sumsOf([100, 101, 111]);
    expect([gaps, days, lastDay, logRate]).toEqual([2, 10, 111, 0]);
    expect(logDays).toBeCloseTo(Math.log(0.5) + Math.log(9.5), 12);
  });

  it('takes orders by year, and tells when the next year is due', () => {
    const { years } = sumsOf([100, 110, 470, 840]);
    expect(years.years).toBe(3);
    expect([years.within, years.withinDays]).toEqual([1, 10]);
    // 370 and 370 days after the firsts before: the second by the mean of 100 + 2 years and 470 + 1 year.
    expect(years.off[0]).toBeCloseTo(370 - yearDays, 9);
    expect(years.off[1]).toBeCloseTo(840 - (100 + 2 * yearDays + 470 + yearDays) / 2, 9);
    expect(years.nextDue).toBeCloseTo((100 + 3 * yearDays + 470 + 2 * yearDays + 840 + yearDays) / 3, 9);
  });
});

describe('silenceFigure', () => {
  it("comes to Lomax's distribution for orders by chance", () => {
    const sums = sumsOf([0, 20, 50]);
    const chance = silenceFigure('chance', byChance, sums, prior, 100, 100);
    // Exponential gaps at a rate that is gamma distributed with 2 + 2 and 60 + 49 days.
    expect(chance).toBeCloseTo((109 / 209) ** 4, 12);
    const yearly = silenceFigure('yearly', byChance, sums, prior, 100, 100);
    expect(yearly).toBeCloseTo(((365.25 * 4) / 109) * (109 / 209) ** 5, 9);
  });

  it('tells a yearly rhythm silent before it is due from one after', () => {
    const kind: RhythmKind = { kind: 'yearly', spread: 10 };
    const sums = sumsOf([100, 465, 830]);
    const [before, after] = [250, 420].map((days) => silenceFigure('yearly', kind, sums, prior, days, days));
    expect(before).toBeGreaterThan(0.9);
    expect(after).toBeLessThan(0.05);
  });

  it('falls with the silence, whatever the rhythm', () => {
    const gap = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(
        fc.array(gap, { minLength: 1, maxLength: 30 }),
        fc.constantFrom(...rhythmKinds(true)),
        fc.constantFrom('chance' as const, 'yearly' as const),
        gap,
        (gaps, kind, figure, days) => {
          const sums = sumsOf(daysOf(gaps));
          const [early, late] = [days, days + 30].map((at) =>
            silenceFigure(figure, kind, sums, prior, at, at),
          );
          expect(late).toBeLessThanOrEqual(early);
          expect(late).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});

describe('logDensity', () => {
  it('is that of the gaps, one after the other', () => {
    // The density of the next gap is minus the slope of the chance of a longer one.
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(...rhythmKinds(false).filter(({ kind }) => kind === 'steady')),
        fc.integer({ min: 1, max: 200 }),
        (gaps, kind, next) => {
          const days = daysOf(gaps);
          const sums = sumsOf(days);
          const longer = sumsOf([...days, days[days.length - 1] + next]);
          const step = 1e-4;
          const at = (by: number): number => silenceFigure('chance', kind, sums, prior, next - 0.5 + by, 0);
          const slope = (at(-step) - at(step)) / (2 * step);
          const density = Math.exp(logDensity(kind, longer, prior) - logDensity(kind, sums, prior));
          expect(Math.abs(slope - density)).toBeLessThan(1e-4 * density + 1e-8);
        },
      ),
    );
  });
});
