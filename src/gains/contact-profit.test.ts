import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedProfit, realisedProfit } from './contact-profit.ts';

const money = fc.record({
  contactCost: fc.double({ min: 0, max: 5, noNaN: true }),
  value: fc.double({ min: -5, max: 50, noNaN: true }),
});

describe('expectedProfit', () => {
  it('is the one worked out by hand, in any order of customers', () => {
    // Contacts of 1.50 for 10 a response: the third of four is worth 2.00, the last 1.00.
    const found = expectedProfit(Float64Array.of(0.1, 0.8, 0.2, 0.4), { contactCost: 1.5, value: 10 }, 2);
    expect(found.breakEven).toBe(0.15);
    expect(found.best).toMatchObject({ customers: 3, share: 0.75, moneyOut: 4.5 });
    expect(found.best.responses).toBeCloseTo(1.4, 12);
    expect(found.best.moneyIn).toBeCloseTo(14, 12);
    expect(found.best.profit).toBeCloseTo(9.5, 12);
    expect(found.all.profit).toBeCloseTo(9, 12);
    expect(found.nobody).toEqual({
      share: 0,
      customers: 0,
      responses: 0,
      moneyIn: 0,
      moneyOut: 0,
      profit: 0,
    });
    expect(found.curve.map(({ customers }) => customers)).toEqual([2, 4]);
    expect(found.curve[0].profit).toBeCloseTo(9, 12);
  });

  it('earns as much as the best of all numbers of customers, and never less than nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 60 }),
        money,
        (probabilities, { contactCost, value }) => {
          const { best, all, curve } = expectedProfit(Float64Array.from(probabilities), {
            contactCost,
            value,
          });
          let [profit, most] = [0, 0];
          for (const probability of probabilities.toSorted((a, b) => b - a)) {
            profit += probability * value - contactCost;
            most = Math.max(most, profit);
          }
          expect(best.profit).toBeCloseTo(most, 9);
          expect(best.profit).toBeGreaterThanOrEqual(0);
          expect(all.profit).toBeCloseTo(profit, 9);
          for (const point of curve) expect(point.profit).toBeLessThanOrEqual(best.profit + 1e-9);
          expect(curve.at(-1) ?? all).toEqual(all);
        },
      ),
    );
  });

  it('is nobody where a contact costs more than any response brings', () => {
    expect(expectedProfit(Float64Array.of(1, 1), { contactCost: 3, value: 2 })).toMatchObject({
      breakEven: 1.5,
      best: { customers: 0, profit: 0 },
      all: { profit: -2 },
    });
    expect(expectedProfit(Float64Array.of(1), { contactCost: 0, value: 0 })).toMatchObject({
      breakEven: null,
      best: { customers: 0, profit: 0 },
    });
    expect(expectedProfit(Float64Array.of(1), { contactCost: 1, value: 5e-324 }).breakEven).toBeNull();
    expect(expectedProfit(new Float64Array(0), { contactCost: 1, value: 9 })).toMatchObject({
      best: { share: 0, profit: 0 },
      curve: [],
    });
  });

  it('refuses what is no probability, and what is no money', () => {
    const fair = { contactCost: 1, value: 9 };
    expect(() => expectedProfit(Float64Array.of(0.5, 1.2), fair)).toThrow(/Number 1 is 1\.2.*calibrate/);
    for (const wrong of [
      { contactCost: -1 },
      { value: Number.NaN },
      { contactCost: Infinity },
      { value: 1e16 },
    ])
      expect(() => expectedProfit(Float64Array.of(0.5), { ...fair, ...wrong })).toThrow(/0 or more/);
  });
});

describe('realisedProfit', () => {
  it('is the best of all borders between scores, in hindsight', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 1 })), {
          minLength: 1,
          maxLength: 40,
        }),
        money,
        (some, { contactCost, value }) => {
          const found = realisedProfit(
            Float64Array.from(some, ([score]) => score),
            Uint8Array.from(some, ([, one]) => one),
            { contactCost, value },
          );
          const profitFrom = (least: number): number =>
            some
              .filter(([score]) => score >= least)
              .reduce((sum, [, one]) => sum + one * value - contactCost, 0);
          const profits = [0, 1, 2, 3, 4, 5, 6, 7].map(profitFrom);
          expect(found.best.profit).toBeCloseTo(Math.max(...profits), 9);
          expect(found.best.moneyIn - found.best.moneyOut).toBeCloseTo(found.best.profit, 9);
          expect(found.all.profit).toBeCloseTo(profitFrom(0), 9);
        },
      ),
    );
  });

  it('takes the fewest of equally good numbers, and tied customers in the mean', () => {
    // The second response pays for the contacts since the first, and no more.
    const target = Uint8Array.of(1, 0, 1, 0);
    const found = realisedProfit(Float64Array.of(4, 3, 2, 1), target, { contactCost: 1, value: 2 }, 4);
    expect(found.best).toMatchObject({ customers: 1, profit: 1 });
    expect(found.curve.map(({ profit }) => profit)).toEqual([1, 0, 1, 0]);
    const tied = realisedProfit(new Float64Array(4), target, { contactCost: 1, value: 2 }, 4);
    expect(tied.curve.map(({ responses }) => responses)).toEqual([0.5, 1, 1.5, 2]);
    expect(tied.best.customers).toBe(0);
  });
});
