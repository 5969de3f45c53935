import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustedRand } from './adjusted-rand.ts';

const of = (...labels: number[]): Uint16Array => Uint16Array.from(labels);

/** Pair by pair, from Hubert & Arabie's table of pairs that are together in both, one or none. */
function byPairs(some: Uint16Array, others: Uint16Array): number {
  const counts = [0, 0, 0, 0];
  for (let a = 0; a < some.length; a++) {
    for (let b = a + 1; b < some.length; b++)
      counts[(some[a] === some[b] ? 2 : 0) + (others[a] === others[b] ? 1 : 0)]!++;
  }
  const [neither, second, first, both] = counts as [number, number, number, number];
  if (first + second === 0) return 1;
  const below = (both + first) * (first + neither) + (both + second) * (second + neither);
  return (2 * (both * neither - first * second)) / below;
}

describe('adjustedRand', () => {
  it("is as in scikit-learn's documentation of adjusted_rand_score", () => {
    expect(adjustedRand(of(0, 0, 1, 1), of(0, 0, 1, 1))).toBe(1);
    expect(adjustedRand(of(0, 0, 1, 1), of(1, 1, 0, 0))).toBe(1);
    expect(adjustedRand(of(0, 0, 1, 2), of(0, 0, 1, 1))).toBeCloseTo(0.571428571, 9);
    expect(adjustedRand(of(0, 0, 0, 0), of(0, 1, 2, 3))).toBe(0);
    expect(adjustedRand(of(0, 0, 1, 1), of(0, 1, 0, 1))).toBeCloseTo(-0.5, 12);
  });

  it('is 1 where there is nothing to disagree about', () => {
    for (const labels of [of(), of(3), of(2, 2, 2), of(0, 1, 2)])
      expect(adjustedRand(labels, labels)).toBe(1);
  });

  it('agrees with a count of all pairs, and is the same either way round', () => {
    const labels = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(labels, (both) => {
        const some = Uint16Array.from(both, ([one]) => one);
        const others = Uint16Array.from(both, ([, other]) => other);
        expect(adjustedRand(some, others)).toBeCloseTo(byPairs(some, others), 12);
        expect(adjustedRand(others, some)).toBeCloseTo(adjustedRand(some, others), 12);
      }),
    );
  });

  it('refuses labels of other rows', () => {
    expect(() => adjustedRand(of(0), of(0, 1))).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});
