import { describe, expect, it } from 'vitest';
import { informativeStrata, summedTable } from './strata.ts';
import { strataOf } from './testing/strata.ts';

describe('informativeStrata', () => {
  it('are those with all margins', () => {
    const strata = strataOf(
      [1, 0, 0, 1],
      [0, 0, 3, 4],
      [5, 6, 0, 0],
      [0, 7, 0, 8],
      [9, 0, 1, 0],
      [0, 1, 1, 0],
    );
    expect([...informativeStrata(strata)]).toEqual([0, 5]);
  });

  it('are not to be found everywhere', () => {
    for (const strata of [strataOf(), strataOf([3, 4, 0, 0], [0, 0, 0, 0])]) {
      expect(() => informativeStrata(strata)).toThrow(
        expect.objectContaining({ code: 'bad-input', message: expect.stringContaining('None of the') }),
      );
    }
  });

  it('refuse columns of different length and what are no counts', () => {
    const strata = { ...strataOf([1, 2, 3, 4]), n01: Int32Array.of(1, 2) };
    expect(() => informativeStrata(strata)).toThrow(
      expect.objectContaining({ code: 'bad-input', details: { lengths: [1, 1, 2, 1] } }),
    );
    for (const wrong of [-1, 0.5, Number.NaN]) {
      expect(() => informativeStrata(strataOf([1, 1, 1, 1], [1, 2, wrong, 4]))).toThrow(
        expect.objectContaining({ code: 'bad-input', details: { stratum: 1 } }),
      );
    }
  });
});

describe('summedTable', () => {
  it('adds them all', () => {
    expect(summedTable(strataOf([1, 2, 3, 4], [10, 0, 0, 0]))).toEqual({ n11: 11, n10: 2, n01: 3, n00: 4 });
  });
});
