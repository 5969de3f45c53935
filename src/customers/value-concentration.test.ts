import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withSharedFile } from '../../test/support/shared-data.ts';
import { concentrationOf, concentrationSentence } from './value-concentration.ts';

const of = (...values: number[]): Float64Array => Float64Array.from(values);

describe('concentrationOf', () => {
  it('measures how uneven a few customers are', () => {
    const result = concentrationOf(of(2, 90, 5, 3, 0));
    // By hand: (−4·0 − 2·2 + 0·3 + 2·5 + 4·90) / (5·100).
    expect(result.gini).toBeCloseTo(0.732, 12);
    expect(result.curve.map(({ value }) => value)).toEqual([0, 90, 95, 98, 100, 100]);
    expect(result.top.map(({ customers }) => customers)).toEqual([1, 1, 1, 1, 3]);
    expect(result.top[3]).toEqual({
      customers: 1,
      customerShare: 0.2,
      value: 90,
      valueShare: 0.9,
      timesAverage: 4.5,
    });
    expect(result.forFourFifths).toEqual({ customers: 1, customerShare: 0.2 });
    expect(result.peak).toMatchObject({ customers: 4, valueShare: 1 });
  });

  it('is the mean difference of two customers over twice the mean', () => {
    const cents = fc.integer({ min: -500, max: 2000 });
    fc.assert(
      fc.property(fc.array(cents, { minLength: 1, maxLength: 30 }), (values) => {
        const { gini, total, curve, negative, peak } = concentrationOf(of(...values));
        const n = values.length;
        const sum = values.reduce((all, value) => all + value, 0);
        const apart = values
          .flatMap((a) => values.map((b) => Math.abs(a - b)))
          .reduce((all, x) => all + x, 0);
        expect(total).toBe(sum);
        if (sum > 0) expect(gini).toBeCloseTo(apart / (2 * n * sum), 10);
        else expect(gini).toBeNull();
        expect(curve).toHaveLength(n + 1);
        expect(negative).toBe(values.filter((value) => value < 0).length);
        // The curve rises while customers bring something, and never is higher than at its peak.
        expect(Math.max(...curve.map(({ value }) => value))).toBe(peak.value);
      }),
    );
  });

  it('draws a whale where some customers lose money', () => {
    const losers = concentrationOf(of(100, 60, -20, -40));
    expect(losers.gini).toBeCloseTo(500 / (4 * 100), 12);
    expect(losers.peak).toMatchObject({ customers: 2, customerShare: 0.5, valueShare: 1.6 });
    expect(losers.forFourFifths).toEqual({ customers: 1, customerShare: 0.25 });
    expect(concentrationSentence(losers, 'profit')).toBe(
      'The best 20 % of the customers (1 of 4) bring 100 % of the profit. All that bring any (50 % of them) make ' +
        '160 % of it, and the others lose the rest again.',
    );
  });

  it('has no shares of nothing', () => {
    const none = concentrationOf(of());
    expect(none).toMatchObject({ gini: null, forFourFifths: null, top: [], code: 'no-customers' });
    expect(none.curve).toEqual([{ customers: 0, customerShare: 0, value: 0, valueShare: null }]);
    const loss = concentrationOf(of(10, -30));
    expect(loss).toMatchObject({ gini: null, code: 'no-positive-total', negative: 1 });
    expect(loss.top[0]).toEqual({
      customers: 1,
      customerShare: 0.5,
      value: 10,
      valueShare: null,
      timesAverage: null,
    });
    expect(concentrationSentence(none, 'profit')).toContain('No customer');
    expect(concentrationSentence(loss, 'profit')).toContain('no shares');
  });

  it('is 0 when all customers are alike, with a straight curve', () => {
    const { gini, curve } = concentrationOf(new Float64Array(1000).fill(0.1));
    expect(gini).toBeCloseTo(0, 12);
    expect(curve).toHaveLength(101);
    for (const { customerShare, valueShare } of curve) expect(valueShare).toBeCloseTo(customerShare, 10);
  });
});

withSharedFile('data/online-retail/online_retail.csv.gz', 'the Pareto curve of Online Retail', (file) => {
  it('agrees with pandas', () => {
    // pandas 3.1 over the 397,884 clean purchases of the README of the data: revenue by CustomerID, sorted.
    const byCustomer = new Map<string, number>();
    for (const row of gunzipSync(readFileSync(file)).toString().split('\n').slice(1)) {
      const fields = row.split(',');
      const [quantity, , price, customer] = fields.slice(-5);
      if (row.startsWith('C') || !customer || !(Number(quantity) > 0 && Number(price) > 0)) continue;
      byCustomer.set(customer, (byCustomer.get(customer) ?? 0) + Number(quantity) * Number(price));
    }
    const result = concentrationOf(Float64Array.from(byCustomer.values()));
    expect(result.customers).toBe(4338);
    expect(result.total).toBeCloseTo(8911407.904, 4);
    expect(result.gini).toBeCloseTo(0.7151396179369514, 10);
    expect(result.top.map(({ customers }) => customers)).toEqual([44, 217, 434, 868, 2169]);
    const expected = [
      0.3199885585666038, 0.5037812496479794, 0.6137506574628903, 0.7461713718676607, 0.9216771413093198,
    ];
    result.top.forEach(({ valueShare }, at) => {
      expect(valueShare).toBeCloseTo(expected[at]!, 10);
    });
    expect(result.forFourFifths?.customers).toBe(1133);
    expect(concentrationSentence(result, 'revenue')).toBe(
      'The best 20 % of the customers (868 of 4,338) bring 75 % of the revenue.',
    );
  });
});
