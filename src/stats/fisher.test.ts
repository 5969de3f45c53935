import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fisherGreater, fisherLess, fisherTwoSided, logFisherGreater, logFisherLess } from './fisher.ts';
import { lnShare, relativeError, sum, waysByCount } from './testing/exact.ts';
import type { TwoByTwo } from './two-by-two.ts';

function tableOf(n11: number, n10: number, n01: number, n00: number): TwoByTwo {
  return { n11, n10, n01, n00 };
}

describe('Fisher’s exact test', () => {
  it('agrees with exact sums', () => {
    const count = fc.integer({ min: 0, max: 25 });
    fc.assert(
      fc.property(count, count, count, count, (n11, n10, n01, n00) => {
        const table = tableOf(n11, n10, n01, n00);
        const ways = waysByCount(n11 + n10 + n01 + n00, n11 + n01, n11 + n10);
        const share = (some: bigint[]): number => Math.exp(lnShare(sum(some), sum(ways)));
        expect(relativeError(fisherGreater(table), share(ways.slice(n11)))).toBeLessThan(1e-13);
        expect(relativeError(fisherLess(table), share(ways.slice(0, n11 + 1)))).toBeLessThan(1e-13);
        const asRare = ways.filter((some) => some * 10_000_000n <= ways[n11]! * 10_000_001n);
        expect(relativeError(fisherTwoSided(table), share(asRare))).toBeLessThan(1e-13);
      }),
      { numRuns: 300 },
    );
  });

  it('tells of the lady tasting tea', () => {
    const tea = tableOf(3, 1, 1, 3);
    expect(fisherGreater(tea)).toBeCloseTo(0.2428571, 7);
    expect(fisherTwoSided(tea)).toBeCloseTo(0.4857143, 7);
    expect(fisherTwoSided(tableOf(8, 2, 1, 5))).toBeCloseTo(0.034965035, 10);
  });

  it('tells that vegetables and herbs go together', () => {
    // Of 9,835 baskets 160 hold herbs, 1,072 root vegetables, 69 both.
    expect(relativeError(fisherGreater(tableOf(69, 91, 1003, 8672)), 6.170028e-26)).toBeLessThan(1e-7);
    const vegetables = tableOf(466, 606, 1437, 7326);
    expect(relativeError(fisherGreater(vegetables), 1.657676e-83)).toBeLessThan(1e-6);
    expect(fisherLess(vegetables)).toBe(1);
  });

  // scipy.stats.fisher_exact, version 1.17: two-sided, greater, less.
  it.each([
    [tableOf(10, 20, 30, 15), 0.008824760272675987, 0.9990213446286045, 0.0044998545564355116],
    [tableOf(100, 200, 300, 350), 0.00023095812420404236, 0.999932663983753, 0.00011940903387815998],
    [tableOf(466, 606, 1437, 7326), 2.4522483337006657e-83, 1.6576755698559863e-83, 1],
    [tableOf(0, 5, 7, 0), 0.0012626262626262627, 1, 0.0012626262626262627],
  ])('of %o', (table, twoSided, greater, less) => {
    expect(relativeError(fisherTwoSided(table), twoSided)).toBeLessThan(1e-11);
    expect(relativeError(fisherGreater(table), greater)).toBeLessThan(1e-11);
    expect(relativeError(fisherLess(table), less)).toBeLessThan(1e-11);
  });

  it('does not underflow', () => {
    const log = logFisherGreater(tableOf(7214, 0, 0, 7214));
    expect(log).toBeCloseTo(-9995.7132494178, 9);
    expect(logFisherLess(tableOf(0, 7214, 7214, 0))).toBe(log);
    expect(fisherTwoSided(tableOf(7214, 0, 0, 7214))).toBe(0);
  });

  it('finds nothing in a table without a margin', () => {
    for (const table of [tableOf(0, 0, 0, 0), tableOf(3, 0, 5, 0), tableOf(0, 0, 2, 9)]) {
      expect([fisherGreater(table), fisherLess(table), fisherTwoSided(table)]).toEqual([1, 1, 1]);
    }
  });

  it('refuses what are no counts', () => {
    for (const test of [fisherGreater, fisherLess, fisherTwoSided, logFisherGreater, logFisherLess]) {
      expect(() => test(tableOf(1, 2, -1, 4))).toThrow(expect.objectContaining({ code: 'bad-input' }));
      expect(() => test(tableOf(1, 2.5, 1, 4))).toThrow(expect.objectContaining({ code: 'bad-input' }));
    }
  });
});
