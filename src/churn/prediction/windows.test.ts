import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customerCount } from '../../customers/ledger.ts';
import { anyLedger, type LedgerLiteral, ledgerOf } from '../../customers/testing/ledger.ts';
import { customerColumns, emptyColumns } from './customer-columns.ts';
import { planFeatures, plannedFeatures } from './feature-plan.ts';
import { customersToPredict } from './predict-churn.ts';
import { shopHistory } from './shop-history.ts';
import { ledgerBefore } from './testing/ledger-before.ts';
import { churnWindows } from './windows.ts';

const featuresAt = (
  ledger: Parameters<typeof shopHistory>[0],
  plan: ReturnType<typeof planFeatures>,
  day: number,
) => {
  const customers = Int32Array.from({ length: customerCount(ledger) }, (_, c) => c);
  const columns = emptyColumns(plan, customers.length);
  customerColumns(shopHistory(ledger), plan, day, customers, columns);
  return columns;
};

const short = { activeDays: 30, horizonDays: 10, everyDays: 5, historyDays: 5 };

/** Some orders on days, of one product each. */
const ordersOn = (...days: number[]) => days.map((day) => ({ day, lines: ['mug'] }));

describe('features before a cut-off', () => {
  it('are those of a ledger that ends there, whatever happens on the day or later', () => {
    fc.assert(
      fc.property(anyLedger(), fc.integer({ min: 19_005, max: 19_050 }), (ledger, day) => {
        const plan = planFeatures(ledger, 10, day);
        const now = featuresAt(ledger, plan, day);
        expect(featuresAt(ledgerBefore(ledger, day), plan, day)).toEqual(now);
        for (const column of now) expect(column.some((value) => Math.abs(value) === Infinity)).toBe(false);
      }),
    );
  });

  it('are worked out by hand for one customer', () => {
    const ledger = ledgerOf({
      customers: {
        early: ordersOn(18_500),
        anna: [
          {
            day: 18_900,
            minute: 18 * 60,
            channel: 'web',
            lines: [{ product: 'mug', quantity: 2, price: 10 }],
          },
          { day: 18_900, channel: 'shop', lines: [{ product: 'jam', price: 5, promoted: true }] },
          { day: 18_930, channel: 'web', lines: [{ product: 'mug', price: 10, discount: 1 }, 'tea'] },
          { day: 18_940, lines: [{ product: 'mug', quantity: -1, price: 10 }] },
          { day: 18_980, channel: 'web', lines: [{ product: 'mug', price: 10 }] },
          { day: 19_000, lines: ['tea'] },
        ],
      },
      products: { mug: { category: ['house'] }, jam: { category: ['food'] }, tea: { category: ['food'] } },
      events: {
        anna: [
          { day: 18_950, kind: 'complaint' },
          { day: 18_990, kind: 'satisfaction', value: 2 },
          { day: 18_850, kind: 'satisfaction', value: 5 },
          { day: 18_700, kind: 'complaint' },
        ],
      },
      today: 19_010,
    });
    const day = 19_000;
    const plan = planFeatures(ledger, 90, day);
    const columns = featuresAt(ledger, plan, day);
    const anna = ledger.customerCodes.indexOf('anna');
    const found = Object.fromEntries(plannedFeatures(plan).map(({ name }, n) => [name, columns[n][anna]]));
    expect(found).toMatchObject({
      ...{ recency: 20, tenure: 100, orders30: 1, orders90: 2, orders180: 4, orders365: 4, orders: 4 },
      ...{ orderDays30: 1, orderDays90: 2, orderDays180: 3, orderDays365: 3, orderDays: 3 },
      // Gaps of 30 and 50 days: 40 ± 10; up to 40 + 3 × 14.826 are explained.
      ...{ meanGap: 40, medianGap: 40, gapSpread: 10, silenceInGaps: 0.5 },
      silenceAllowed: Math.fround(20 / (40 + 3 * 14.826)),
      // Spent: 20 + 5 a hundred days ago, 10 − 1 + 1 and 10 since.
      ...{ revenue90: 20, revenue365: 45, revenue: 45, basketValue: 11.25 },
      revenueTrend: Math.fround((20 - 25) / 45),
      ...{ products: 3, products365: 3, categories: 2, basketSize: 1.25 },
      ...{ discountShare: Math.fround(1 / 46), promotedShare: Math.fround(1 / 5) },
      ...{ returns365: 1, returnShare: Math.fround(10 / 46) },
      // 1 Oct. and 31 Oct. 2021 were a Friday and a Sunday, 20 Dec. a Monday.
      ...{ eveningShare: 0.25, lastYear: 0, 'channel=web': 0.75, 'channel=shop': 0.25 },
      ...{ 'event.complaint.30': 0, 'event.complaint.180': 1, 'event.complaint.since': 50 },
      ...{ 'event.satisfaction.last': 2, 'event.satisfaction.mean': 3.5, 'event.satisfaction.since': 10 },
    });
    expect(found.weekendShare).toBe(
      [18_900, 18_900, 18_930, 18_980].filter((d) => [0, 6].includes(new Date(d * 864e5).getUTCDay()))
        .length / 4,
    );
    expect(found.basketTrend).toBeNaN();
  });

  it('say nothing of a window of which the ledger knows a part', () => {
    const ledger = ledgerOf({ customers: { anna: ordersOn(18_950, 18_980) }, today: 19_000 });
    const plan = planFeatures(ledger, 90, 19_000);
    const columns = featuresAt(ledger, plan, 19_000);
    const of = (name: string) => columns[plannedFeatures(plan).findIndex((own) => own.name === name)][0];
    expect([of('orders30'), of('orders90'), of('orders'), of('sincePeak')]).toEqual([1, NaN, 2, NaN]);
  });
});

describe('windows of orders', () => {
  it('have every customer of the days before a cut-off, and whether an order came within the horizon', () => {
    fc.assert(
      fc.property(anyLedger(), (ledger) => {
        const history = shopHistory(ledger);
        fc.pre(ledger.today - history.firstDay >= 15);
        const { rows, cutOffs } = churnWindows(ledger, short);
        const expected = cutOffs.flatMap(({ day }) =>
          Array.from({ length: customerCount(ledger) }, (_, customer) => {
            const days = [
              ...history.orderDays.slice(history.dayOffsets[customer], history.dayOffsets[customer + 1]),
            ];
            const isCustomer = days.some((own) => own < day && own >= day - 30);
            const stays = days.some((own) => own >= day && own < day + 10);
            return isCustomer ? [[day, customer, Number(!stays)]] : [];
          }).flat(),
        );
        expect(Array.from(rows.target, (left, row) => [rows.cutOff[row], rows.customer[row], left])).toEqual(
          expected,
        );
        expect(cutOffs.at(-1)!.day).toBe(ledger.today - 10);
      }),
    );
  });

  it('keep rows out whose horizon was not over when the held-out ones begin', () => {
    const ledger = ledgerOf({ customers: { anna: ordersOn(18_900, 18_990) }, today: 19_000 });
    const { cutOffs } = churnWindows(ledger, { ...short, heldOut: 2 });
    expect(cutOffs.slice(-6).map(({ day, role }) => [19_000 - day, role])).toEqual([
      [35, 'training'],
      [30, 'training'],
      [25, 'training'],
      [20, 'between'],
      [15, 'held-out'],
      [10, 'held-out'],
    ]);
  });

  it('draw the same customers at each cut-off where there are too many rows', () => {
    const customers = Object.fromEntries(
      Array.from({ length: 200 }, (_, n) => [`c${n}`, ordersOn(18_960, 18_975)]),
    );
    const ledger = ledgerOf({ customers, today: 19_000 });
    const { rows, cutOffs, customerShare } = churnWindows(ledger, { ...short, mostRows: 300 });
    const of = (day: number) => rows.customer.filter((_, row) => rows.cutOff[row] === day);
    expect(customerShare).toBe(300 / (200 * cutOffs.length));
    expect(of(cutOffs[1].day)).toEqual(of(cutOffs[0].day));
    expect(Math.abs(rows.table.rows - 300)).toBeLessThan(120);
  });

  it('are refused of a ledger that is too short, out of order, or by options that cannot be', () => {
    const ledger = ledgerOf({ customers: { anna: ordersOn(18_990, 18_999) }, today: 19_000 });
    expect(() => churnWindows(ledger)).toThrow(
      /10 days of orders; it takes 60 before a cut-off and 90 after/,
    );
    expect(() => churnWindows(ledger, { horizonDays: 0 })).toThrow('horizonDays: a whole number from 1 on');
    const turned = { ...ledger, documents: { ...ledger.documents, day: ledger.documents.day.toReversed() } };
    expect(() => churnWindows(turned)).toThrow('put them in the order of time');
  });
});

describe('windows of contracts', () => {
  const literal: LedgerLiteral = {
    customers: {},
    contracts: {
      stays: [{ start: 18_000, amount: 20, plan: 'basic' }],
      moves: [
        { start: 18_000, end: 18_970, amount: 20, plan: 'basic' },
        { start: 18_970, amount: 30, plan: 'plus' },
      ],
      leaves: [{ start: 18_400, end: 18_985, amount: 10, plan: 'basic' }],
      returns: [{ start: 18_400, end: 18_991 }, { start: 18_995 }],
      'left before': [{ start: 18_100, end: 18_500 }],
      broken: [{ start: 18_100, end: 18_000 }],
      'gives notice': [{ start: 18_100, end: 19_100 }],
    },
    today: 19_000,
  };

  it('have those under contract, and who was without one for a day of the horizon', () => {
    const ledger = ledgerOf(literal);
    const { rows, brokenContracts, plan } = churnWindows(ledger, {
      definition: 'contracts',
      horizonDays: 20,
      mostCutOffs: 1,
    });
    const left = Object.fromEntries(
      Array.from(rows.customer, (c, row) => [ledger.customerCodes[c], rows.target[row]]),
    );
    expect(left).toEqual({ stays: 0, moves: 0, leaves: 1, returns: 1, 'gives notice': 0 });
    expect(brokenContracts).toBe(1);
    const of = (who: string, name: string) =>
      rows.table.columns[plannedFeatures(plan).findIndex((own) => own.name === name)][
        rows.customer.indexOf(ledger.customerCodes.indexOf(who))
      ];
    expect(
      ['contractDays', 'contractAmount', 'sinceContractChange', 'contractChanges365', 'plan=plus'].map(
        (name) => of('moves', name),
      ),
    ).toEqual([980, 30, 10, 1, 1]);
    expect(of('moves', 'contractChange')).toBeCloseTo(0.2, 6);
    expect([of('stays', 'contractDays'), of('stays', 'sinceContractChange')]).toEqual([980, Number.NaN]);
  });

  it('do not know when a contract that runs is to end', () => {
    const ledger = ledgerOf(literal);
    const plan = planFeatures(ledger, 20, 18_980);
    expect(featuresAt(ledgerBefore(ledger, 18_980), plan, 18_980)).toEqual(featuresAt(ledger, plan, 18_980));
  });
});

it('today’s customers have the columns of the windows, up to today', () => {
  const ledger = ledgerOf({
    customers: { anna: ordersOn(18_900, 18_990), ben: ordersOn(18_905) },
    attributes: { city: { anna: 'Ulm', ben: 'Bonn' }, age: { anna: 30 } },
    today: 19_000,
  });
  const windows = churnWindows(ledger, { ...short, withoutAttributes: ['age'] });
  const { customers, features, table } = customersToPredict(shopHistory(ledger), windows, 19_000);
  expect([...customers].map((c) => ledger.customerCodes[c])).toEqual(['anna']);
  expect(features).toEqual(windows.rows.features);
  const of = (name: string) => table.columns[features.findIndex((own) => own.name === name)]?.[0];
  expect([of('recency'), of('attribute.city=Ulm'), of('attribute.city=Bonn'), of('attribute.age')]).toEqual([
    10,
    1,
    0,
    undefined,
  ]);
});
