import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transactionCount } from '../baskets/transactions.ts';
import { fpGrowth } from './fp-growth.ts';
import { sizesHistogram } from './itemsets.ts';
import { encodeRoot } from './root-database.ts';
import { longestRepeated, safeLength, subsetLength } from './safe-length.ts';
import { anyBaskets, basketsOf } from './testing/baskets.ts';

const range = (length: number, from = 0): number[] => Array.from({ length }, (_, i) => from + i);

describe('safeLength', () => {
  it('keeps its promise', () => {
    const property = fc.property(
      anyBaskets(),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 100 }),
      (baskets, minSupport, most) => {
        const length = safeLength(encodeRoot(baskets, minSupport), minSupport, most);
        const sizes = sizesHistogram(fpGrowth(baskets, { minSupport }));
        const within = sizes.slice(0, length).reduce((sum, count) => sum + count, 0);
        expect(within).toBeLessThanOrEqual(most);
      },
    );
    fc.assert(property, { numRuns: 500 });
  });

  it('is near where a few baskets are long', () => {
    // 20 baskets of 40 items among short ones: C(40, 1) + … + C(40, 4) = 102,090 sets of up to four items.
    const baskets = basketsOf(
      ...range(20).map(() => range(40)),
      ...range(1000).map((n) => [n % 40, (n + 1) % 40]),
    );
    expect(transactionCount(baskets)).toBe(1020);
    const root = encodeRoot(baskets, 20);
    expect(safeLength(root, 20, 102_090)).toBe(4);
    expect(safeLength(root, 20, 102_089)).toBe(3);
    expect(safeLength(root, 20, 39)).toBe(0);
    expect(safeLength(root, 20, 2 ** 50)).toBe(40);
  });
});

describe('subsetLength', () => {
  it('counts the subsets of a set', () => {
    // C(60, 1) + … + C(60, 4) = 523,685.
    expect(subsetLength(60, 523_685)).toBe(4);
    expect(subsetLength(60, 523_684)).toBe(3);
    expect(subsetLength(3, 7)).toBe(Number.POSITIVE_INFINITY);
    expect(subsetLength(0, 1)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('longestRepeated', () => {
  it('is the longest transaction that is frequent by its copies', () => {
    const baskets = basketsOf(
      ...range(20).map(() => range(40)),
      ...range(19).map(() => range(50)),
      ...range(1000).map((n) => [n % 40, (n + 1) % 40]),
    );
    expect(longestRepeated(encodeRoot(baskets, 20), 20)).toBe(40);
    expect(longestRepeated(encodeRoot(baskets, 19), 19)).toBe(50);
    expect(longestRepeated(encodeRoot(baskets, 60), 60)).toBe(0);
  });
});
