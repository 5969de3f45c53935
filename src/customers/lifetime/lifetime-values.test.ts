import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withSharedFile } from '../../../test/support/shared-data.ts';
import { packageRoot } from '../../package-root.ts';
import { anyLedger } from '../testing/ledger.ts';
import { ledgerHistory } from './ledger-days.ts';
import { type LifetimeOptions, lifetimeValues, weeksInMonth } from './lifetime-values.ts';
import type { RepeatHistory } from './purchase-days.ts';
import { correlationOf } from './spend-model.ts';
import { parseSummary, readGzip } from './testing/cdnow.ts';
import { gammaVariable, seededRandom, simulatedHistory } from './testing/simulate.ts';

const customers300 = (): RepeatHistory =>
  parseSummary(readFileSync(join(packageRoot(), 'test', 'fixtures', 'cdnow-first-customers.csv'), 'utf8'));

/** Rows of x, tₓ, T and the mean spend; all repeat purchases are for money where there is one. */
const historyOf = (rows: readonly (readonly number[])[]): RepeatHistory => ({
  frequency: Int32Array.from(rows, ([x]) => x),
  recency: Float64Array.from(rows, ([, recency]) => recency),
  age: Float64Array.from(rows, ([, , age]) => age),
  spendDays: Int32Array.from(rows, ([x, , , spend]) => (spend > 0 ? x : 0)),
  meanSpend: Float64Array.from(rows, ([x, , , spend]) => (x > 0 && spend > 0 ? spend : 0)),
});

const times = <T>(count: number, of: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => of(n));

describe('lifetimeValues', () => {
  // `lifetimes` 0.11.3 in Python on the same 300 customers (customer_lifetime_value, time=12, discount_rate=.01, freq="W").
  // It has no value for those who never came back: a + b < 1, where its formula needs the logarithm of a negative number.
  it('values the first 300 customers of CDNOW as lifetimes does', () => {
    const { columns, report } = lifetimeValues(customers300());
    const expected = { 0: 42.3370194, 1: 3.51979734, 5: 404.778295, 6: 5.64173271, 8: 49.9128393 };
    for (const [c, value] of Object.entries(expected))
      expect(columns.value[Number(c)] / value).toBeCloseTo(1, 6);
    // It has 240.98155 alive, but takes the 176 who never came back for alive.
    expect(report.expected).toMatchObject({ alive: expect.closeTo(240.98155 - 176, 4), aliveOf: 124 });
    expect(report).toMatchObject({
      customers: 300,
      repeatBuyers: 124,
      repeatPurchases: 370,
      purchases: { method: 'bg-nbd', fit: { customers: 300 }, lossTest: { p: expect.closeTo(0, 9) } },
      spend: { method: 'gamma-gamma', fit: { customers: 124 } },
    });
    expect(report.correlation).toBeCloseTo(-0.00373093667, 10);
    expect(report.cautions.map(({ code }) => code)).toEqual(['never-came-back']);
    for (const name of ['alive', 'purchases', 'value'] as const) {
      const sum = Array.from(columns[name]).reduce((total, value) => total + (value || 0), 0);
      expect(sum / report.expected[name]!).toBeCloseTo(1, 6);
    }
  });

  it('adds up over months, discounts them and takes the margin', () => {
    const history = customers300();
    const values = (options: LifetimeOptions) => lifetimeValues(history, options).columns;
    const plain = values({ monthlyDiscount: 0 });
    plain.value.forEach((value, c) => {
      expect(value).toBeCloseTo(plain.purchases[c] * plain.spend[c], 3);
    });
    const [one, two] = [1, 2].map((months) =>
      values({ horizonWeeks: months * weeksInMonth, monthlyDiscount: 0.02 }),
    );
    const [first, both] = [1, 2].map((months) =>
      values({ horizonWeeks: months * weeksInMonth, monthlyDiscount: 0 }),
    );
    two.value.forEach((value, c) => {
      const second = (both.value[c] - first.value[c]) / 1.02 ** 2;
      expect(value).toBeCloseTo(first.value[c] / 1.02 + second, 8);
      expect(one.value[c]).toBeCloseTo(first.value[c] / 1.02, 8);
    });
    const margins = Float64Array.from(history.age, (_, c) => (c === 0 ? Number.NaN : c % 2 ? 0.1 : -0.2));
    const earned = lifetimeValues(history, { monthlyDiscount: 0, margin: margins });
    expect([...earned.columns.margin.subarray(1, 3)]).toEqual([0.1, -0.2]);
    expect(earned.columns.value[1]).toBeCloseTo(0.1 * plain.value[1], 10);
    expect(earned.columns.value[2]).toBeCloseTo(-0.2 * plain.value[2], 10);
    const { mean, assumed } = earned.report.margin;
    expect([mean, assumed]).toEqual([expect.closeTo((150 * 0.1 - 149 * 0.2) / 299, 12), 1]);
    expect(earned.columns.margin[0]).toBe(mean);
    expect(earned.columns.value[0]).toBeCloseTo(mean * plain.value[0], 10);
  });

  it('does not take a shop for one of Gamma-Gamma where the frequent spend more', () => {
    const history = customers300();
    const dear = {
      ...history,
      meanSpend: history.meanSpend.map((mean, c) => mean && 5 + 10 * history.frequency[c]),
    };
    const { report, columns } = lifetimeValues(dear);
    expect(report.purchases.method).toBe('bg-nbd');
    expect(report.spend).toMatchObject({
      method: 'shrunk-means',
      refusal: {
        code: 'spend-depends-on-frequency',
        reason: expect.stringContaining('correlation 1.00, beyond 0.3'),
      },
    });
    expect(columns.value.every(Number.isFinite)).toBe(true);
    expect(lifetimeValues(dear, { maxCorrelation: 1 }).report.correlation).toBeCloseTo(1, 12);
  });

  it('foresees by shrunk rates and means where too few came back, and says so', () => {
    const { columns, report } = lifetimeValues(
      historyOf([
        [2, 10, 20, 30],
        [0, 0, 20, 0],
        [1, 20, 20, 15],
        [-1, 0, 0, 0],
      ]),
      { horizonWeeks: 10, monthlyDiscount: 0 },
    );
    expect(report).toMatchObject({
      ...{ customers: 3, withoutPurchase: 1, repeatBuyers: 2, repeatPurchases: 3 },
      purchases: {
        method: 'shrunk-rates',
        refusal: { code: 'too-few-repeat-buyers', reason: 'Only 2 customers came back; BG/NBD needs 50.' },
        priorPurchases: 1,
        priorWeeks: 20,
        lossProbability: 0.1,
      },
      spend: { method: 'shrunk-means', refusal: { code: 'too-few-repeat-buyers' }, overallMean: 25 },
    });
    // (x + 1) / (T + 20) a week, and ten and no weeks of silence at that rate of those who came back.
    const rates = [3 / 40, 1 / 40, 2 / 40, 0];
    const alive = [1 / (1 + Math.exp(0.75) / 9), 1, 1 / (1 + 1 / 9), 0];
    const purchases = rates.map((rate, c) => (alive[c] * (1 - Math.exp(-0.1 * rate * 10))) / 0.1);
    const spends = [(2 * 30 + 2 * 25) / 4, 25, (15 + 2 * 25) / 3, 0];
    spends.forEach((spend, c) => {
      if (c === 1) expect(columns.alive[c]).toBeNaN();
      else expect(columns.alive[c]).toBeCloseTo(alive[c], 6);
      expect(columns.purchases[c]).toBeCloseTo(purchases[c], 6);
      expect(columns.spend[c]).toBeCloseTo(spend, 12);
      expect(columns.value[c]).toBeCloseTo(purchases[c] * spend, 12);
    });
  });

  it.each([
    ['too-few-repeat-buyers', 'no customer', []],
    ['too-few-repeat-buyers', 'one order in all', [[0, 0, 0, 0]]],
    ['too-few-repeat-buyers', 'nobody who came back', times(100, (n) => [0, 0, n, 0])],
    ['loss-not-told', 'customers who are all alike', times(100, () => [3, 20, 30, 10])],
    [
      'loss-not-told',
      'customers who always come back, and free of charge',
      times(100, (n) => [30, 30, 30, -(n % 3)]),
    ],
  ] as const)('falls back (%s) for %s', (code, _, rows) => {
    const { columns, report } = lifetimeValues(historyOf(rows));
    const found = report.purchases.method === 'shrunk-rates' ? report.purchases.refusal.code : 'none';
    expect(found).toBe(code);
    expect(report.spend.method).toBe('shrunk-means');
    for (const column of [columns.purchases, columns.spend, columns.value])
      expect(column.every((value) => value >= 0 && value < 1e4)).toBe(true);
  });

  it('tells of nobody whether alive where loss cannot be told, and expects all to go on', () => {
    const history = simulatedHistory({ r: 1.5, alpha: 10, a: 1e-9, b: 1 }, 3000, 5);
    const { columns, report } = lifetimeValues(history, { horizonWeeks: 10 });
    expect(report.purchases).toMatchObject({ basis: 'without-loss', refusal: { code: 'loss-not-told' } });
    expect(report.expected).toMatchObject({ alive: null, aliveOf: 0 });
    expect(report.cautions.map(({ code }) => code)).toEqual(['loss-not-told']);
    expect(columns.alive.every(Number.isNaN)).toBe(true);
    // 3,000 customers at a mean rate of 1.5 / 10 for 10 weeks.
    expect(report.expected.purchases / 4500).toBeCloseTo(1, 1);
  });

  it('says that there is no mean where a few spend everything', () => {
    const random = seededRandom(2);
    const rows = times(2000, (n) => {
      const x = 1 + (n % 3);
      // Gamma-Gamma with p = 4, q = 0.7 and v = 5.
      return [x, 5 + (n % 20), 30, gammaVariable(4 * x, random) / x / (gammaVariable(0.7, random) / 5)];
    });
    const { spend, correlation } = lifetimeValues(historyOf(rows)).report;
    expect(Math.abs(correlation!)).toBeLessThan(0.3);
    expect(spend).toMatchObject({ refusal: { code: 'no-mean-spend' } });
  });

  it('has a finite answer to any ledger', () => {
    fc.assert(
      fc.property(anyLedger(), fc.integer({ min: 0, max: 3 }), (ledger, minRepeatBuyers) => {
        const { columns, report } = lifetimeValues(ledgerHistory(ledger), { minRepeatBuyers });
        const { alive, ...others } = columns;
        for (const column of Object.values(others)) expect(column.every(Number.isFinite)).toBe(true);
        const told = alive.filter((probability) => !Number.isNaN(probability));
        expect(told.every((probability) => probability >= 0 && probability <= 1)).toBe(true);
        // JSON writes what is no number as null.
        expect(JSON.parse(JSON.stringify(report))).toEqual(report);
      }),
    );
  });

  it.each<[LifetimeOptions]>([
    [{ horizonWeeks: 0 }],
    [{ horizonWeeks: 1001 }],
    [{ monthlyDiscount: -0.1 }],
    [{ monthlyDiscount: Number.NaN }],
    [{ margin: Number.NaN }],
    [{ margin: new Float64Array(1) }],
    [{ minRepeatBuyers: -1 }],
    [{ maxCorrelation: 1.5 }],
  ])('refuses %j', (options) => {
    const history = historyOf([
      [0, 0, 1, 0],
      [0, 0, 2, 0],
    ]);
    expect(() => lifetimeValues(history, options)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});

describe('correlation', () => {
  it('is Pearson’s, and none where one side does not vary', () => {
    expect(correlationOf({ purchases: [1, 2, 3], mean: [2, 1, 3] })).toBeCloseTo(0.5, 14);
    expect(correlationOf({ purchases: [1, 2], mean: [0.1, 0.1] })).toBeNull();
    expect(correlationOf({ purchases: [], mean: [] })).toBeNull();
  });
});

withSharedFile('data/cdnow/cdnow_customers_summary_with_transactions.csv.gz', 'values of CDNOW', (file) => {
  // ../shared/reference/analytics.md.
  it('are 36.2785, 4.6375 … over 12 months at 1 % a month', () => {
    const { columns, report } = lifetimeValues(parseSummary(readGzip(file)));
    const expected = [36.2785, 4.6375, 8.3441, 8.3441, 8.3441, 283.5236, 6.8814, 8.3441, 43.3536, 8.3441];
    expected.forEach((value, c) => {
      expect(columns.value[c]).toBeCloseTo(value, 4);
    });
    // numpy.corrcoef of x and zbar.
    expect(report.correlation).toBeCloseTo(0.11388391, 8);
  });
});
