import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transactionCount } from '../baskets/transactions.ts';
import { type Condensed, condense, type select } from './condense.ts';
import { fpGrowth } from './fp-growth.ts';
import { itemsetCount } from './itemsets.ts';
import { anyBaskets, basketsOf } from './testing/baskets.ts';
import { groceries } from './testing/groceries.ts';

const kinds: Condensed[] = ['closed', 'maximal', 'generator'];

/** The items of each set, with its support. */
function listed({ offsets, items, supports }: ReturnType<typeof select>) {
  return Array.from(supports, (support, s) => ({
    set: [...items.subarray(offsets[s], offsets[s + 1])],
    support,
  }));
}

const holds = (set: readonly number[], part: readonly number[]): boolean =>
  part.every((item) => set.includes(item));

/** By definition: every set against every other. */
function byDefinition(sets: ReturnType<typeof listed>, transactions: number, kind: Condensed) {
  return sets.filter(({ set, support }) => {
    const supersets = sets.filter((other) => other.set.length > set.length && holds(other.set, set));
    const subsets = sets.filter((other) => other.set.length < set.length && holds(set, other.set));
    if (kind === 'maximal') return supersets.length === 0;
    if (kind === 'closed') return supersets.every((other) => other.support < support);
    return support < transactions && subsets.every((other) => other.support > support);
  });
}

describe('condense', () => {
  // Counts agreed on by independent programs: arules, Borgelt's programs, LCM and SPMF.
  it.each([
    [99, { closed: 333, maximal: 243, generator: 333 }],
    [50, { closed: 1001, maximal: 708, generator: 1001 }],
    [10, { closed: 13_464, maximal: 7_794, generator: 13_464 }],
    [5, { closed: 46_267, maximal: 22_725, generator: 46_575 }],
  ])('finds what others find in Groceries at a support of %i', (minSupport, counts) => {
    const { baskets } = groceries();
    const all = fpGrowth(baskets, { minSupport });
    const found = kinds.map((kind) => [kind, itemsetCount(condense(all, transactionCount(baskets), kind))]);
    expect(Object.fromEntries(found)).toEqual(counts);
  });

  it('does not call an item a generator that is in every basket', () => {
    const baskets = basketsOf([0, 1], [0, 1], [0]);
    const all = fpGrowth(baskets, { minSupport: 1 });
    expect(listed(condense(all, 3, 'generator'))).toEqual([{ set: [1], support: 2 }]);
    expect(listed(condense(all, 3, 'closed'))).toEqual(
      expect.arrayContaining([
        { set: [0], support: 3 },
        { set: [0, 1], support: 2 },
      ]),
    );
  });

  it.each(kinds)('keeps the %s ones by definition', (kind) => {
    fc.assert(
      fc.property(anyBaskets(), fc.integer({ min: 1, max: 4 }), (baskets, minSupport) => {
        const all = fpGrowth(baskets, { minSupport });
        const transactions = transactionCount(baskets);
        expect(listed(condense(all, transactions, kind))).toEqual(
          byDefinition(listed(all), transactions, kind),
        );
      }),
      { numRuns: 60 },
    );
  });
});
