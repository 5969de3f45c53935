import { describe, expect, it } from 'vitest';
import { ledgerOf } from '../../customers/testing/ledger.ts';
import { binomialInterval } from '../../stats/binomial-interval.ts';
import { type ChurnOptions, churnRates } from './churn-rates.ts';
import { dayOf, sourcesOf } from './testing/shops.ts';

const contract = (start: string, end: string | null, amount?: number, rest: object = {}) => ({
  start: dayOf(start),
  ...(end === null ? {} : { end: dayOf(end) }),
  ...(amount === undefined ? {} : { amount }),
  ...rest,
});

describe('churn by contracts', () => {
  const ledger = ledgerOf({
    customers: {},
    contracts: {
      // Pays less from the 1st of February on.
      anna: [contract('2023-12-10', '2024-02-01', 100), contract('2024-02-01', null, 60)],
      ben: [contract('2023-12-20', '2024-01-31', 50, { reason: 'price', voluntary: true })],
      // Away for five days, back for more.
      eva: [contract('2023-12-05', '2024-01-15', 80), contract('2024-01-20', null, 90)],
      // Came and went in January.
      kim: [contract('2024-01-10', '2024-01-25', 40, { voluntary: false })],
      lee: [contract('2024-02-05', null)],
      max: [contract('2023-12-01', null)],
    },
    today: dayOf('2024-03-10'),
  });
  const { report } = churnRates(sourcesOf(ledger), {
    wish: { kind: 'contracts', graceDays: 0 },
    groupings: [{ name: 'tier', names: ['gold', 'lead', 'tin'], group: [0, 0, 2, -1, 2, 0] }],
  });
  const [december, january, february, march] = report.rates;

  it('counts customers of the start apart from those who came', () => {
    expect(report.periods.map(({ label, isComplete }) => [label, isComplete])).toEqual([
      ['2023-12', true],
      ['2024-01', true],
      ['2024-02', true],
      ['2024-03', false],
    ]);
    expect(december).toMatchObject({
      customers: { start: 0, gained: 4, end: 4 },
      churn: null,
      netChurn: null,
    });
    // Anna, Ben, Eva and Max; then Kim comes, Ben, Eva and Kim go, and Eva is back.
    expect(january.customers).toEqual({
      start: 4,
      gained: 1,
      returned: 1,
      lost: 3,
      end: 3,
      lostOfStart: 1,
      backByEnd: 1,
    });
    expect(january.churn).toEqual({ share: 1 / 4, ...binomialInterval(1, 4, 0.95, 'wilson') });
    expect(january.retention).toEqual({ share: 3 / 4, ...binomialInterval(3, 4, 0.95, 'wilson') });
    // Three went, two came.
    expect(january.netChurn).toBe(1 / 4);
    expect(february).toMatchObject({ customers: { start: 3, gained: 1, lost: 0, end: 4 }, netChurn: -1 / 3 });
    expect(march.customers).toMatchObject({ start: 4, end: 4 });
    // January and February are complete.
    expect(report.pooled).toMatchObject({ periods: 2, atRisk: 7, lost: 1, churn: { share: 1 / 7 } });
  });

  it('counts the money of those whose amounts are known', () => {
    expect(january.revenue).toEqual({
      start: 100 + 50 + 80,
      lost: 50,
      downgrades: 0,
      upgrades: 10,
      upgradesOfYoung: 0,
      withoutAmount: 1,
      grossChurn: 50 / 230,
      netChurn: 40 / 230,
      netRetention: 190 / 230,
    });
    expect(february.revenue).toMatchObject({
      start: 190,
      lost: 0,
      downgrades: 40,
      upgrades: 0,
      netRetention: 150 / 190,
    });
    expect(march.revenue).toMatchObject({ start: 150, withoutAmount: 2, grossChurn: 0 });
    expect(december.revenue).toMatchObject({
      start: 0,
      grossChurn: null,
      netChurn: null,
      netRetention: null,
    });
  });

  it('tells whose doing it was, and why', () => {
    expect(january.causes).toEqual({
      voluntary: { lost: 1, churn: 1 / 4 },
      involuntary: { lost: 0, churn: 0 },
      unknown: { lost: 0, churn: 0 },
    });
    expect(report.reasons).toEqual([
      {
        reason: 'price',
        lost: 1,
        causes: { voluntary: 1, involuntary: 0, unknown: 0 },
        share: 1 / 3,
        byPeriod: [0, 1, 0, 0],
      },
      {
        reason: null,
        lost: 2,
        causes: { voluntary: 0, involuntary: 1, unknown: 1 },
        share: 2 / 3,
        byPeriod: [0, 2, 0, 0],
      },
    ]);
  });

  it('takes of who left twice in a period the last time', () => {
    const twice = ledgerOf({
      customers: {},
      contracts: {
        anna: [
          contract('2023-12-10', '2024-01-05', 10, { reason: 'price', voluntary: true }),
          contract('2024-01-10', '2024-01-20', 10, { reason: 'card', voluntary: false }),
        ],
      },
      today: dayOf('2024-01-31'),
    });
    const { rates, reasons } = churnRates(sourcesOf(twice), {
      wish: { kind: 'contracts', graceDays: 0 },
    }).report;
    expect(rates[1].customers).toMatchObject({
      start: 1,
      returned: 1,
      lost: 2,
      end: 0,
      lostOfStart: 1,
      backByEnd: 0,
    });
    expect(rates[1].causes).toMatchObject({ voluntary: { lost: 0 }, involuntary: { lost: 1, churn: 1 } });
    expect(reasons.map(({ reason, lost }) => [reason, lost])).toEqual([
      ['price', 1],
      ['card', 1],
    ]);
  });

  it('tells groups apart', () => {
    const tiers = report.groupings.find(({ name }) => name === 'tier')!.groups;
    expect(tiers.map(({ name, rates }) => [name, rates[1].customers.start, rates[1].churn?.share])).toEqual([
      ['gold', 3, 1 / 3],
      ['lead', 0, undefined],
      ['tin', 1, 0],
    ]);
    expect(tiers[1].pooled).toEqual({ periods: 0, atRisk: 0, lost: 0, churn: null });
    const cohorts = report.groupings.find(({ name }) => name === 'cohort')!.groups;
    expect(cohorts.map(({ name, rates }) => [name, rates.map(({ customers }) => customers.end)])).toEqual([
      ['2023-12', [4, 3, 3, 3]],
      ['2024-01', [0, 0, 0, 0]],
      ['2024-02', [0, 0, 1, 1]],
    ]);
    expect(report.groupings.map(({ name }) => name)).toEqual(['cohort', 'tier']);
  });
});

describe('a ledger without anybody', () => {
  it('has no periods and no rates', () => {
    const { report } = churnRates(sourcesOf(ledgerOf({ customers: {}, today: 100 })));
    expect(report).toMatchObject({
      customers: 0,
      neverCustomers: 0,
      periods: [],
      rates: [],
      pooled: { atRisk: 0, churn: null },
      groupings: [{ name: 'cohort', groups: [] }],
      reasons: [],
      cohorts: { cohorts: [], all: [] },
      chosen: { definition: { kind: 'rhythm', shopSilence: 90 } },
    });
  });
});

it('refuses what cannot be', () => {
  const sources = sourcesOf(ledgerOf({ customers: { anna: [{ day: 3, lines: ['x'] }] } }));
  const refused = (options: ChurnOptions) => expect(() => churnRates(sources, options));
  refused({ revenueDays: 0 }).toThrow('Revenue is of 1 to 3660 whole days');
  refused({ level: 1 }).toThrow();
  refused({ groupings: [{ name: 'tier', names: ['gold'], group: [1] }] }).toThrow('The groups of "tier"');
  refused({ groupings: [{ name: 'tier', names: ['gold'], group: [] }] }).toThrow('The groups of "tier"');
  refused({ groupings: [{ name: 'tier', names: ['gold'], group: [Number.NaN] }] }).toThrow(
    'The groups of "tier"',
  );
});
