import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowedSilence, rhythms } from './rhythm.ts';
import { anyLedger, type DocumentLiteral, ledgerOf } from './testing/ledger.ts';

const onDays = (...days: number[]): DocumentLiteral[] => days.map((day) => ({ day, lines: ['x'] }));

const rhythmOf = (documents: readonly DocumentLiteral[], today: number) => {
  const { columns, report } = rhythms(ledgerOf({ customers: { anna: documents }, today }));
  return {
    orderDays: columns.orderDays[0],
    medianGap: columns.medianGap[0],
    gapSpread: columns.gapSpread[0],
    dueDay: columns.dueDay[0],
    allowedSilence: columns.allowedSilence[0],
    isOverdue: columns.isOverdue[0],
    report,
  };
};

describe('rhythms', () => {
  it('works out the median gap, its spread and when the next order is due', () => {
    // Gaps of 10, 14, 10 and 40 days: distances from the median of 12 are 2, 2, 2 and 28.
    expect(rhythmOf(onDays(100, 110, 124, 134, 174), 180)).toMatchObject({
      orderDays: 5,
      medianGap: 12,
      gapSpread: 2,
      dueDay: 186,
      isOverdue: 0,
    });
    expect(rhythmOf(onDays(0, 7, 15), 15)).toMatchObject({ medianGap: 7.5, gapSpread: 0.5, dueDay: 23 });
  });

  it('knows no rhythm of fewer than three days', () => {
    const unknown = {
      medianGap: Number.NaN,
      gapSpread: Number.NaN,
      dueDay: -1,
      allowedSilence: Number.NaN,
      isOverdue: -1,
    };
    const { report, ...two } = rhythmOf(
      [...onDays(3, 3, 9), { day: 20, lines: [{ product: 'x', quantity: -1 }] }],
      400,
    );
    expect(two).toEqual({ orderDays: 2, ...unknown });
    expect(report).toMatchObject({
      customers: 1,
      withRhythm: 0,
      medianGap: null,
      overdue: 0,
      overdueShare: null,
      dueWithin30Days: 0,
    });
    expect(rhythmOf([], 400)).toMatchObject({ orderDays: 0, ...unknown, report: { customers: 0 } });
  });

  it.each([
    ['the spread allows for', onDays(0, 10, 30, 40, 60), 15 + 3 * 1.4826 * 5],
    ['half a gap more allows for, where all gaps are alike', onDays(0, 20, 40, 60), 30],
  ])('calls a customer overdue who is silent for longer than %s', (_, documents, allowed) => {
    expect(rhythmOf(documents, 60).allowedSilence).toBeCloseTo(allowed, 4);
    expect(rhythmOf(documents, 60 + Math.floor(allowed)).isOverdue).toBe(0);
    expect(rhythmOf(documents, 61 + Math.floor(allowed)).isOverdue).toBe(1);
  });

  it('counts who is due and overdue, by how often they order', () => {
    const { report } = rhythms(
      ledgerOf({
        customers: {
          weekly: onDays(73, 80, 87, 94),
          gone: onDays(13, 20, 27),
          monthly: onDays(10, 40, 70),
          soon: onDays(36, 66, 96),
          once: onDays(99),
          never: [],
        },
        today: 100,
      }),
    );
    expect(report).toMatchObject({
      customers: 5,
      withRhythm: 4,
      medianGap: 18.5,
      lowerQuartile: 7,
      upperQuartile: 30,
      overdue: 1,
      overdueShare: 0.25,
      dueWithin7Days: 2,
      dueWithin30Days: 3,
    });
    expect(report.bands).toEqual([
      { above: 0, upTo: 10, customers: 2, overdue: 1 },
      { above: 10, upTo: 20, customers: 0, overdue: 0 },
      { above: 20, upTo: 45, customers: 2, overdue: 0 },
      { above: 45, upTo: 100, customers: 0, overdue: 0 },
      { above: 100, upTo: 200, customers: 0, overdue: 0 },
      { above: 200, upTo: null, customers: 0, overdue: 0 },
    ]);
  });

  it('is the same by brute force', () => {
    const middle = (values: number[]): number => {
      const sorted = values.toSorted((a, b) => a - b);
      const half = sorted.length >> 1;
      return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    };
    fc.assert(
      fc.property(anyLedger(), (ledger) => {
        const { documents, lines, today } = ledger;
        const { columns, report } = rhythms(ledger);
        let withRhythm = 0;
        ledger.customerCodes.forEach((_, c) => {
          const days = new Set<number>();
          for (let d = documents.offsets[c]; d < documents.offsets[c + 1]; d++)
            for (let i = lines.offsets[d]; i < lines.offsets[d + 1]; i++)
              if (lines.quantity[i] > 0) days.add(documents.day[d]);
          const sorted = [...days].sort((a, b) => a - b);
          const gaps = sorted.slice(1).map((day, n) => day - sorted[n]);
          expect(columns.orderDays[c]).toBe(days.size);
          expect(columns.firstDay[c]).toBe(days.size > 0 ? Math.min(...days) : -1);
          if (days.size < 3) return;
          withRhythm++;
          const gap = middle(gaps);
          const spread = middle(gaps.map((one) => Math.abs(one - gap)));
          expect(columns.medianGap[c]).toBe(gap);
          expect(columns.gapSpread[c]).toBe(spread);
          const silence = today - sorted[sorted.length - 1];
          expect(columns.isOverdue[c]).toBe(silence > allowedSilence(gap, spread) ? 1 : 0);
        });
        expect(report.withRhythm).toBe(withRhythm);
        expect(report.bands.reduce((sum, { customers }) => sum + customers, 0)).toBe(withRhythm);
      }),
    );
  });
});
