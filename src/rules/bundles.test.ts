import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BundleCandidate, bundlesOf } from './bundles.ts';

const razor: BundleCandidate = { items: [0, 1], together: 20, without: [200, 120] };
const costing = { prices: [10, 30, 5, 8], costs: [4, 12, 2, 9] };

describe('bundlesOf', () => {
  it('prices a bundle by what it is expected to bring', () => {
    const [bundle] = bundlesOf([razor], 1_000, costing, { acceptance: 0.1, elasticity: 0 });
    // Discounts persuade nobody, so none is given: (200 − 20) · 0.1 · 6 + (120 − 20) · 0.1 · 18.
    expect(bundle).toMatchObject({ price: 40, margin: 24, discount: 0, bundlePrice: 40, marginLeft: 0.6 });
    expect(bundle.extraProfit).toBeCloseTo(108 + 180, 9);
  });

  it('gives the discount that earns most, where it persuades', () => {
    const assumptions = { acceptance: 0.1, elasticity: 100, largestDiscount: 0.2 };
    const [bundle] = bundlesOf([razor], 1_000, costing, assumptions);
    const profit = (discount: number): number => {
      const accepting = Math.min(1, 0.1 * (1 + 100 * discount));
      const lost = 40 * discount;
      return 180 * accepting * (6 - lost) + 100 * accepting * (18 - lost) - 20 * lost;
    };
    const tried = Array.from({ length: 101 }, (_, step) => (0.2 * step) / 100);
    expect(bundle.extraProfit).toBeCloseTo(Math.max(...tried.map(profit)), 9);
    expect(profit(bundle.discount)).toBeCloseTo(bundle.extraProfit, 9);
    expect(bundle.discount).toBeGreaterThan(0);
  });

  it('leaves the margin that the shop wants', () => {
    const eager = { acceptance: 0.001, elasticity: 1000, largestDiscount: 1 };
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.6, noNaN: true }), (leastMargin) => {
        for (const bundle of bundlesOf([razor], 1_000, costing, { ...eager, leastMargin }))
          expect(bundle.marginLeft).toBeGreaterThanOrEqual(leastMargin);
      }),
    );
    expect(bundlesOf([razor], 1_000, costing, { leastMargin: 0.7 })).toEqual([]);
  });

  it('offers none that loses money, or of which a price or cost is not known', () => {
    // Item 3 costs more than it sells for.
    expect(
      bundlesOf([{ items: [2, 3], together: 0, without: [0, 10] }], 100, costing, { leastMargin: 0 }),
    ).toEqual([]);
    const unknown = { prices: [10, Number.NaN], costs: [4, 12] };
    expect(bundlesOf([razor], 1_000, unknown)).toEqual([]);
  });

  it('keeps the better of two that overlap', () => {
    const blades: BundleCandidate = { items: [0, 1, 2], together: 5, without: [9, 9, 20] };
    const apart: BundleCandidate = { items: [2, 3], together: 1, without: [90, 2] };
    const kept = bundlesOf([blades, razor, apart], 1_000, { ...costing, costs: [4, 12, 2, 3] });
    expect(kept.map(({ items }) => items)).toEqual([
      [0, 1],
      [2, 3],
    ]);
    const both = bundlesOf([blades, razor], 1_000, costing, { overlap: 1 });
    expect(both).toHaveLength(2);
  });

  it('leaves out just those that share too much with a better one that stays', () => {
    const sets = fc.uniqueArray(fc.uniqueArray(fc.nat(9), { minLength: 2, maxLength: 4 }), {
      maxLength: 40,
      selector: (items) => items.toSorted().join(),
    });
    const flat = { prices: Array.from({ length: 10 }, (_, i) => i + 1), costs: new Float64Array(10) };
    fc.assert(
      fc.property(sets, fc.constantFrom(0, 0.3, 0.5, 0.6, 1), (drawn, overlap) => {
        const candidates = drawn.map((items, n) => ({
          items: items.toSorted(),
          together: n,
          without: items.map((item) => n + 10 + item),
        }));
        const all = bundlesOf(candidates, 100, flat, { overlap: 1 });
        const expected: typeof all = [];
        for (const one of all) {
          const overlaps = ({ items }: BundleCandidate): boolean =>
            items.filter((item) => one.items.includes(item)).length >
            overlap * Math.min(items.length, one.items.length);
          if (!expected.some(overlaps)) expected.push(one);
        }
        expect(bundlesOf(candidates, 100, flat, { overlap })).toEqual(expected);
      }),
    );
  });

  it('refuses assumptions that make no sense', () => {
    expect(() => bundlesOf([], 1, costing, { acceptance: 2 })).toThrow(
      'acceptance of bundles must lie between 0 and 1',
    );
    expect(() => bundlesOf([], 1, costing, { leastMargin: Number.NaN })).toThrow('leastMargin');
  });
});
