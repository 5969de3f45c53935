import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestAndNext, differencesOf } from '../differences.ts';
import { behavioursOf } from '../differences-behaviours.ts';
import { holdingsReport } from '../holdings.ts';
import { anyLedger, type DocumentLiteral, ledgerOf } from '../testing/ledger.ts';
import { valueTables } from '../value-report.ts';
import { defaultRates } from './default-rates.ts';
import { drainsOf } from './drains.ts';
import { orderingCustomers } from './drivers.ts';
import { driversOf } from './drivers-of.ts';
import { profitOf } from './profit.ts';
import { profitReport } from './profit-report.ts';
import type { CostRates } from './rates.ts';
import { driverOf, ratesOf } from './testing/rates.ts';
import { tiersOf } from './tiers.ts';
import { fewerReturns, turnDrains } from './what-if.ts';

describe('profitReport', () => {
  it('adds up to the profit and says what it rests on', () => {
    const ledger = ledgerOf({
      customers: {
        anna: [
          {
            day: 1,
            lines: [
              { product: 'mug', price: 30, cost: 10 },
              { product: 'tea', price: 20 },
            ],
          },
        ],
        ben: [{ day: 2, lines: [{ product: 'tea', price: null }] }],
        eva: [{ day: 2, lines: [{ product: 'mug', quantity: -1, price: 30, cost: 10 }] }],
      },
    });
    const drivers = driversOf(ledger);
    const costs = ratesOf([
      { ...driverOf({ per: 'order' }, 4, 'packing'), isAssumed: true },
      driverOf({ per: 'kilogram' }, 1, 'weight'),
      driverOf({ per: 'event', names: ['complaint'] }, 1, 'complaints'),
    ]);
    const report = profitReport(orderingCustomers(drivers), drivers, costs, profitOf(drivers, costs));
    // Eva has only given back: she is in no table.
    expect(report).toMatchObject({
      customers: 2,
      revenue: 50,
      goodsCost: 20,
      assumedGoodsCost: 10,
      assumedGoodsShare: 0.5,
      grossMargin: 30,
      costToServe: 8,
      profit: 22,
      profitRate: 0.44,
    });
    expect(report.drivers[0]).toMatchObject({ id: 'packing', amount: 2, cost: 8, revenueShare: 0.16 });
    expect(report.cautions.map(({ code }) => code)).toEqual([
      'assumed-rates',
      'assumed-goods-cost',
      'unpriced-lines',
      'unweighed-units',
      'unknown-names',
    ]);
  });

  it('tells credits, and no share as assumed that the shop has stated', () => {
    const lines = [
      { product: 'mug', price: 30 },
      { product: 'fee', price: 2 },
    ];
    const ledger = ledgerOf({
      customers: {
        anna: [
          { day: 1, lines },
          { day: 2, lines: [{ product: 'fee', price: 12.5, quantity: -1 }] },
        ],
      },
      products: { fee: { fee: true } },
    });
    const drivers = driversOf(ledger);
    const costs = ratesOf([], { isGoodsCostShareAssumed: false });
    const report = profitReport(orderingCustomers(drivers), drivers, costs, profitOf(drivers, costs));
    expect(report).toMatchObject({ revenue: 19.5, goodsCost: 15, assumedGoodsCost: 0, assumedGoodsShare: 0 });
    expect(report.cautions.map(({ code }) => code)).toEqual(['credits']);
    expect(report.cautions[0]!.text).toContain('12.5 were given back while no goods came back');
  });

  it('says that names are too rare for a rate only where the shop has stated one for a name', () => {
    const people = Array.from({ length: 12 }, (_, c): [string, DocumentLiteral[]] => [
      `c${c}`,
      [{ day: 1, channel: `channel ${c}`, lines: [{ product: 'mug', price: c === 0 ? null : 5 }] }],
    ]);
    const drivers = driversOf(ledgerOf({ customers: Object.fromEntries(people) }));
    expect(drivers.totals.withoutColumn).toBe(2);
    const told = (costs: CostRates) =>
      profitReport(orderingCustomers(drivers), drivers, costs, profitOf(drivers, costs)).cautions.map(
        ({ text }) => text,
      );
    const basis = { per: 'channel', names: ['channel 0'] } as const;
    const tooRare = '2 names of channels, fees or kinds of events are too rare to have a rate of their own.';
    expect(told(ratesOf([driverOf(basis, 1)]))).toContain(tooRare);
    const assumed = told(ratesOf([{ ...driverOf(basis, 1), isAssumed: true }]));
    expect(assumed).not.toContain(tooRare);
    expect(assumed).toEqual(
      expect.arrayContaining([
        '1 of 1 rate is assumed, not stated by the shop.',
        "1 line of unknown price counts as work, but brings and costs no goods' money.",
      ]),
    );
  });

  it('has no shares of nothing', () => {
    const drivers = driversOf(ledgerOf({ customers: {} }));
    const report = profitReport(
      orderingCustomers(drivers),
      drivers,
      ratesOf([]),
      profitOf(drivers, ratesOf([])),
    );
    expect(report).toMatchObject({ profit: 0, profitRate: null, assumedGoodsShare: null, cautions: [] });
  });
});

describe('all reports about customers', () => {
  it('are plain JSON of finite numbers, whatever the ledger', () => {
    fc.assert(
      fc.property(anyLedger(), (ledger) => {
        const drivers = driversOf(ledger);
        const rates = defaultRates(drivers);
        const profits = profitOf(drivers, rates);
        const customers = orderingCustomers(drivers);
        const { tier, report } = tiersOf(customers, profits);
        const input = { drivers, rates, profits, customers };
        const reports = [
          rates,
          profitReport(customers, drivers, rates, profits),
          report,
          drainsOf(customers, tier, drivers, rates, profits, { peers: 5 }).report,
          fewerReturns(input, { share: 0.5 }),
          turnDrains(input, { share: 0.2, tier }),
          valueTables(customers, profits).report,
          holdingsReport(ledger),
          differencesOf(behavioursOf(ledger), bestAndNext(profits.revenue, customers, 'revenue', halves)),
        ];
        // A NaN or an infinite number is no JSON: it would come back as null.
        for (const one of reports) expect(JSON.parse(JSON.stringify(one))).toEqual(one);
      }),
    );
  });
});

const halves = { top: 0.5, next: 0.5 };
