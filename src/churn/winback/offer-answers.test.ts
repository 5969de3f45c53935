import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { probabilityOf } from '../../learn/scores.ts';
import { offerBelief, offerChances } from './offer-answers.ts';
import { offersAtLevel } from './offers.ts';

const offers = offersAtLevel(500);
const score = Float64Array.from({ length: 400 }, (_, n) => -3 + (n % 40) / 10);
const group = Int32Array.from({ length: 400 }, (_, n) => (n < 250 ? 0 : 1));
const customers = { score, group, groups: ['price', 'service', 'product'] };
const meanOf = (chance: Float64Array, offer: number, own?: number): number => {
  const chosen = [...group.keys()].filter((c) => own === undefined || group[c] === own);
  return chosen.reduce((sum, c) => sum + chance[c * offers.length + offer], 0) / chosen.length;
};

describe('offerBelief', () => {
  it('is the stated belief without answers, the share with many, and between them else', () => {
    expect(offerBelief('x', null, 0.45, 50, { offered: 0, wonBack: 0 }).rate).toBeCloseTo(0.45, 12);
    expect(offerBelief('x', null, 0.45, 50, { offered: 1e7, wonBack: 1e6 }).rate).toBeCloseTo(0.1, 5);
    // Beta(22.5 + 10, 27.5 + 90).
    expect(offerBelief('x', null, 0.45, 50, { offered: 100, wonBack: 10 }).rate).toBeCloseTo(32.5 / 150, 12);
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), (wonBack, lost) => {
        const { rate, low, high } = offerBelief('x', null, 0.45, 50, { offered: wonBack + lost, wonBack });
        const share = wonBack + lost > 0 ? wonBack / (wonBack + lost) : 0.45;
        expect(rate).toBeGreaterThanOrEqual(Math.min(share, 0.45) - 1e-12);
        expect(rate).toBeLessThanOrEqual(Math.max(share, 0.45) + 1e-12);
        expect(low < rate && rate < high).toBe(true);
      }),
    );
  });
});

describe('offerChances', () => {
  it('has the published rates on average, and keeps who is likelier', () => {
    const { chance } = offerChances(offers, customers, []);
    [0.45, 0.41, 0.47, 0.45].forEach((rate, o) => {
      expect(meanOf(chance, o)).toBeCloseTo(rate, 8);
    });
    for (let n = 1; n < 40; n++) expect(chance[n * 4]).toBeGreaterThan(chance[(n - 1) * 4]);
  });

  it('follows a group that answers otherwise, and lets the others hear of it once', () => {
    const many = [{ offer: 'discount', group: 'service', offered: 100_000, wonBack: 5_000 }];
    const { chance, beliefs } = offerChances(offers, customers, many);
    expect(meanOf(chance, 0, 1)).toBeCloseTo(0.05, 3);
    expect(meanOf(chance, 0, 0)).toBeLessThan(0.1);
    expect(meanOf(chance, 1)).toBeCloseTo(0.41, 8);
    expect(beliefs.filter(({ offer }) => offer === 'discount').map((one) => one.group)).toEqual([
      null,
      'price',
      'service',
    ]);
    // What the group itself says is not heard a second time through all: prior 50 at 45 % shifted to its members, and 1 of 10.
    const few = [{ offer: 'discount', group: 'service', offered: 10, wonBack: 1 }];
    const belief = offerChances(offers, customers, few).beliefs.find(
      (one) => one.offer === 'discount' && one.group === 'service',
    )!;
    const before = offerChances(offers, customers, []).beliefs.find(
      (one) => one.offer === 'discount' && one.group === 'service',
    )!;
    expect(belief.rate).toBeCloseTo((50 * before.rate + 1) / 60, 9);
  });

  it('adds to who comes back anyway where the rate is of the rest', () => {
    const ofRest = offersAtLevel(500, { wonBackOf: 'rest' });
    const anyway = score.map(probabilityOf);
    const base = anyway.reduce((sum, one) => sum + one, 0) / score.length;
    const { chance } = offerChances(ofRest, customers, []);
    // 45 % of those who would not come.
    expect(meanOf(chance, 0)).toBeCloseTo(base + 0.45 * (1 - base), 8);
    anyway.forEach((one, c) => {
      expect(chance[c * 4]).toBeGreaterThan(one);
    });
    // With many answers it is what happens, whatever was believed.
    const many = ['price', 'service'].map((name) => ({
      offer: 'discount',
      group: name,
      offered: 1e6,
      wonBack: 6e5,
    }));
    expect(meanOf(offerChances(ofRest, customers, many).chance, 0)).toBeCloseTo(0.6, 3);
  });

  it('refuses answers that cannot be', () => {
    const answer = { offer: 'discount', group: 'price', offered: 3, wonBack: 4 };
    expect(() => offerChances(offers, customers, [answer])).toThrow('4 cannot have come back');
    expect(() => offerChances(offers, customers, [{ ...answer, offer: 'cake' }])).toThrow(
      'There is no win-back offer cake',
    );
  });
});
