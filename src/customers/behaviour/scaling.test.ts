import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonFeatures } from './features.ts';
import { blockWeights, middleOf, shopMean, shrunk, spreadOf } from './scaling.ts';

/** One column of figures, the evidence of each beside it. */
const own = (estimates: readonly number[], evidence?: readonly number[]) => ({
  estimates: Float32Array.from(estimates),
  width: 1,
  column: 0,
  evidence: Float32Array.from(evidence ?? estimates.map(() => 1)),
  evidenceWidth: 1,
  at: evidence ? 0 : -1,
});

describe('shrunk', () => {
  it('is halfway to the mean where evidence and prior weigh the same, and the mean without evidence', () => {
    expect(shrunk(1, 3, 0.2, 3)).toBeCloseTo(0.6, 12);
    expect(shrunk(1, 0, 0.2, 3)).toBeCloseTo(0.2, 15);
    expect(shrunk(1, 0, 0.2, 0)).toBe(0.2);
    expect(shrunk(1, 5, 0.2, 0)).toBe(1);
  });
});

describe('shopMean', () => {
  it('counts who is known well for more, and who is not known at all for nothing', () => {
    // Weights 3/6, 9/12 and 0.
    expect(shopMean(own([0, 1, 5], [3, 9, 0]), 3, 3)).toBeCloseTo(0.75 / 1.25, 6);
    expect(shopMean(own([1, 2, 6]), 3, 3)).toBe(3);
    expect(shopMean(own([4], [0]), 1, 3)).toBe(0);
  });
});

describe('spreadOf', () => {
  it('is that of the quartiles for what is spread evenly, not moved by what is far out', () => {
    const even = Array.from({ length: 101 }, (_, n) => n);
    expect(spreadOf(own(even), 101)).toBeCloseTo(50 / 1.349, 4);
    expect(middleOf(Float32Array.from(even))).toBe(50);
    const far = [...even.slice(0, 100), 250];
    expect(spreadOf(own(far), 101)).toBeCloseTo(50 / 1.349, 4);
  });

  it('is half the standard deviation of what few customers do', () => {
    const rare = Array.from({ length: 100 }, (_, n) => Number(n < 10));
    expect(spreadOf(own(rare), 100)).toBeCloseTo(0.15, 6);
  });

  it('is 0 where all who are known are alike', () => {
    expect(spreadOf(own([0.1, 0.1, 0.1]), 3)).toBe(0);
    expect(spreadOf(own([0, 7, 7], [0, 1, 1]), 3)).toBe(0);
    expect(spreadOf(own([]), 0)).toBe(0);
  });
});

describe('blockWeights', () => {
  it('lets a block vary as much as its share however many features it has, and magnifies none', () => {
    const features = commonFeatures.filter(({ block }) => block === 'time' || block === 'returns');
    const anyRows = fc.array(
      fc.array(fc.float({ min: -3, max: 3, noNaN: true }), { minLength: 5, maxLength: 5 }),
      { minLength: 2, maxLength: 20 },
    );
    fc.assert(
      fc.property(anyRows, (rows) => {
        const weights = blockWeights(features, Float32Array.from(rows.flat()), rows.length);
        const variance = (f: number, weight: number): number => {
          const column = rows.map((row) => weight * row[f]!);
          const mean = column.reduce((sum, value) => sum + value, 0) / rows.length;
          return column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows.length;
        };
        for (const block of ['time', 'returns']) {
          const columns = [...features.keys()].filter((f) => features[f]!.block === block);
          const total = (weigh: (f: number) => number): number =>
            columns.reduce((sum, f) => sum + variance(f, weigh(f)), 0);
          expect(total((f) => weights[f]!)).toBeCloseTo(
            Math.min(
              1,
              total(() => 1),
            ),
            4,
          );
        }
      }),
    );
  });
});
