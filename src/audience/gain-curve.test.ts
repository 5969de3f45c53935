import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audienceFigures, contactCutOff } from './gain-curve.ts';

const descending = fc
  .array(fc.double({ min: 1e-6, max: 1, noNaN: true }), { maxLength: 60 })
  .map((all) => Float64Array.from(all.sort((a, b) => b - a)));

describe('audienceFigures', () => {
  it('are those worked out by hand', () => {
    // Ten customers who are 2.0 responses together.
    const figures = audienceFigures(Float64Array.of(0.8, 0.4, 0.2, 0.2, 0.1, 0.1, 0.1, 0.05, 0.03, 0.02));
    expect(figures.customers).toBe(10);
    expect(figures.expectedResponses).toBeCloseTo(2, 12);
    expect(figures.meanProbability).toBeCloseTo(0.2, 12);
    expect(figures.gains).toHaveLength(20);
    const at = (share: number) => figures.gains.find((gain) => gain.share === share)!;
    // Half a customer is one.
    expect(at(0.05).customers).toBe(1);
    expect(at(0.1).expectedResponses).toBeCloseTo(0.8, 12);
    expect(at(0.1).shareOfResponses).toBeCloseTo(0.4, 12);
    expect(at(0.1).lift).toBeCloseTo(4, 12);
    expect(at(0.25).customers).toBe(3);
    expect(at(0.25).shareOfResponses).toBeCloseTo(0.7, 12);
    expect(at(0.25).lift).toBeCloseTo(7 / 3, 12);
    expect(at(0.5).shareOfResponses).toBeCloseTo(0.85, 12);
    expect(at(1)).toMatchObject({ customers: 10, shareOfResponses: 1, lift: 1 });
  });

  it('say nothing of nobody', () => {
    expect(audienceFigures(new Float64Array(0))).toEqual({
      customers: 0,
      expectedResponses: 0,
      meanProbability: null,
      gains: [],
    });
  });

  it('have gains that rise and lifts that fall to 1', () => {
    fc.assert(
      fc.property(descending, (probabilities) => {
        const { gains } = audienceFigures(probabilities);
        for (let n = 1; n < gains.length; n++) {
          expect(gains[n]!.shareOfResponses).toBeGreaterThanOrEqual(gains[n - 1]!.shareOfResponses);
          expect(gains[n]!.lift).toBeLessThanOrEqual(gains[n - 1]!.lift + 1e-9);
        }
        expect(gains.at(-1)?.lift ?? 1).toBeCloseTo(1, 9);
      }),
    );
  });
});

describe('contactCutOff', () => {
  it('is where a contact costs what it brings', () => {
    const probabilities = Float64Array.of(0.8, 0.4, 0.2, 0.1);
    // 8 + 4 + 2 − 3 × 1.5; the fourth would bring 1.
    const cutOff = contactCutOff(probabilities, { contactCost: 1.5, value: 10 });
    expect(cutOff).toMatchObject({ leastProbability: 0.15, customers: 3 });
    expect(cutOff.expectedResponses).toBeCloseTo(1.4, 12);
    expect(cutOff.expectedProfit).toBeCloseTo(9.5, 12);
    expect(cutOff.profitOfAll).toBeCloseTo(9, 12);
  });

  it('earns at least as much as any other number of the first', () => {
    const money = fc.record({
      contactCost: fc.double({ min: 0, max: 5, noNaN: true }),
      value: fc.double({ min: -5, max: 50, noNaN: true }),
    });
    fc.assert(
      fc.property(descending, money, (probabilities, { contactCost, value }) => {
        const { expectedProfit } = contactCutOff(probabilities, { contactCost, value });
        let profit = 0;
        for (const probability of [0, ...probabilities]) {
          profit += probability === 0 ? 0 : probability * value - contactCost;
          expect(expectedProfit).toBeGreaterThanOrEqual(profit - 1e-9);
        }
      }),
    );
  });

  it('is nobody where a response brings nothing, and refuses what is no money', () => {
    expect(contactCutOff(Float64Array.of(0.5), { contactCost: 0, value: 0 })).toMatchObject({
      leastProbability: null,
      customers: 0,
      expectedProfit: 0,
    });
    for (const wrong of [
      { contactCost: -1, value: 1 },
      { contactCost: 0, value: Number.NaN },
      { contactCost: Number.POSITIVE_INFINITY, value: 1 },
    ])
      expect(() => contactCutOff(Float64Array.of(0.5), wrong)).toThrow(/0 or more/);
  });
});
