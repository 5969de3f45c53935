import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UpperCounts } from './upper-counts.ts';

function mostOf(pairs: readonly [number, number][], places: number): number {
  const counts = new UpperCounts(places);
  for (const [a, b] of pairs) counts.count(a, b);
  return counts.most;
}

describe('UpperCounts', () => {
  it('knows how often the commonest pair came, when there is room', () => {
    expect(mostOf([], 1024)).toBe(0);
    expect(
      mostOf(
        [
          [1, 2],
          [2, 1],
          [1, 2],
        ],
        1024,
      ),
    ).toBe(2);
  });

  it('counts all pairs as one in a single place', () => {
    expect(
      mostOf(
        [
          [1, 2],
          [2, 1],
          [5, 5],
        ],
        1,
      ),
    ).toBe(3);
  });

  it('is never too low, nor above the number of pairs', () => {
    const pair = fc.tuple(fc.nat(30), fc.nat(10));
    fc.assert(
      fc.property(fc.array(pair), fc.constantFrom(1, 2, 8, 64), (pairs, places) => {
        const truth = new Map<string, number>();
        for (const pair of pairs) truth.set(`${pair}`, (truth.get(`${pair}`) ?? 0) + 1);
        const most = mostOf(pairs, places);
        expect(most).toBeGreaterThanOrEqual(Math.max(0, ...truth.values()));
        expect(most).toBeLessThanOrEqual(pairs.length);
      }),
    );
  });

  it('stays close to the truth with many more pairs than places', () => {
    const rare = Array.from({ length: 100_000 }, (_, n): [number, number] => [n, n % 97]);
    const common = Array.from({ length: 1000 }, (): [number, number] => [7, 1000]);
    expect(mostOf([...rare, ...common], 2 ** 14)).toBeLessThan(1020);
  });
});
