import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankSumTest } from './rank-sum.ts';

const of = (...values: number[]): Float64Array => Float64Array.from(values);

/** Sixty and eighty values of two spread-out sequences, all different; by tens with many ties. */
const first = Float64Array.from({ length: 60 }, (_, i) => ((i * 37) % 101) + 25);
const second = Float64Array.from({ length: 80 }, (_, j) => ((j * 53) % 89) + 0.5);
const byTens = (values: Float64Array): Float64Array => values.map((value) => Math.floor(value / 10));

/** All choices of `size` of the numbers. */
function choices(numbers: readonly number[], size: number): number[][] {
  if (size === 0) return [[]];
  return numbers.flatMap((number, at) =>
    choices(numbers.slice(at + 1), size - 1).map((rest) => [number, ...rest]),
  );
}

const pairsAbove = (a: readonly number[], b: readonly number[]): number =>
  a.flatMap((x) => b.map((y) => (x > y ? 1 : x === y ? 0.5 : 0))).reduce((sum: number, w) => sum + w, 0);

describe('rankSumTest', () => {
  it('is exact for small samples', () => {
    // Permeability of membranes: R's example of wilcox.test (Hollander and Wolfe 1973, p. 69); p by SciPy 1.17, exact.
    const term = of(0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46);
    const early = of(1.15, 0.88, 0.9, 0.74, 1.21);
    const { u, p, method } = rankSumTest(term, early);
    expect([u, method]).toEqual([35, 'exact']);
    expect(p).toBeCloseTo(0.2544122544122544, 14);
  });

  it("bounds Cliff's delta", () => {
    // The example of the R package effsize, with its interval for use.normal = TRUE.
    const { delta } = rankSumTest(of(10, 10, 20, 20, 20, 30, 30, 30, 40, 50), of(10, 20, 30, 40, 40, 50));
    expect(delta.estimate).toBe(-0.25);
    expect(delta.low).toBeCloseTo(-0.7016465940896369, 12);
    expect(delta.high).toBeCloseTo(0.34495931256541323, 12);
  });

  it.each([
    [
      'without ties',
      first,
      second,
      [3659, 1.1628508451381971e-7, 0.5245833333333333, 0.3534521087094147, 0.6617392928305903],
    ],
    [
      'with ties',
      byTens(first),
      byTens(second),
      [3670.5, 7.841731059768121e-8, 0.529375, 0.3595622010709775, 0.6652480773633789],
    ],
  ] as const)('approximates larger samples %s', (_, a, b, [u, p, delta, low, high]) => {
    // SciPy 1.17: mannwhitneyu(method='asymptotic'); the interval by the formula over all pairs, with NumPy.
    const test = rankSumTest(a, b);
    expect([test.u, test.method]).toEqual([u, 'normal']);
    expect(test.p / p).toBeCloseTo(1, 12);
    expect(test.delta.estimate).toBeCloseTo(delta, 14);
    expect(test.delta.low).toBeCloseTo(low, 12);
    expect(test.delta.high).toBeCloseTo(high, 12);
  });

  it('counts all ways to deal the values, equal ones too', () => {
    const few = fc.array(fc.nat(6), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(few, few, (a, b) => {
        const all = [...a, ...b];
        const observed = pairsAbove(a, b);
        const dealt = choices([...all.keys()], a.length).map((chosen) =>
          pairsAbove(
            chosen.map((at) => all[at]!),
            all.filter((__, at) => !chosen.includes(at)),
          ),
        );
        const share = (holds: (u: number) => boolean): number => dealt.filter(holds).length / dealt.length;
        const expected =
          2 *
          Math.min(
            share((u) => u <= observed),
            share((u) => u >= observed),
          );
        const { u, p, delta } = rankSumTest(of(...a), of(...b));
        expect(u).toBe(observed);
        expect(p).toBeCloseTo(Math.min(1, expected), 12);
        expect(delta.low).toBeLessThanOrEqual(delta.estimate);
        expect(delta.high).toBeGreaterThanOrEqual(delta.estimate);
      }),
    );
  });

  it('turns round with the samples', () => {
    const [there, back] = [rankSumTest(first, second), rankSumTest(second, first)];
    expect(back.p).toBeCloseTo(there.p, 14);
    expect(back.delta.low).toBeCloseTo(-there.delta.high, 12);
    expect(back.u).toBe(60 * 80 - there.u);
  });

  it('does not claim certainty where no pair speaks against it', () => {
    const { p, delta } = rankSumTest(of(5, 6, 7, 8, 9), of(0, 1, 2, 3, 4));
    expect(p).toBeCloseTo(2 / 252, 14);
    // (n − z²) / (n + z²) of the smaller sample: Feng and Cliff 2004.
    expect(delta).toEqual({ estimate: 1, low: expect.closeTo(0.131035, 6), high: 1 });
    expect(rankSumTest(of(0, 1), of(5, 6, 7)).delta).toMatchObject({ estimate: -1, low: -1 });
  });

  it.each([
    ['all alike', new Float64Array(40).fill(3), new Float64Array(30).fill(3)],
    ['one of each', of(1), of(2)],
  ])('finds nothing in samples that are %s', (_, a, b) => {
    expect(rankSumTest(a, b).p).toBe(1);
  });

  it('takes infinite values as the largest', () => {
    expect(rankSumTest(of(Number.POSITIVE_INFINITY, 1), of(0, 0)).u).toBe(4);
  });

  it.each([
    ['an empty sample', of(), of(1), 0.95],
    ['a NaN', of(1, Number.NaN), of(1), 0.95],
    ['a level of 1', of(1, 2), of(1, 3), 1],
  ])('refuses %s', (_, a, b, level) => {
    expect(() => rankSumTest(a, b, level)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});
