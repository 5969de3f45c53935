import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binOf, cutRoom, cutsOf, missingBin } from './bins.ts';

const all = (values: Float64Array): Int32Array => Int32Array.from(values, (_, n) => n);
const room = (cuts: Float64Array): Float64Array => {
  const filled = new Float64Array(cutRoom).fill(Infinity);
  filled.set(cuts);
  return filled;
};
const bins = (values: Float64Array, most: number): number[] => {
  const cuts = room(cutsOf(values, all(values), most));
  return [...values].map((value) => binOf(cuts, 0, value));
};

describe('bins of a feature', () => {
  it('hold one value each where there is room', () => {
    expect(cutsOf(Float64Array.of(3, 1, NaN, 7, 3), Int32Array.of(0, 1, 2, 3, 4), 3)).toEqual(
      Float64Array.of(2, 5),
    );
    expect(bins(Float64Array.of(3, 1, NaN, 7, 3, -Infinity, Infinity), 255)).toEqual([
      2,
      1,
      missingBin,
      3,
      2,
      0,
      4,
    ]);
  });

  it('hold about as many rows each where there are more values', () => {
    const values = Float64Array.from({ length: 10_000 }, (_, n) => (n * 7919) % 10_000);
    const counts = new Map<number, number>();
    for (const bin of bins(values, 100)) counts.set(bin, (counts.get(bin) ?? 0) + 1);
    expect(counts.size).toBe(100);
    expect(new Set(counts.values())).toEqual(new Set([100]));
  });

  it('do not part equal values, and none is empty', () => {
    const values = fc.array(fc.oneof(fc.constant(0), fc.double({ min: -4, max: 4, noNaN: true })), { minLength: 1, maxLength: 60 }); // biome-ignore format: one line
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 9 }), (some, most) => {
        const column = Float64Array.from(some);
        const cuts = cutsOf(column, all(column), most);
        expect(cuts.length).toBeLessThan(most);
        const found = bins(column, most);
        expect(new Set(found).size).toBe(cuts.length + 1);
        for (let n = 0; n < some.length; n++)
          for (let m = 0; m < n; m++) if (some[n] <= some[m]) expect(found[n]).toBeLessThanOrEqual(found[m]);
      }),
    );
  });

  it('are the same after a monotone change', () => {
    const values = Float64Array.from({ length: 3000 }, (_, n) => ((n * 7919) % 3001) / 500);
    expect(bins(values.map(Math.exp), 50)).toEqual(bins(values, 50));
  });

  it('find a value among up to 255 cuts by halves', () => {
    const cuts = room(Float64Array.from({ length: 254 }, (_, n) => n));
    const value = fc.double({ min: -5, max: 260, noNaN: true });
    fc.assert(
      fc.property(value, (at) => {
        expect(binOf(cuts, 0, at)).toBe(cuts.filter((cut) => cut < at).length);
      }),
    );
  });
});
