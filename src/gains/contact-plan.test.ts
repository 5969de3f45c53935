import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../learn/random.ts';
import { calibratedOutOfFold, contactPlan } from './contact-plan.ts';
import { realisedProfit } from './contact-profit.ts';

describe('contactPlan', () => {
  const random = seededRandom(3);
  const truth = Float64Array.from({ length: 20_000 }, () => random() ** 3);
  const target = Uint8Array.from(truth, (probability) => (random() < probability ? 1 : 0));
  const money = { contactCost: 2, value: 10 };
  /** What contacting those who are really worth it brings. */
  const ideal = truth.reduce(
    (sum, probability, row) => sum + (probability > 0.2 ? target[row] * money.value - money.contactCost : 0),
    0,
  );

  it('takes calibrated probabilities at their word', () => {
    const { expected, cutOff, realised } = contactPlan(truth, target, money, { calibration: 'none', random });
    expect(cutOff.customers).toBe(expected.best.customers);
    expect(cutOff.profit).toBeCloseTo(ideal, 6);
    expect(realised.best.profit).toBeGreaterThanOrEqual(cutOff.profit);
    expect(Math.abs(expected.best.profit / cutOff.profit - 1)).toBeLessThan(0.03);
  });

  it.each(['isotonic', 'platt'] as const)('finds the cut-off of scores that are none, %s', (calibration) => {
    // Log-odds, three times as sure of themselves as they should be.
    const scores = truth.map(
      (probability) => 3 * Math.log((probability + 1e-9) / (1 - probability + 1e-9)) + 40,
    );
    const { expected, cutOff } = contactPlan(scores, target, money, { calibration, random: seededRandom(5) });
    expect(cutOff.profit / ideal).toBeGreaterThan(0.98);
    expect(Math.abs(expected.best.profit / cutOff.profit - 1)).toBeLessThan(0.03);
    expect(() => contactPlan(scores, target, money, { calibration: 'none', random })).toThrow(/calibrate/);
  });

  it('contacts nobody for a score that says nothing, where the mean customer is not worth it', () => {
    const noise = Float64Array.from(target, () => random());
    const { expected, cutOff } = contactPlan(noise, target, { contactCost: 4, value: 10 }, { random });
    expect(cutOff.share).toBeLessThan(0.02);
    expect(expected.all.profit).toBeLessThan(-20_000);
    expect(expected.best.profit).toBeGreaterThanOrEqual(0);
  });

  it('never lets a customer answer for its own probability', () => {
    // By its own response each would be certain: the score is different for each.
    const scores = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    const alone = new Uint8Array(10);
    alone[4] = 1;
    expect(calibratedOutOfFold(scores, alone, 'isotonic', seededRandom(1))[4]).toBe(0);
  });

  it('is not better than hindsight for any data, and refuses a single customer', () => {
    const some = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 1 })), {
      minLength: 2,
      maxLength: 30,
    });
    fc.assert(
      fc.property(some, fc.constantFrom('isotonic' as const, 'platt' as const), (rows, calibration) => {
        const own = Float64Array.from(rows, ([score]) => score);
        const ones = Uint8Array.from(rows, ([, one]) => one);
        const found = contactPlan(own, ones, money, { calibration, random: seededRandom(1) });
        const perfect = realisedProfit(Float64Array.from(ones), ones, money).best.profit;
        expect(found.cutOff.profit).toBeLessThanOrEqual(perfect + 1e-9);
        expect(found.expected.best.profit).toBeGreaterThanOrEqual(0);
        for (const point of found.expected.curve) expect(Number.isFinite(point.profit)).toBe(true);
      }),
    );
    expect(() => contactPlan(Float64Array.of(1), Uint8Array.of(1), money, { random })).toThrow(
      /two at least/,
    );
  });
});
