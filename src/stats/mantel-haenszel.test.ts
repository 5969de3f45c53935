import { describe, expect, it } from 'vitest';
import { mantelHaenszel } from './mantel-haenszel.ts';
import { berkeley, strataOf } from './testing/strata.ts';
import { oddsRatio, pearsonChiSquare } from './two-by-two.ts';

describe('mantelHaenszel', () => {
  it('resolves the admissions at Berkeley', () => {
    const { strata, leftOut, crude, common, ...tests } = mantelHaenszel(berkeley);
    expect([strata, leftOut]).toEqual([6, 0]);
    expect(crude.estimate).toBeCloseTo(1.84108, 6);
    expect(crude.low).toBeCloseTo(1.624377, 6);
    expect(crude.high).toBeCloseTo(2.086693, 6);
    expect(common.estimate).toBeCloseTo(0.9046968, 7);
    expect(common.low).toBeCloseTo(0.7719074, 7);
    expect(common.high).toBeCloseTo(1.0603298, 7);
    // R: mantelhaen.test(UCBAdmissions), and with correct = FALSE.
    expect(tests.associationCorrected.statistic).toBeCloseTo(1.426946, 6);
    expect(tests.associationCorrected.p).toBeCloseTo(0.232263, 6);
    expect(tests.association.statistic).toBeCloseTo(1.524607, 6);
    expect(tests.association.p).toBeCloseTo(0.216924, 6);
    expect(tests.homogeneity.statistic).toBeCloseTo(18.8255, 4);
    expect(tests.homogeneity.degreesOfFreedom).toBe(5);
    expect(tests.homogeneity.p).toBeCloseTo(0.002071, 6);
  });

  it('leaves out strata that tell nothing, but not from the crude ratio', () => {
    const some = mantelHaenszel(strataOf([3, 4, 5, 6], [7, 3, 2, 9]));
    const more = mantelHaenszel(strataOf([0, 0, 5, 5], [3, 4, 5, 6], [7, 3, 2, 9], [8, 0, 8, 0]));
    expect(more.leftOut).toBe(2);
    expect(more).toEqual({ ...some, leftOut: 2, crude: oddsRatio({ n11: 18, n10: 7, n01: 20, n00: 20 }) });
  });

  it('is the plain analysis when there is one stratum', () => {
    const table = { n11: 30, n10: 20, n01: 25, n00: 60 };
    const { common, crude, association, homogeneity } = mantelHaenszel(strataOf([30, 20, 25, 60]));
    expect(crude).toEqual(oddsRatio(table));
    expect(common.estimate).toBeCloseTo(crude.estimate, 12);
    expect(common.low).toBeCloseTo(crude.low, 12);
    // The hypergeometric variance has n − 1 where Pearson's has n.
    expect(association.statistic).toBeCloseTo((pearsonChiSquare(table) * 134) / 135, 10);
    expect(homogeneity).toEqual({ statistic: 0, degreesOfFreedom: 0, p: 1 });
  });

  it('does not correct what is below one half', () => {
    const { association, associationCorrected } = mantelHaenszel(strataOf([5, 5, 5, 6]));
    expect(association.statistic).toBeGreaterThan(0);
    expect(associationCorrected).toEqual(association);
  });

  it.each([
    [strataOf([5, 0, 1, 7], [2, 0, 3, 4]), Number.POSITIVE_INFINITY],
    [strataOf([0, 5, 7, 1], [0, 2, 4, 3]), 0],
  ])('bounds no odds ratio of 0 or ∞', (strata, estimate) => {
    const { common, association, homogeneity, homogeneityTarone } = mantelHaenszel(strata);
    expect(common).toEqual({ estimate, low: 0, high: Number.POSITIVE_INFINITY });
    expect(association.p).toBeLessThan(0.01);
    expect([homogeneity.p, homogeneityTarone.p]).toEqual([1, 1]);
  });

  it('takes strata of two', () => {
    // Matched pairs: the odds ratio is that of the discordant ones (McNemar).
    const pairs = strataOf(...Array.from({ length: 9 }, (_, s) => (s < 6 ? one : other)));
    const { common, association } = mantelHaenszel(pairs);
    expect(common.estimate).toBe(2);
    expect(association.statistic).toBeCloseTo((6 - 3) ** 2 / 9, 12);
  });

  it('widens with the level', () => {
    expect(mantelHaenszel(berkeley, 0.99).common.low).toBeLessThan(mantelHaenszel(berkeley).common.low);
  });

  it('refuses strata of which none tells, and levels that are none', () => {
    expect(() => mantelHaenszel(strataOf([3, 0, 4, 0]))).toThrow(
      expect.objectContaining({
        code: 'bad-input',
        message: expect.stringContaining('None of the 1 strata'),
      }),
    );
    expect(() => mantelHaenszel(berkeley, 1)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});

const one = [1, 0, 0, 1] as const;
const other = [0, 1, 1, 0] as const;
