import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ledgerOf } from '../../customers/testing/ledger.ts';
import { binomialInterval } from '../../stats/binomial-interval.ts';
import { churnRates } from './churn-rates.ts';
import { variantsOf } from './sensitivity.ts';
import { anyDefinition, anyShop, dayOf, halving, sourcesOf } from './testing/shops.ts';

describe('what another definition would do', () => {
  const onDates = (...dates: string[]) => dates.map((date) => ({ day: dayOf(date), lines: ['x'] }));
  const ledger = ledgerOf({
    customers: {
      // Silent for 68, then 161 days, then to the end.
      anna: onDates('2024-01-01', '2024-03-09', '2024-08-17'),
      // Every month.
      ben: onDates(
        '2024-01-05',
        '2024-02-05',
        '2024-03-05',
        '2024-04-05',
        '2024-05-05',
        '2024-06-05',
        '2024-07-05',
        '2024-08-05',
        '2024-09-05',
      ),
    },
    today: dayOf('2024-10-01'),
  });
  const { report } = churnRates(sourcesOf(ledger), {
    wish: { kind: 'silence', days: 90 },
    period: 'quarter',
  });

  it('is shown beside the one in force', () => {
    const [sixty, ninety, ...longer] = report.sensitivity;
    expect(report.sensitivity.map(({ definition, isChosen }) => [definition, isChosen])).toEqual([
      [{ kind: 'silence', days: 60 }, false],
      [{ kind: 'silence', days: 90 }, true],
      [{ kind: 'silence', days: 120 }, false],
      [{ kind: 'silence', days: 180 }, false],
    ]);
    // With 60 days Anna leaves on the 2nd of March, is back on the 9th, leaves on the 9th of May and is back on the 17th of August, 100
    // days later; with 90 she leaves on the 8th of June and is back 70 days later. Of those of the second quarter’s start she is gone
    // at its end, and in the third she comes back.
    expect(sixty).toMatchObject({ farewells: 2, falseFarewells: 2, gone: 0, customers: 2, delay: 61 });
    expect(sixty.backInTime).toEqual({ share: 1 / 2, ...binomialInterval(1, 2, 0.95, 'wilson') });
    expect(ninety).toMatchObject({ farewells: 1, falseFarewells: 1, gone: 0, delay: 91 });
    expect(ninety.backInTime).toEqual({ share: 1, ...binomialInterval(1, 1, 0.95, 'wilson') });
    expect(ninety.churn).toEqual([null, 1 / 2, 0, 0]);
    expect(longer.map(({ farewells, delay, backInTime }) => [farewells, delay, backInTime?.share])).toEqual([
      // Since the 8th of July, when she leaves with 120 days, no 90 days have passed.
      [1, 121, undefined],
      [0, null, undefined],
    ]);
    expect(report.rates.map(({ churn }) => churn?.share)).toEqual([undefined, 1 / 2, 0, 0]);
    // 181 days after the 1st of January the second quarter has begun, and the third has not.
    expect(longer[1].churn).toEqual([null, null, 0, 0]);
    expect(report.periods.map(({ isSettled }) => isSettled)).toEqual([false, true, true, true]);
  });

  it('agrees, for the definition in force, with the rates', () => {
    fc.assert(
      fc.property(anyShop(), anyDefinition(), (drawn, wish) => {
        if (wish.kind === 'contracts' && drawn.contracts.start.length === 0) return;
        const study = churnRates(sourcesOf(drawn, halving), { wish });
        const { rates, periods, sensitivity } = study.report;
        const own = sensitivity.filter(({ isChosen }) => isChosen);
        expect(own).toHaveLength(1);
        expect(own[0].churn).toEqual(
          rates.map(({ churn }, p) => (periods[p].isSettled ? (churn?.share ?? null) : null)),
        );
        expect(own[0].farewells).toBe(rates.reduce((sum, { customers }) => sum + customers.lost, 0));
        expect(own[0].falseFarewells).toBe(rates.reduce((sum, { customers }) => sum + customers.returned, 0));
        expect(own[0].customers).toBe(rates.at(-1)?.customers.end ?? 0);
        expect(own[0].gone + own[0].customers).toBe(study.report.customers);
      }),
    );
  });

  it('asks a longer silence and waits longer', () => {
    fc.assert(
      fc.property(anyShop(), (drawn) => {
        const { sensitivity } = churnRates(sourcesOf(drawn), { wish: { kind: 'silence', days: 10 } }).report;
        sensitivity.slice(1).forEach(({ gone, farewells }, n) => {
          expect(gone).toBeLessThanOrEqual(sensitivity[n].gone);
          expect(farewells).toBeLessThanOrEqual(sensitivity[n].farewells);
        });
      }),
    );
  });
});

it('tries thresholds around any definition', () => {
  expect(variantsOf({ kind: 'rhythm', factor: 1.2, shopSilence: 90, leastSilence: 20 })).toEqual(
    [0.75, 1, 1.2, 1.5, 2].map((factor) => ({ kind: 'rhythm', factor, shopSilence: 90, leastSilence: 20 })),
  );
  expect(variantsOf({ kind: 'contracts', graceDays: 7 })).toEqual(
    [0, 7, 30, 60].map((graceDays) => ({ kind: 'contracts', graceDays })),
  );
  expect(variantsOf({ kind: 'alive', threshold: 0.05, shopSilence: 90 })).toEqual(
    [0.05, 0.1, 0.25, 0.5, 0.75].map((threshold) => ({ kind: 'alive', threshold, shopSilence: 90 })),
  );
});
