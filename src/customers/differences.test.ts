import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withSharedFile } from '../../test/support/shared-data.ts';
import { bestAndNext, differencesOf } from './differences.ts';
import { behavioursOf, partsOfRevenue } from './differences-behaviours.ts';
import { labelTest } from './differences-labels.ts';
import type { CustomerAttribute } from './ledger.ts';
import { ledgerOf } from './testing/ledger.ts';

const numbers = (name: string, ...values: number[]): CustomerAttribute => ({
  name,
  kind: 'number',
  values: Float64Array.from(values),
});

const range = (from: number, to: number): Int32Array =>
  Int32Array.from({ length: to - from }, (_, i) => from + i);

/** Customers 0 … 5 against 6 … 11. */
const groups = { top: range(0, 6), next: range(6, 12), definition: 'The first six against the others.' };

describe('differencesOf', () => {
  it('sorts by effect, adjusts for the number of tests and counts what is missing', () => {
    const attributes: CustomerAttribute[] = [
      numbers('noise', 1, 5, 3, 7, 9, 2, 4, 6, 1, 8, 3, 5),
      numbers('income', 9, 8, 7, 9, 8, Number.NaN, 1, 2, 3, 1, 2, 3),
      {
        name: 'country',
        kind: 'label',
        labels: ['DE', 'FR', 'IT'],
        values: Int32Array.of(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, -1),
      },
    ];
    const report = differencesOf(attributes, groups);
    expect(report.differences.map(({ name }) => name)).toEqual(['income', 'country', 'noise']);
    const [income, country, noise] = report.differences;
    // All of five above all of six: 2 of 462 ways; all six of one country, all five of the other likewise.
    expect(income).toMatchObject({
      test: 'rank-sum-exact',
      effect: 1,
      top: { known: 5, missing: 1, median: 8, lowerQuartile: 8, upperQuartile: 9 },
      next: { known: 6, missing: 0, median: 2 },
      isSignificant: true,
    });
    expect(income!.p).toBeCloseTo(2 / 462, 12);
    expect(country).toMatchObject({
      test: 'fisher',
      effect: expect.closeTo(1, 12),
      next: { known: 5, missing: 1 },
      otherLabels: 0,
    });
    expect(country!.kind === 'label' && country!.labels[0]).toEqual({
      label: 'DE',
      top: 6,
      next: 0,
      topShare: 1,
      nextShare: 0,
    });
    expect(income!.adjustedP).toBeCloseTo((3 / 2) * (2 / 462), 12);
    expect(noise!.isSignificant).toBe(false);
    expect(report).toMatchObject({ significant: 2, telling: ['income', 'country'], code: null });
    expect(report.sentence).toBe(
      'Of 3 attributes and behaviours, 2 differ beyond chance. Begin with: income, country.',
    );
  });

  it('marks what belongs to the groups, and tests nothing that cannot be', () => {
    const attributes = [
      numbers('revenue', 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1),
      numbers('orders', 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1),
      numbers('always', ...new Array(12).fill(3)),
      numbers('seldom', 1, 2, 3, 4, ...new Array(8).fill(Number.NaN)),
      { name: 'shop', kind: 'label', labels: ['one', 'two'], values: new Int32Array(12) } as const,
    ];
    const report = differencesOf(attributes, groups, { defining: ['revenue'], parts: ['orders'] });
    expect(report.notTested.map(({ name, code }) => [name, code])).toEqual([
      ['revenue', 'defines-the-groups'],
      ['always', 'no-variation'],
      ['seldom', 'too-few-known'],
      ['shop', 'no-variation'],
    ]);
    expect(report.differences).toMatchObject([{ name: 'orders', isPart: true, isSignificant: true }]);
    expect(report.telling).toEqual([]);
  });

  it('says that groups are too small', () => {
    const few = differencesOf([], { ...groups, next: range(6, 10) });
    expect(few).toMatchObject({ code: 'too-few-customers', differences: [], next: 4 });
    expect(differencesOf([], groups).sentence).toContain('none differs');
  });

  it.each([
    ['a customer in both groups', { ...groups, next: range(5, 11) }, {}],
    ['an alpha of 0', groups, { alpha: 0 }],
    ['a level of 1', groups, { level: 1 }],
  ])('refuses %s', (_, compared, options) => {
    expect(() => differencesOf([], compared, options)).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    );
  });
});

describe('labelTest', () => {
  const test = (top: number[], next: number[]) =>
    labelTest({ top: Int32Array.from(top), next: Int32Array.from(next) });

  it('is exact where little is expected', () => {
    // SciPy 1.17: fisher_exact([[2, 9], [8, 3]]), chi2_contingency of all three labels without correction.
    expect(test([2, 8], [9, 3])).toMatchObject({ test: 'chi-square', pooled: 0 });
    expect(test([1, 3], [5, 1])!.p).toBeCloseTo(0.19047619047619047, 12);
    expect(test([30, 20, 12], [10, 25, 3])).toMatchObject({
      test: 'chi-square',
      p: expect.closeTo(0.004474517630437999, 12),
    });
  });

  it('counts rare labels together until they suffice', () => {
    // Three of 2 each are too few, with the next rarest they are enough.
    expect(test([20, 10, 4, 1, 1, 1], [15, 12, 6, 1, 1, 1])).toMatchObject({ test: 'chi-square', pooled: 4 });
    // All are rare: the most frequent against the rest, exactly.
    expect(test([3, 1, 1, 0], [0, 1, 1, 3])).toMatchObject({ test: 'fisher', pooled: 3 });
    expect(test([0, 9], [0, 4])).toBeNull();
  });

  it('never fails on any counts', () => {
    const counts = fc.array(fc.tuple(fc.nat(12), fc.nat(12)), { maxLength: 8 });
    fc.assert(
      fc.property(counts, (drawn) => {
        const result = test(
          drawn.map(([top]) => top),
          drawn.map(([, next]) => next),
        );
        const occurring = drawn.filter(([top, next]) => top + next > 0).length;
        expect(result === null).toBe(occurring < 2);
        if (result === null) return;
        expect(result.p >= 0 && result.p <= 1 && result.cramersV >= 0 && result.cramersV <= 1).toBe(true);
        expect(result.pooled).toBeLessThan(occurring);
      }),
    );
  });
});

describe('bestAndNext', () => {
  it('takes the best and those after them', () => {
    const { top, next, definition } = bestAndNext(Float64Array.of(5, 9, 7, 7, 1), range(0, 5), 'revenue', {
      top: 0.4,
      next: 0.2,
    });
    expect([[...top], [...next]]).toEqual([[1, 2], [3]]);
    expect(definition).toBe('The best 40 % of the customers by revenue against the next 20 %.');
    expect(() => bestAndNext(Float64Array.of(1), range(0, 1), 'revenue', { top: 0.9, next: 0.2 })).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    );
  });
});

describe('behavioursOf', () => {
  const ledger = ledgerOf({
    customers: {
      anna: [
        {
          // A Saturday, 1970-01-10.
          day: 9,
          minute: 600,
          channel: 'web',
          lines: [
            { product: 'bread', quantity: 3, price: 2, discount: 1, promoted: true },
            { product: 'mug', price: 12 },
            { product: 'postage', price: 4 },
          ],
        },
        { day: 9, minute: 900, channel: 'shop', lines: ['bread'] },
        { day: 19, minute: 1200, channel: 'shop', lines: [{ product: 'riddle', price: null }] },
        { day: 22, lines: [{ product: 'mug', quantity: -1, price: 12 }] },
      ],
      ben: [{ day: 3, lines: [{ product: 'mug', quantity: -1 }] }],
    },
    products: { bread: { category: ['food'] }, mug: { category: ['home'] }, postage: { fee: true } },
    events: { anna: [{ day: 30, kind: 'complaint' }] },
    today: 40,
  });

  it('tells what a customer does', () => {
    const told = behavioursOf(ledger).map((one) => [
      one.name,
      one.kind === 'number' ? one.values[0] : one.labels[one.values[0]!],
    ]);
    expect(Object.fromEntries(told)).toEqual({
      revenue: 6 - 1 + 12 + 4 + 1 - 12,
      orders: 3,
      'revenue per order': 10 / 3,
      'lines per order': 4 / 3,
      'units per order': 2,
      'list price per unit': 19 / 5,
      'days between orders': 10,
      'days since the first order': 31,
      'days since the last order': 21,
      'discount share': 1 / 23,
      'share of lines on promotion': 1 / 4,
      'returned share': 12 / 22,
      'products bought': 3,
      'categories bought': 2,
      'share of orders at weekends': 2 / 3,
      'hour of the day': 15,
      'main channel': 'shop',
      'main category': 'home',
      'events: complaint': 1,
    });
  });

  it('tells nothing of who has not ordered, and never what is not there', () => {
    const behaviours = behavioursOf(ledger);
    for (const one of behaviours) expect(one.values[1]).toBe(one.kind === 'number' ? Number.NaN : -1);
    const plain = behavioursOf(ledgerOf({ customers: { anna: [{ day: 4, lines: ['mug'] }] } }));
    const byName = Object.fromEntries(plain.map(({ name, values }) => [name, values[0]]));
    expect(byName['days between orders']).toBe(Number.NaN);
    expect(byName).not.toHaveProperty('categories bought');
    expect(byName).not.toHaveProperty('main channel');
    expect(partsOfRevenue.every((name) => name in byName)).toBe(true);
  });
});

withSharedFile(
  'data/marketing-campaign/marketing_campaign.csv.gz',
  'the best customers of a food retailer',
  (file) => {
    it('agrees with SciPy', () => {
      const [header, ...rows] = gunzipSync(readFileSync(file)).toString().trim().split('\n');
      const columns = header!.trim().split(',');
      const cell = (row: string, name: string): string => row.trim().split(',')[columns.indexOf(name)]!;
      const number = (row: string, name: string): number =>
        cell(row, name) === '' ? Number.NaN : Number(cell(row, name));
      const spent = Float64Array.from(rows, (row) =>
        columns.filter((name) => name.startsWith('Mnt')).reduce((sum, name) => sum + number(row, name), 0),
      );
      const numeric = columns.filter((name) =>
        /^(Year|Income|Kid|Teen|Recency|Num|Accepted|Complain|Response)/.test(name),
      );
      const attributes = numeric.map((name) => numbers(name, ...rows.map((row) => number(row, name))));
      const labels = ['Education', 'Marital_Status'].map((name): CustomerAttribute => {
        const values = rows.map((row) => cell(row, name));
        const distinct = [...new Set(values)].sort();
        return {
          name,
          kind: 'label',
          labels: distinct,
          values: Int32Array.from(values, (value) => distinct.indexOf(value)),
        };
      });
      const compared = bestAndNext(spent, range(0, rows.length), 'spend');
      const report = differencesOf([...attributes, ...labels], compared);
      expect([report.top, report.next, report.differences.length]).toEqual([224, 224, 19]);
      // SciPy 1.17: mannwhitneyu(method='asymptotic'), chi2_contingency(correction=False), false_discovery_control.
      const expected: readonly (readonly [string, number, number, number])[] = [
        ['Income', 0.39625080801551404, 4.815891101563685e-13, 9.150193092971001e-12],
        ['AcceptedCmp5', 0.2633928571428572, 1.7607076254444535e-9, 1.6726722441722308e-8],
        ['NumDealsPurchases', -0.2479870854591837, 6.673497996101921e-8, 4.22654873086455e-7],
        ['Teenhome', -0.20922353316326525, 2.9329155024727566e-7, 1.3931348636745595e-6],
        ['Response', 0.1651785714285714, 0.00022120123699189217, 0.0008405647005691902],
        ['Education', 0.1446171004256907, 0.024760745775774567, 0.05803468162589412],
        ['AcceptedCmp1', 0.1383928571428572, 0.0005541501418449695, 0.00175480878250907],
      ];
      expected.forEach(([name, effect, p, adjusted], at) => {
        const found = report.differences[at]!;
        expect(found.name).toBe(name);
        expect(found.effect).toBeCloseTo(effect, 12);
        expect(found.p / p).toBeCloseTo(1, 9);
        expect(found.adjustedP / adjusted).toBeCloseTo(1, 9);
      });
      expect(report.differences[0]).toMatchObject({
        top: { known: 221, missing: 3, median: 80134 },
        next: { median: 72243 },
      });
      const marital = report.differences.find(({ name }) => name === 'Marital_Status')!;
      // The one "Absurd" is counted with the widowed.
      expect(marital.effect).toBeCloseTo(0.09180995469219559, 12);
      expect(marital.p).toBeCloseTo(0.43713707323335405, 12);
      expect(report.significant).toBe(6);
      expect(report.telling).toEqual(['Income', 'AcceptedCmp5', 'NumDealsPurchases']);
    });
  },
);
