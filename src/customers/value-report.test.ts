import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decilesOf } from './value-deciles.ts';
import { valueTables } from './value-report.ts';

const of = (...values: number[]): Float64Array => Float64Array.from(values);
const all = (values: Float64Array): Int32Array => Int32Array.from(values.keys());

describe('decilesOf', () => {
  it('cuts customers into tenths from the best down', () => {
    const revenue = Float64Array.from({ length: 25 }, (_, c) => c + 1);
    const { decile, rows, tied } = decilesOf(revenue, all(revenue), {
      revenue,
      profit: revenue.map((x) => 13 - x),
    });
    expect(rows.map(({ customers }) => customers)).toEqual([3, 2, 3, 2, 3, 2, 3, 2, 3, 2]);
    expect(rows[0]).toMatchObject({ decile: 1, highest: 25, lowest: 23, revenue: 72, profit: -33 });
    expect(rows[0]!.revenueShare).toBeCloseTo(72 / 325, 12);
    // No profit in all: 25 · 13 − 325.
    expect(rows[0]!.profitShare).toBeNull();
    expect(rows[9]!.cumulativeRevenueShare).toBe(1);
    expect([decile[24], decile[0], tied]).toEqual([1, 10, 0]);
  });

  it('puts fewer than ten customers into as many deciles', () => {
    const revenue = of(5, 9, 1);
    const { decile, rows } = decilesOf(revenue, all(revenue), { revenue, profit: revenue });
    expect([...decile]).toEqual([4, 1, 7]);
    expect(rows.map(({ customers }) => customers)).toEqual([1, 1, 1]);
    expect(decilesOf(of(), new Int32Array(), { revenue: of(), profit: of() }).rows).toEqual([]);
  });

  it('counts those whom chance put on either side of a cut', () => {
    const revenue = new Float64Array(20).fill(7);
    revenue.set([9, 8]);
    expect(decilesOf(revenue, all(revenue), { revenue, profit: revenue }).tied).toBe(18);
    const pairs = Float64Array.from({ length: 20 }, (_, c) => c >> 1);
    expect(decilesOf(pairs, all(pairs), { revenue: pairs, profit: pairs }).tied).toBe(0);
  });

  it('has each customer once, none above a better decile', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 30 }), { maxLength: 60 }), (values) => {
        const revenue = of(...values);
        const { decile, rows } = decilesOf(revenue, all(revenue), { revenue, profit: revenue });
        expect(rows.reduce((sum, { customers }) => sum + customers, 0)).toBe(values.length);
        for (const { decile: number, customers, lowest, highest } of rows) {
          const members = values.filter((_, c) => decile[c] === number);
          expect([members.length, Math.min(...members), Math.max(...members)]).toEqual([
            customers,
            lowest,
            highest,
          ]);
        }
        rows.slice(1).forEach(({ highest }, at) => {
          expect(highest).toBeLessThanOrEqual(rows[at]!.lowest);
        });
      }),
    );
  });
});

describe('valueTables', () => {
  it('leaves out who has not ordered', () => {
    const revenue = of(10, -4, 30, 0);
    const profit = of(6, -4, -2, 0);
    const { columns, report } = valueTables(Int32Array.of(0, 2), { revenue, profit });
    expect(report).toMatchObject({ customers: 2, withoutOrder: 2 });
    expect(report.revenue.concentration.total).toBe(40);
    expect(report.profit.concentration.total).toBe(4);
    expect(report.revenue.sentence).toContain('bring 75 % of the revenue');
    expect(report.profit.deciles.map(({ revenueShare }) => revenueShare)).toEqual([0.25, 0.75]);
    expect([...columns.revenueDecile]).toEqual([6, 0, 1, 0]);
    expect([...columns.profitDecile]).toEqual([1, 0, 6, 0]);
  });
});
