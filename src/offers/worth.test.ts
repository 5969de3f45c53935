import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CostRates } from '../customers/profit/rates.ts';
import { StringTable } from '../model/string-table.ts';
import { Assortment } from './assortment.ts';
import type { Objective } from './placements.ts';
import { productOf } from './testing/product.ts';
import { Worth } from './worth.ts';

const codes = ['cheap', 'dear', 'costly', 'unpriced'];
const products = [
  productOf('cheap', { price: 10, cost: 4 }),
  productOf('dear', { price: 30 }),
  productOf('costly', { price: 20, cost: 24 }),
  productOf('unpriced'),
];

const driver = (per: 'line' | 'unit' | 'order', rate: number) =>
  ({ id: per, group: 'picking', basis: { per }, rate, isAssumed: false, reason: '' }) as const;

const rates = {
  drivers: [driver('line', 0.5), driver('unit', 0.5), driver('order', 100)],
  goodsCostShare: 0.6,
} as unknown as CostRates;

describe('Worth', () => {
  const worth = new Worth(new Assortment(StringTable.from(codes), products), rates);
  const value = (item: number, objective: Objective, objectiveWeight = 1) => {
    const settings = { objective, objectiveWeight };
    const valuation = worth.under(settings);
    const known = valuation.of(0.1, worth.gainOf(item));
    expect(valuation.ofItem(0.1, item)).toBe(known);
    return known;
  };

  it('counts what one line more brings: the price, less the goods and what a line and a unit cost to serve', () => {
    expect([0, 1, 2, 3].map((item) => worth.gainOf(item))).toEqual([
      { revenue: 10, profit: 5 },
      // Of unknown cost: 60 % of the price.
      { revenue: 30, profit: 11 },
      { revenue: 20, profit: -5 },
      { revenue: null, profit: null },
    ]);
  });

  it('ranks by probability alone for conversion, or without weight', () => {
    for (let item = 0; item < 4; item++) {
      expect(value(item, 'conversion')).toBe(0.1);
      expect(value(item, 'revenue', 0)).toBe(0.1);
    }
  });

  it('weighs by the money in terms of the mean, and leaves what has no price as it is', () => {
    expect(value(0, 'revenue')).toBeCloseTo(0.1 * (10 / 20), 12);
    expect(value(1, 'revenue')).toBeCloseTo(0.1 * (30 / 20), 12);
    expect(value(1, 'revenue', 0.5)).toBeCloseTo(0.1 * Math.sqrt(1.5), 12);
    expect(value(3, 'revenue')).toBe(0.1);
    const meanProfit = (5 + 11 - 5) / 3;
    expect(value(0, 'profit')).toBeCloseTo(0.1 * (5 / meanProfit), 12);
  });

  it('puts what loses money after all that does not', () => {
    expect(value(2, 'profit')).toBeLessThan(0);
    expect(value(2, 'profit', 0.3)).toBeLessThan(0);
  });

  it('follows the prices as they change', () => {
    const assortment = new Assortment(StringTable.from(codes), products);
    const changing = new Worth(assortment, undefined);
    const cheap = () => changing.under({ objective: 'revenue', objectiveWeight: 1 }).ofItem(0.1, 0);
    expect(cheap()).toBeCloseTo(0.05, 12);
    assortment.put(productOf('cheap', { price: 20 }));
    expect(cheap()).toBeCloseTo(0.1 * (20 / (70 / 3)), 12);
  });

  it('is after any changes what it would be of the catalogue as it has become', () => {
    const item = fc.nat({ max: 9 });
    const product = fc.record({
      price: fc.option(fc.integer({ min: 0, max: 50 })),
      cost: fc.option(fc.integer({ min: 0, max: 60 })),
      stock: fc.constantFrom(null, 0, 1),
    });
    const known = StringTable.from(['p0', 'p1', 'p2', 'p3']);
    const aim = fc.record({
      objective: fc.constantFrom('conversion' as const, 'revenue' as const, 'profit' as const),
      objectiveWeight: fc.constantFrom(0, 0.5, 1),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(item, product, aim), { maxLength: 40 }), (changes) => {
        const assortment = new Assortment(known);
        const following = new Worth(assortment, rates);
        for (const [number, fields, settings] of changes) {
          assortment.put(productOf(`p${number}`, fields));
          const valuation = following.under(settings);
          const anew = new Worth(assortment, rates).under(settings);
          for (let n = 0; n < assortment.size; n++) {
            expect(valuation.ofItem(0.3, n)).toBeCloseTo(anew.ofItem(0.3, n), 9);
            expect(valuation.of(0.3, following.gainOf(n))).toBe(valuation.ofItem(0.3, n));
          }
        }
      }),
    );
  });
});
