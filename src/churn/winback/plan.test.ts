import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedProfits } from './expected-profit.ts';
import { type PublishedOffer, publishedOffers, secondLifeImplied } from './offers.ts';
import { type PlanInput, planWinback } from './plan.ts';

const offers = publishedOffers.map(({ cost }) => ({ cost, costKind: 'return' as const }));
const lives = publishedOffers.map((offer) => secondLifeImplied(offer, 'return'));
const rates = publishedOffers.map(({ wonBack }: PublishedOffer) => wonBack);

/** Customers of a worth each, all of whom answer as the table says and never come by themselves. */
const asPublished = (budget: number, ...relative: number[]): PlanInput => ({
  offers,
  baseline: new Float64Array(relative.length),
  chance: Float64Array.from(relative.flatMap(() => rates)),
  relative: Float64Array.from(relative),
  lives,
  budget,
  suppressed: relative.map(() => null),
});

describe('expectedProfits', () => {
  it('gives the table back where nobody comes by himself', () => {
    const { profit, spend, extra } = expectedProfits(asPublished(0, 1));
    publishedOffers.forEach(({ cost, wonBack, returnOnInvestment }, o) => {
      expect(extra[o]).toBe(wonBack);
      expect(spend[o]).toBeCloseTo(wonBack * cost, 9);
      expect(profit[o] / spend[o]).toBeCloseTo(returnOnInvestment, 9);
    });
    // A hundred customers: the discount earns 36,072, the bundle, which wins two more of them back, 31,936.50.
    expect(100 * profit[0]).toBeCloseTo(36_072, 6);
    expect(100 * profit[2]).toBeCloseTo(31_936.5, 6);
  });

  it('counts the increment alone, and pays for those who would have come anyway', () => {
    const stakes = {
      offers: [
        { cost: 10, costKind: 'return' as const },
        { cost: 10, costKind: 'contact' as const },
      ],
      baseline: Float64Array.of(0.3),
      chance: Float64Array.of(0.5, 0.5),
      relative: Float64Array.of(2),
      lives: [100, 100],
    };
    // 2 × 0.2 × 100 less 0.5 × 10, or less 10.
    expect([...expectedProfits(stakes).profit]).toEqual([35, 30]);
    expect(expectedProfits({ ...stakes, chance: Float64Array.of(0.3, 0.3) }).profit[0]).toBe(-3);
  });
});

describe('planWinback', () => {
  it('wins most back with one offer and earns most with another', () => {
    const plan = planWinback(asPublished(1e6, 1, 1, 1));
    expect([...plan.mostWonBack.offer]).toEqual([2, 2, 2]);
    expect([...plan.mostProfit.offer]).toEqual([0, 0, 0]);
    expect(plan.mostWonBack.wonBack).toBeCloseTo(1.41, 9);
    expect(plan.mostProfit.profit).toBeGreaterThan(plan.mostWonBack.profit);
    // Where money is short it goes where most comes back of it: to the upgrade.
    const short = planWinback(asPublished(2 * 0.41 * 105, 1, 1, 1));
    expect(short.mostProfit.byOffer).toEqual([0, 2, 0, 0]);
    expect(short.mostProfit.returnOnInvestment).toBeCloseTo(7.93, 9);
    expect(short.mostProfit.isBest).toBe(true);
    // What a returner costs is not certain: two at 105 each with a chance of 41 %.
    expect(short.mostProfit.spendDeviation).toBeCloseTo(Math.sqrt(2 * 0.41 * 0.59) * 105, 9);
  });

  it('leaves alone who may not be contacted, and who is worth less than any offer costs', () => {
    const input = asPublished(1e6, 1, 0.1, 1);
    const plan = planWinback({ ...input, suppressed: ['died', null, null] });
    expect(plan.suppressed).toEqual(['died', 'no-profit', null]);
    for (const { offer } of [plan.mostWonBack, plan.mostProfit])
      expect([...offer].slice(0, 2)).toEqual([-1, -1]);
    expect([...plan.bestOffer]).toEqual([-1, -1, 0]);
    expect(plan.mostProfit.contacted).toBe(1);
  });

  it('keeps to its budget, and brings no less with a larger one', () => {
    const worth = fc.array(fc.double({ min: 0.05, max: 3, noNaN: true }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(worth, fc.integer({ max: 600, min: 0 }), (relative, budget) => {
        const [plan, larger] = [budget, budget + 100].map((money) =>
          planWinback(asPublished(money, ...relative)),
        );
        for (const aim of [plan.mostWonBack, plan.mostProfit]) {
          expect(aim.spend).toBeLessThanOrEqual(budget + 1e-6);
          expect(aim.isBest && aim.gap < 1e-9).toBe(true);
        }
        expect(larger.mostProfit.profit).toBeGreaterThanOrEqual(plan.mostProfit.profit - 1e-9);
        expect(larger.mostWonBack.extra).toBeGreaterThanOrEqual(plan.mostWonBack.extra - 1e-9);
        expect(plan.mostProfit.profit).toBeGreaterThanOrEqual(plan.mostWonBack.profit - 1e-9);
        expect(plan.mostWonBack.extra).toBeGreaterThanOrEqual(plan.mostProfit.extra - 1e-9);
        for (const [n, point] of plan.curve.entries()) {
          expect(point.mostProfit.spend).toBeLessThanOrEqual(point.budget * (1 + 1e-9));
          if (n === 0) continue;
          expect(point.mostProfit.profit).toBeGreaterThanOrEqual(plan.curve[n - 1].mostProfit.profit - 1e-9);
          expect(point.mostWonBack.extra).toBeGreaterThanOrEqual(plan.curve[n - 1].mostWonBack.extra - 1e-9);
        }
      }),
    );
  });

  it('plans for nobody, and refuses what does not fit', () => {
    const plan = planWinback(asPublished(100));
    expect(plan.mostProfit).toMatchObject({ contacted: 0, spend: 0, returnOnInvestment: null, gap: 0 });
    expect(() => planWinback(asPublished(-1, 1))).toThrow('A budget is 0 or more, not -1.');
    expect(() => planWinback({ ...asPublished(1, 1), suppressed: [] })).toThrow('must be as many');
  });
});
