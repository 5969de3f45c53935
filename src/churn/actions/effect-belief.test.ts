import { describe, expect, it } from 'vitest';
import { effectBelief } from './effect-belief.ts';
import { expectedGain } from './expected-gain.ts';

const prior = { mean: 0.1, deviation: 0.1 };
const none = { contacted: 0, contactedGone: 0, control: 0, controlGone: 0 };

describe('what is believed of an effect', () => {
  it('is as stated before anything is measured', () => {
    for (const belief of [effectBelief(prior), effectBelief(prior, { ...none, contacted: 50 })]) {
      expect(belief.mean).toBeCloseTo(0.1, 12);
      expect(belief.deviation).toBeCloseTo(0.1, 12);
      expect(belief.low).toBeCloseTo(0.1 - 0.1959964, 7);
      expect(belief.measuredShare).toBe(0);
    }
  });

  it('is drawn to what is measured by precision', () => {
    // Half of the risk is gone. Ratio 200.5/1001 over 400.5/1001, variance of its logarithm 1/200.5 + 1/400.5 − 2/1001.
    const measured = { contacted: 1000, contactedGone: 200, control: 1000, controlGone: 400 };
    const ratio = 200.5 / 400.5;
    const variance = ratio ** 2 * (1 / 200.5 + 1 / 400.5 - 2 / 1001);
    const belief = effectBelief(prior, measured);
    const share = 1 / variance / (1 / variance + 100);
    expect(belief.measuredShare).toBeCloseTo(share, 12);
    expect(belief.mean).toBeCloseTo(share * (1 - ratio) + (1 - share) * 0.1, 12);
    expect(belief.deviation).toBeCloseTo((1 / variance + 100) ** -0.5, 12);
  });

  it('can turn to harm: the field experiment with 10 % gone against 6 %', () => {
    const measured = { contacted: 5000, contactedGone: 500, control: 5000, controlGone: 300 };
    const belief = effectBelief(prior, measured);
    expect(belief.high).toBeLessThan(0);
    const stakes = { chance: 0.5, value: 100, contactCost: 0, priceShare: 0 };
    expect(expectedGain(stakes, belief).gain).toBeLessThan(0);
  });

  it('takes arms in which nobody or everybody has gone', () => {
    for (const gone of [0, 20]) {
      const belief = effectBelief(prior, {
        contacted: 20,
        contactedGone: gone,
        control: 20,
        controlGone: gone,
      });
      expect(belief.mean).toBeGreaterThan(0);
      expect(belief.mean).toBeLessThan(0.1);
      expect(belief.deviation).toBeLessThan(0.1);
    }
  });

  it('refuses counts that cannot be', () => {
    expect(() => effectBelief(prior, { ...none, contactedGone: 1 })).toThrow(
      /Of 0 contacted 1 cannot be gone/,
    );
    expect(() => effectBelief(prior, { ...none, control: 0.5 })).toThrow(/whole numbers/);
  });
});

describe('what a contact gains', () => {
  it('is what it keeps less what it costs', () => {
    const stakes = { chance: 0.5, value: 200, contactCost: 3, priceShare: 0 };
    const found = expectedGain(stakes, { mean: 0.2, low: -0.1, high: 0.4 });
    expect(found).toEqual({
      gain: expect.closeTo(17, 12),
      low: expect.closeTo(-13, 12),
      high: expect.closeTo(37, 12),
      spend: 3,
    });
  });

  it('pays a price to all who stay, also those who would have stayed', () => {
    const stakes = { chance: 0.5, value: 200, contactCost: 0, priceShare: 0.1 };
    // 60 % stay in place of 50 %: 20 more, and 10 % of 120 given away.
    const found = expectedGain(stakes, { mean: 0.2, low: 0, high: 1 });
    expect(found.gain).toBeCloseTo(20 - 12, 12);
    expect(found.spend).toBeCloseTo(12, 12);
    expect(found.low).toBeCloseTo(-10, 12);
    // To whom hardly anybody is lost, a price is a present.
    expect(expectedGain({ ...stakes, chance: 0.01 }, { mean: 0.2, low: 0, high: 1 }).gain).toBeLessThan(0);
  });
});
