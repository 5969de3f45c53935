import { describe, expect, it } from 'vitest';
import { oddsRatio, pearsonChiSquare } from './two-by-two.ts';

/** Root and other vegetables in the baskets of Groceries. */
const vegetables = { n11: 466, n10: 606, n01: 1437, n00: 7326 };

describe('oddsRatio', () => {
  it('has Woolf’s interval', () => {
    const { estimate, low, high } = oddsRatio(vegetables);
    expect(estimate).toBeCloseTo(3.920337, 6);
    // exp(ln 3.920337 ± 1.959964 · √(1/466 + 1/606 + 1/1437 + 1/7326))
    expect(low).toBeCloseTo(3.430944, 5);
    expect(high).toBeCloseTo(4.479538, 5);
    expect(oddsRatio(vegetables, 0.5).low).toBeGreaterThan(low);
  });

  it.each([
    [{ n11: 3, n10: 0, n01: 1, n00: 4 }, Number.POSITIVE_INFINITY],
    [{ n11: 0, n10: 3, n01: 1, n00: 4 }, 0],
    [{ n11: 0, n10: 0, n01: 1, n00: 4 }, Number.NaN],
  ])('has no interval for %o', (table, estimate) => {
    expect(oddsRatio(table)).toEqual({ estimate, low: 0, high: Number.POSITIVE_INFINITY });
  });

  it.each([0, 1, Number.NaN])('refuses a level of %d', (level) => {
    expect(() => oddsRatio(vegetables, level)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});

describe('pearsonChiSquare', () => {
  it('is the sum of squares over what is expected', () => {
    expect(pearsonChiSquare(vegetables)).toBeCloseTo(448.5699, 4);
    expect(pearsonChiSquare({ n11: 1, n10: 2, n01: 3, n00: 6 })).toBe(0);
  });

  it('is 0 where the table cannot tell', () => {
    expect(pearsonChiSquare({ n11: 5, n10: 0, n01: 3, n00: 0 })).toBe(0);
    expect(pearsonChiSquare({ n11: 0, n10: 0, n01: 0, n00: 0 })).toBe(0);
  });

  it.each([-1, 0.5, Number.NaN])('refuses a count of %d', (n10) => {
    expect(() => pearsonChiSquare({ ...vegetables, n10 })).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    );
  });
});
