import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proportionDifference } from './proportion-difference.ts';

const proportion = fc
  .tuple(fc.integer({ min: 1, max: 400 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([trials, share]) => ({ trials, successes: Math.round(trials * share) }));

describe('proportionDifference', () => {
  // Newcombe 1998, table II, the column of method 10.
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])('is that of the paper for %i of %i and %i of %i', (a, m, b, n, low, high) => {
    const found = proportionDifference({ successes: a, trials: m }, { successes: b, trials: n });
    expect(found.difference).toBeCloseTo(a / m - b / n, 12);
    expect(found.low).toBeCloseTo(low, 4);
    expect(found.high).toBeCloseTo(high, 4);
  });

  it('holds the difference, and turns round with the groups', () => {
    fc.assert(
      fc.property(proportion, proportion, (first, second) => {
        const found = proportionDifference(first, second);
        const turned = proportionDifference(second, first);
        expect(found.low).toBeLessThanOrEqual(found.difference);
        expect(found.high).toBeGreaterThanOrEqual(found.difference);
        expect(turned.low).toBeCloseTo(-found.high, 12);
        expect(turned.high).toBeCloseTo(-found.low, 12);
      }),
    );
  });

  it('refuses nobody, and more than all', () => {
    const some = { successes: 1, trials: 2 };
    expect(() => proportionDifference(some, { successes: 0, trials: 0 })).toThrow(/nobody/);
    expect(() => proportionDifference({ successes: 3, trials: 2 }, some)).toThrow(/3 successes in 2/);
  });
});
