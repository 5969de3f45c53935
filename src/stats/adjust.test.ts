import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benjaminiHochberg, benjaminiHochbergLogs, bonferroni, holm } from './adjust.ts';

/** The definitions, rank by rank: an adjusted p-value is the least level at which the procedure rejects. */
function rankByRank(p: number[]): { holm: number[]; benjaminiHochberg: number[] } {
  const order = p.map((_, at) => at).sort((a, b) => p[a]! - p[b]!);
  const byHolm: number[] = [];
  const byBenjamini: number[] = [];
  order.forEach((at, rank) => {
    const stepsDown = order.slice(0, rank + 1).map((of, i) => (p.length - i) * p[of]!);
    const stepsUp = order.slice(rank).map((of, i) => (p.length / (rank + i + 1)) * p[of]!);
    byHolm[at] = Math.min(1, Math.max(...stepsDown));
    byBenjamini[at] = Math.min(1, ...stepsUp);
  });
  return { holm: byHolm, benjaminiHochberg: byBenjamini };
}

const rounded = (p: Float64Array): number[] => [...p].map((value) => Number(value.toFixed(12)));

describe('adjusted p-values', () => {
  it('are those of R', () => {
    const p = Float64Array.of(0.01, 0.04, 0.03, 0.005);
    expect(rounded(bonferroni(p))).toEqual([0.04, 0.16, 0.12, 0.02]);
    expect(rounded(holm(p))).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect(rounded(benjaminiHochberg(p))).toEqual([0.02, 0.04, 0.04, 0.02]);
    expect(p).toEqual(Float64Array.of(0.01, 0.04, 0.03, 0.005));
  });

  it('are those of scipy', () => {
    // scipy.stats.false_discovery_control, version 1.17.
    const p = Float64Array.of(0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216);
    const expected = [0.01, 0.04, 0.084, 0.084, 0.084, 0.1, 0.105714285714, 0.216, 0.216, 0.216];
    expect(rounded(benjaminiHochberg(p))).toEqual(expected);
  });

  it('are what the definitions say, ties and all', () => {
    const some = fc.array(
      fc.integer({ min: 0, max: 20 }).map((n) => n / 20),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(some, (p) => {
        const expected = rankByRank(p);
        expect([...holm(Float64Array.from(p))]).toEqual(expected.holm);
        expect([...benjaminiHochberg(Float64Array.from(p))]).toEqual(expected.benjaminiHochberg);
        expect([...bonferroni(Float64Array.from(p))]).toEqual(
          p.map((value) => Math.min(1, p.length * value)),
        );
      }),
    );
  });

  it('keep the least p-values apart', () => {
    const p = Float64Array.of(1e-300, 2e-300, 0);
    expect([...holm(p)]).toEqual([2e-300, 2e-300, 0]);
  });

  it('are the same from logarithms, as far as there are any', () => {
    const p = fc.array(fc.double({ min: 1e-300, max: 1, noNaN: true }), { maxLength: 30 });
    fc.assert(
      fc.property(p, (values) => {
        const expected = benjaminiHochberg(Float64Array.from(values));
        const adjusted = benjaminiHochbergLogs(Float64Array.from(values, Math.log));
        adjusted.forEach((log, i) => {
          expect(Math.exp(log) / expected[i]!).toBeCloseTo(1, 9);
        });
      }),
    );
    const least = benjaminiHochbergLogs(Float64Array.of(-5000, Number.NEGATIVE_INFINITY, -6000, 0));
    expect([...least]).toEqual([-5000 + Math.log(4 / 3), Number.NEGATIVE_INFINITY, -6000 + Math.log(2), 0]);
    for (const wrong of [1e-9, Number.NaN]) {
      expect(() => benjaminiHochbergLogs(Float64Array.of(-1, wrong))).toThrow(
        expect.objectContaining({ code: 'bad-input', message: expect.stringContaining('number 1') }),
      );
    }
  });

  it.each([Number.NaN, -0.1, 1.5])('refuse %d', (wrong) => {
    for (const adjust of [bonferroni, holm, benjaminiHochberg]) {
      expect(() => adjust(Float64Array.of(0.5, wrong))).toThrow(
        expect.objectContaining({ code: 'bad-input', message: expect.stringContaining('number 1') }),
      );
    }
  });
});
