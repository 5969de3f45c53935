import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withSharedFile } from '../../test/support/shared-data.ts';
import { holdingsReport } from './holdings.ts';
import { productKinds } from './holdings-kinds.ts';
import { retentionByKinds } from './holdings-retention.ts';
import { anyLedger, type DocumentLiteral, ledgerOf } from './testing/ledger.ts';

const order = (day: number, ...lines: string[]): DocumentLiteral => ({ day, lines });

const shop = ledgerOf({
  customers: {
    // Held food and home on day 100, came back.
    anna: [order(50, 'bread', 'mug'), order(60, 'jam'), order(110, 'bread')],
    // Held food alone; soap only after the cut-off.
    ben: [order(70, 'bread'), order(130, 'soap')],
    // Held food and has only given back since.
    eva: [order(90, 'jam'), { day: 105, lines: [{ product: 'jam', quantity: -1 }] }],
    // Not active before the cut-off.
    kim: [order(5, 'mug'), order(104, 'mug')],
    // Bought nothing of a known category.
    lee: [order(80, 'riddle', 'postage')],
    // New after the cut-off.
    max: [order(101, 'mug')],
  },
  products: {
    bread: { category: ['food', 'bakery'] },
    jam: { category: ['food'] },
    mug: { category: ['home'] },
    soap: { category: ['home', 'bath'] },
    postage: { fee: true },
  },
  today: 140,
});

describe('holdingsReport', () => {
  it('counts who came back by what they held', () => {
    const report = holdingsReport(shop, { cutOffDay: 100, horizonDays: 20, activeWithinDays: 90 });
    expect(report).toMatchObject({ basis: 'category', cutOffDay: 100, withoutKind: 1, code: null });
    expect(report.retention!.rows).toMatchObject([
      { from: 1, to: 1, customers: 2, kept: 0 },
      { from: 2, to: 2, customers: 1, kept: 1 },
    ]);
    expect(report.retention!.all).toMatchObject({ customers: 3, kept: 1 });
    expect(report.sentences[0]).toBe(
      'Of the 2 customers who held 1 category, 0.0 % were kept; of the 1 who held 2 categories, 100.0 %.',
    );
    // Nobody has as many orders as somebody with another number of kinds.
    expect(report.retention!.withinStrata).toBeNull();
    expect(report.caution).toContain('experiment');
  });

  it('takes in the whole horizon and no more', () => {
    const kept = (horizonDays: number, cutOffDay: number): number =>
      holdingsReport(shop, { horizonDays, cutOffDay, activeWithinDays: 90 }).retention!.all.kept;
    expect([kept(9, 100), kept(10, 100)]).toEqual([0, 1]);
    expect([kept(10, 109), kept(10, 110)]).toEqual([1, 0]);
  });

  it('asks for half a short history, and at most for 90 days', () => {
    expect(holdingsReport(shop)).toMatchObject({ horizonDays: 67, cutOffDay: 73, activeWithinDays: 365 });
    const long = ledgerOf({ customers: { anna: [order(0, 'mug'), order(900, 'mug')] } });
    expect(holdingsReport(long)).toMatchObject({ horizonDays: 90, cutOffDay: 810, code: 'no-customers' });
  });

  it('says why it cannot tell', () => {
    expect(holdingsReport(ledgerOf({ customers: {} })).code).toBe('too-short');
    expect(holdingsReport(ledgerOf({ customers: { anna: [order(9, 'mug')] } })).code).toBe('too-short');
    const alike = ledgerOf({
      customers: { anna: [order(0, 'mug'), order(50, 'mug')], ben: [order(40, 'tea')] },
    });
    const all = holdingsReport(alike, { horizonDays: 5, cutOffDay: 45 });
    expect(all).toMatchObject({ basis: 'product', code: 'all-alike', sentences: [] });
  });

  it.each([
    { horizonDays: 0 },
    { horizonDays: 1.5 },
    { horizonDays: 30, cutOffDay: 111 },
    { activeWithinDays: 0 },
    { activeWithinDays: 9, level: 1 },
  ])('refuses %j', (options) => {
    expect(() => holdingsReport(shop, { cutOffDay: 60, ...options })).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    );
  });

  it('agrees with a plain count', () => {
    fc.assert(
      fc.property(anyLedger(), (ledger) => {
        const [cutOffDay, horizonDays] = [19_030, 15];
        const { retention, withoutKind } = holdingsReport(ledger, { cutOffDay, horizonDays });
        const { documents, lines, products } = ledger;
        const { kindOf } = productKinds(products);
        const held: number[] = [];
        let without = 0;
        ledger.customerCodes.forEach((_, c) => {
          const bought = [...documents.day.keys()]
            .filter((d) => d >= documents.offsets[c]! && d < documents.offsets[c + 1]!)
            .flatMap((d) =>
              [...lines.quantity.keys()].flatMap((at) =>
                at >= lines.offsets[d]! && at < lines.offsets[d + 1]! && lines.quantity[at]! > 0
                  ? [{ day: documents.day[d]!, kind: kindOf[lines.product[at]!]! }]
                  : [],
              ),
            );
          const before = bought.filter(({ day }) => day <= cutOffDay);
          const kinds = new Set(before.map(({ kind }) => kind).filter((kind) => kind >= 0)).size;
          if (kinds > 0) held.push(kinds);
          else if (before.length > 0) without++;
        });
        expect(withoutKind).toBe(without);
        const counted = retention?.rows.flatMap(({ from, customers }) =>
          new Array<number>(customers).fill(from),
        );
        expect(counted ?? []).toEqual(held.sort());
      }),
    );
  });
});

describe('productKinds', () => {
  it('are the widest categories', () => {
    const { kindOf, names, count } = productKinds(shop.products);
    const named = shop.productCodes.map((code, product) => [code, names[kindOf[product]!]]);
    expect(Object.fromEntries(named)).toEqual({
      bread: 'food',
      jam: 'food',
      mug: 'home',
      soap: 'home',
      riddle: undefined,
      postage: undefined,
    });
    expect(count).toBe(2);
  });

  it('are products where there is no category', () => {
    const plain = ledgerOf({
      customers: { anna: [order(1, 'mug', 'post')] },
      products: { post: { fee: true } },
    });
    expect(productKinds(plain.products)).toEqual({
      basis: 'product',
      kindOf: Int32Array.of(0, -1),
      count: 1,
      names: [],
    });
  });
});

describe('retentionByKinds', () => {
  it('sees that it was the number of orders all along', () => {
    // In either stratum kinds make no difference; frequent customers hold more of them and stay.
    const cell = (kinds: number, stratum: number, customers: number, kept: number) =>
      Array.from({ length: customers }, (_, i) => ({ kinds, stratum, kept: Number(i < kept) }));
    const rows = [...cell(1, 0, 90, 18), ...cell(3, 0, 10, 2), ...cell(1, 1, 10, 8), ...cell(3, 1, 90, 72)];
    const { trend, withinStrata } = retentionByKinds({
      kinds: Int32Array.from(rows, ({ kinds }) => kinds),
      kept: Uint8Array.from(rows, ({ kept }) => kept),
      stratum: Int32Array.from(rows, ({ stratum }) => stratum),
      strata: ['1 order', '2 orders'],
    });
    expect(trend.p).toBeLessThan(1e-9);
    expect(withinStrata!.crude.estimate).toBeGreaterThan(8);
    expect(withinStrata!.common.estimate).toBeCloseTo(1, 12);
    expect(withinStrata!.p).toBeCloseTo(1, 6);
    expect(withinStrata!.trend.z).toBeCloseTo(0, 9);
    expect(withinStrata!.manyFrom).toBe(3);
  });

  it('makes classes of many numbers of kinds', () => {
    const kinds = Int32Array.from({ length: 120 }, (_, c) => c + 1);
    const rows = retentionByKinds({
      kinds,
      kept: new Uint8Array(120),
      stratum: new Int32Array(120),
      strata: ['all'],
    }).rows;
    expect(rows.map(({ from, to, customers }) => [from, to, customers]).slice(-5)).toEqual([
      [10, 14, 5],
      [15, 24, 10],
      [25, 49, 25],
      [50, 99, 50],
      [100, null, 21],
    ]);
    expect(rows[4]).toMatchObject({ from: 5, to: 6, customers: 2, low: 0 });
  });

  it('knows no infinite odds', () => {
    const { withinStrata } = retentionByKinds({
      kinds: Int32Array.of(1, 1, 2, 2),
      kept: Uint8Array.of(0, 1, 1, 1),
      stratum: new Int32Array(4),
      strata: ['all'],
    });
    expect(withinStrata!.common).toEqual({ estimate: null, low: 0, high: null });
  });
});

withSharedFile('data/telco-churn/Telco-Customer-Churn.csv.gz', 'services and churn of Telco', (file) => {
  it('agrees with pandas', () => {
    const [header, ...rows] = gunzipSync(readFileSync(file)).toString().trim().split('\n');
    const columns = header!.trim().split(',');
    const field = (row: string, name: string): string => row.trim().split(',')[columns.indexOf(name)]!;
    const services = ['PhoneService', 'MultipleLines', 'OnlineSecurity', 'OnlineBackup', 'DeviceProtection'];
    services.push('TechSupport', 'StreamingTV', 'StreamingMovies');
    const held = (row: string): number =>
      services.filter((name) => field(row, name) === 'Yes').length +
      Number(field(row, 'InternetService') !== 'No');
    const {
      all,
      rows: byKinds,
      trend,
      withinStrata,
    } = retentionByKinds({
      kinds: Int32Array.from(rows, held),
      kept: Uint8Array.from(rows, (row) => Number(field(row, 'Churn') === 'No')),
      stratum: Int32Array.from(rows, (row) => Math.min(5, Math.floor(Number(field(row, 'tenure')) / 12))),
      strata: ['1 year', '2 years', '3 years', '4 years', '5 years', '6 years'],
    });
    expect(all).toMatchObject({ customers: 7043, kept: 5174 });
    expect(byKinds.map(({ customers, kept }) => [customers, kept])).toEqual([
      [1264, 1126],
      [859, 593],
      [846, 466],
      [965, 613],
      [922, 633],
      [908, 676],
      [676, 524],
      [395, 346],
      [208, 197],
    ]);
    // NumPy 2.4, by the formulas: no trend over all, a strong one among customers of like tenure.
    expect(trend.z).toBeCloseTo(1.6259843756643209, 8);
    expect(withinStrata!.manyFrom).toBe(5);
    expect(withinStrata!.crude.estimate).toBeCloseTo(1.316052101140261, 10);
    expect(withinStrata!.common.estimate).toBeCloseTo(0.5080842404295848, 10);
    expect(withinStrata!.trend.z).toBeCloseTo(-15.491572962832151, 8);
  });
});
