import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NamedLedger } from '../../customers/testing/ledger.ts';
import { type ChurnOptions, type ChurnReport, churnRates } from './churn-rates.ts';
import type { PeriodRates } from './period-rates.ts';
import { everyEvening, revenueBefore } from './testing/day-by-day.ts';
import { anyDefinition, anyShop, dayOf, halving, sourcesOf } from './testing/shops.ts';

/** Every number of a report, however deep. */
function* numbersIn(value: unknown): Generator<number> {
  if (typeof value === 'number') yield value;
  else if (value !== null && typeof value === 'object')
    for (const each of Object.values(value)) yield* numbersIn(each);
}

describe('churn of any shop', () => {
  const first = dayOf('2023-12-01');
  const drawn = fc.record({
    ledger: anyShop(),
    definition: anyDefinition(),
    period: fc.constantFrom<NonNullable<ChurnOptions['period']>>('month', 'quarter', 'year', { days: 17 }),
    revenueDays: fc.constantFrom(10, 45),
  });

  /** Undefined where the draw has no contracts to go by. */
  const studied = ({
    ledger,
    definition,
    period,
    revenueDays,
  }: typeof drawn extends fc.Arbitrary<infer T> ? T : never) => {
    if (definition.kind === 'contracts' && ledger.contracts.start.length === 0) return undefined;
    const sources = sourcesOf(ledger, halving);
    const group = Int32Array.from(ledger.customerCodes, (_, c) => (c % 3) - 1);
    const { report, stays } = churnRates(sources, {
      wish: definition,
      period,
      revenueDays,
      groupings: [{ name: 'any', names: ['even', 'odd'], group }],
    });
    return { report, stays, group, truth: everyEvening(sources, definition, first) };
  };

  it('is what a look at every customer every evening finds', () => {
    fc.assert(
      fc.property(drawn, (draw) => {
        const study = studied(draw);
        if (!study) return;
        const { report, truth, group } = study;
        const { ledger, definition, revenueDays } = draw;
        const groups = report.groupings.find(({ name }) => name === 'any')!.groups;
        const all = ledger.customerCodes.map((_, c) => c);
        const parts: [number[], readonly PeriodRates[]][] = [
          [all, report.rates],
          [all.filter((c) => group[c] === 0), groups[0].rates],
          [all.filter((c) => group[c] === 1), groups[1].rates],
        ];
        for (const [members, rates] of parts) {
          report.periods.forEach((period, p) => {
            const lastDay = Math.min(period.to - 1, ledger.today);
            const seen = members.map((c) => seenIn(truth.isOne, c, period.from, lastDay));
            const sum = (of: (each: (typeof seen)[number]) => boolean | number): number =>
              seen.reduce((total, each) => total + Number(of(each)), 0);
            expect(rates[p].customers).toEqual({
              start: sum(({ start }) => start),
              gained: sum(({ gained }) => gained),
              returned: sum(({ returned }) => returned),
              lost: sum(({ lost }) => lost),
              end: sum(({ end }) => end),
              lostOfStart: sum(({ start, end }) => start && !end),
              backByEnd: sum(({ start, end, lost }) => start && end && lost > 0),
            });
            if (definition.kind === 'contracts') return;
            const money = rates[p].revenue;
            if (period.from - revenueDays < firstDayOf(ledger)) {
              expect(money).toBeNull();
              return;
            }
            const wasOneThroughout = (c: number): boolean =>
              Array.from({ length: revenueDays }, (_, n) => period.from - revenueDays + n).every((day) =>
                truth.isOne(c, day),
              );
            const flows = members
              .filter((_, n) => seen[n].start)
              .map((c) => ({
                before: revenueBefore(ledger, c, period.from - 1, revenueDays),
                after: truth.isOne(c, lastDay) ? revenueBefore(ledger, c, lastDay, revenueDays) : null,
                isYoung: !wasOneThroughout(c),
              }));
            const total = (of: (before: number, after: number | null, isYoung: boolean) => number): number =>
              flows.reduce(
                (sumSoFar, { before, after, isYoung }) => sumSoFar + of(before, after, isYoung),
                0,
              );
            expect(money).toMatchObject({
              start: total((before) => before),
              lost: total((before, after) => (after === null ? before : 0)),
              downgrades: total((before, after) => (after === null ? 0 : Math.max(0, before - after))),
              upgrades: total((before, after) => (after === null ? 0 : Math.max(0, after - before))),
              upgradesOfYoung: total((before, after, isYoung) =>
                isYoung && after !== null ? Math.max(0, after - before) : 0,
              ),
            });
          });
        }
      }),
    );
  });

  it('adds up', () => {
    fc.assert(
      fc.property(drawn, (draw) => {
        const study = studied(draw);
        if (!study) return;
        const { report, stays } = study;
        report.rates.forEach(({ customers, causes, revenue, churn, retention }, p) => {
          const { start, gained, returned, lost, end, lostOfStart } = customers;
          expect(start + gained + returned - lost).toBe(end);
          if (p > 0) expect(start).toBe(report.rates[p - 1].customers.end);
          expect(Object.values(causes).reduce((sum, each) => sum + each.lost, 0)).toBe(lostOfStart);
          expect(report.reasons.reduce((sum, { byPeriod }) => sum + byPeriod[p], 0)).toBe(lost);
          if (start > 0) expect(churn!.share + retention!.share).toBeCloseTo(1, 12);
          if (revenue && revenue.start > 0) {
            expect(revenue.netChurn! + revenue.netRetention!).toBeCloseTo(1, 12);
            expect(revenue.upgradesOfYoung).toBeLessThanOrEqual(revenue.upgrades + 1e-9);
          }
          for (const name of ['cohort', 'channel']) addsUp(report, name, p, stays.from.length > 0);
        });
        expect([...numbersIn(report)].every(Number.isFinite)).toBe(true);
        expect(structuredClone(study.report)).toEqual(report);
      }),
    );
  });

  /** Everybody has a cohort; who has no order has no channel, and may have a contract. */
  function addsUp(report: ChurnReport, name: string, period: number, hasStays: boolean): void {
    const grouping = report.groupings.find((each) => each.name === name);
    if (!grouping || !hasStays || (name === 'channel' && report.revenue.basis === 'contracts')) return;
    const sum = grouping.groups.reduce((total, { rates }) => total + rates[period].customers.end, 0);
    if (name === 'cohort') expect(sum).toBe(report.rates[period].customers.end);
    else expect(sum).toBeLessThanOrEqual(report.rates[period].customers.end);
  }

  function seenIn(isOne: (c: number, day: number) => boolean, c: number, from: number, to: number) {
    let [gained, returned, lost] = [0, 0, 0];
    let everBefore = false;
    for (let day = first; day < from; day++) everBefore ||= isOne(c, day);
    for (let day = from; day <= to; day++) {
      const [before, now] = [isOne(c, day - 1), isOne(c, day)];
      if (now && !before) {
        if (everBefore) returned++;
        else gained++;
        everBefore = true;
      }
      if (before && !now) lost++;
    }
    return { start: isOne(c, from - 1), end: isOne(c, to), gained, returned, lost };
  }

  function firstDayOf({ documents, lines }: NamedLedger): number {
    const isOrder = (d: number): boolean =>
      lines.quantity.subarray(lines.offsets[d], lines.offsets[d + 1]).some((quantity) => quantity > 0);
    return Math.min(...Array.from(documents.day).filter((_, d) => isOrder(d)));
  }
});
