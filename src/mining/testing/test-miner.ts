import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PairwellError } from '../../errors.ts';
import { type Itemsets, inCanonicalOrder, itemsetCount } from '../itemsets.ts';
import type { Miner } from '../miner.ts';
import type { MiningOptions } from '../options.ts';
import { anyBaskets, basketsOf } from './baskets.ts';
import { bruteForce, recounted } from './brute-force.ts';
import { groceries } from './groceries.ts';

/** What every miner must do. */
export function testMiner(name: string, mine: Miner): void {
  describe(`${name} as a miner`, () => {
    it('counts every itemset that is frequent', () => {
      const itemsets = mine(basketsOf([0, 1, 2], [0, 1], [1, 2], [3]), { minSupport: 2 });
      expect(listed(itemsets)).toEqual(['0: 2', '1: 3', '2: 2', '0 1: 2', '1 2: 2']);
    });

    it('finds nothing in an empty database', () => {
      expect(listed(mine(basketsOf(), { minSupport: 1 }))).toEqual([]);
    });

    it('finds nothing in empty baskets', () => {
      expect(listed(mine(basketsOf([], [], []), { minSupport: 1 }))).toEqual([]);
    });

    it('ignores empty baskets between others', () => {
      expect(listed(mine(basketsOf([], [0], [], [0, 1]), { minSupport: 1 }))).toEqual([
        '0: 2',
        '1: 1',
        '0 1: 1',
      ]);
    });

    it('finds nothing when the minimum support exceeds the number of transactions', () => {
      expect(listed(mine(basketsOf([0, 1], [0, 1]), { minSupport: 3 }))).toEqual([]);
    });

    it('finds the one item there is', () => {
      expect(listed(mine(basketsOf([0], [0]), { minSupport: 1 }))).toEqual(['0: 2']);
    });

    it('counts an item once that a basket holds twice', () => {
      expect(listed(mine(basketsOf([0, 0, 1], [1, 1]), { minSupport: 1 }))).toEqual([
        '0: 1',
        '1: 2',
        '0 1: 1',
      ]);
    });

    it('keeps items that are in every basket', () => {
      const itemsets = mine(basketsOf([0, 1, 2], [0, 1], [0, 1, 3]), { minSupport: 3 });
      expect(listed(itemsets)).toEqual(['0: 3', '1: 3', '0 1: 3']);
    });

    it('includes an itemset exactly at the minimum support and excludes the one just below', () => {
      const baskets = basketsOf([0, 1], [0, 1], [0, 1], [0, 2], [0, 2], [0]);
      expect(listed(mine(baskets, { minSupport: 3 }))).toEqual(['0: 6', '1: 3', '0 1: 3']);
      expect(listed(mine(baskets, { minSupport: 2 }))).toContain('0 2: 2');
    });

    it.each([1, 2, 3])('stops at %i items when that is the maximum length', (maxLength) => {
      const baskets = basketsOf([0, 1, 2, 3], [0, 1, 2, 3], [1, 2, 3]);
      const all = listed(mine(baskets, { minSupport: 1 }));
      expect(all).toHaveLength(15);
      expect(listed(mine(baskets, { minSupport: 1, maxLength }))).toEqual(
        all.filter((line) => line.split(':')[0].split(' ').length <= maxLength),
      );
    });

    it('writes the items of each set in ascending order', () => {
      const { offsets, items } = mine(basketsOf([2, 5, 9], [2, 5], [2], [9, 5]), { minSupport: 1 });
      for (let s = 0; s + 1 < offsets.length; s++) {
        const set = items.subarray(offsets[s], offsets[s + 1]);
        expect(set).toEqual(set.slice().sort());
      }
    });

    it('returns columns without room to spare', () => {
      const itemsets = mine(basketsOf([0, 1], [0, 1]), { minSupport: 1 });
      expect(itemsets).toMatchObject({
        offsets: { length: 4 },
        items: { length: 4 },
        supports: { length: 3 },
      });
    });

    it('agrees with brute force on any baskets', () => {
      const minSupport = fc.integer({ min: 1, max: 8 });
      const maxLength = fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined });
      fc.assert(
        fc.property(anyBaskets(), fc.record({ minSupport, maxLength }), (baskets, options: MiningOptions) => {
          expect(inCanonicalOrder(mine(baskets, options))).toEqual(
            inCanonicalOrder(bruteForce(baskets, options)),
          );
        }),
        { numRuns: 500 },
      );
    });

    it('takes as many itemsets as the budget allows', () => {
      expect(itemsetCount(mine(basketsOf([0, 1, 2]), { minSupport: 1, maxItemsets: 7 }))).toBe(7);
    });

    it('refuses to return fewer itemsets than there are', () => {
      const mining = () => mine(basketsOf([0, 1, 2]), { minSupport: 1, maxItemsets: 6 });
      expect(mining).toThrow(PairwellError);
      expect(mining).toThrow(
        expect.objectContaining({
          code: 'limit-exceeded',
          message: expect.stringMatching(
            /more than 6 itemsets at a minimum support of 1 .*Raise the minimum support/,
          ),
          details: expect.objectContaining({ itemsets: 6, minSupport: 1 }),
        }),
      );
    });

    it.each([
      { minSupport: 0 },
      { minSupport: 1.5 },
      { minSupport: 1, maxLength: 0 },
      { minSupport: Number.NaN },
    ])('refuses %o', (options) => {
      expect(() => mine(basketsOf([0]), options)).toThrow(expect.objectContaining({ code: 'bad-input' }));
    });

    it('reports progress that ascends to the whole', () => {
      const shares: number[] = [];
      mine(groceries().baskets, { minSupport: 50, onProgress: (done, total) => shares.push(done / total) });
      expect(shares.length).toBeGreaterThan(2);
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
      expect(shares.at(-1)).toBe(1);
    });

    it('ends with what its progress callback throws', () => {
      const stop = new PairwellError('cancelled', 'Enough.');
      const onProgress = (): void => {
        throw stop;
      };
      expect(() => mine(basketsOf([0, 1]), { minSupport: 1, onProgress })).toThrow(stop);
    });

    // Counts that Borgelt's programs, LCM, SPMF and arules agree on.
    it.each([
      { minSupport: 99, itemsets: 333 },
      { minSupport: 50, itemsets: 1001 },
      { minSupport: 10, itemsets: 13_492 },
      { minSupport: 5, itemsets: 49_580 },
    ])('finds $itemsets itemsets in Groceries at $minSupport baskets', ({ minSupport, itemsets }) => {
      const found = mine(groceries().baskets, { minSupport });
      expect(itemsetCount(found)).toBe(itemsets);
    });

    it('finds the right supports in Groceries', () => {
      const { baskets } = groceries();
      const found = mine(baskets, { minSupport: 25 });
      expect(itemsetCount(found)).toBeGreaterThan(2048);
      expect(found.supports).toEqual(recounted(baskets, found));
    });
  });
}

/** Itemsets as lines such as `0 2: 5`, in canonical order. */
function listed(itemsets: Itemsets): string[] {
  const { offsets, items, supports } = inCanonicalOrder(itemsets);
  return Array.from(
    supports,
    (support, s) => `${items.subarray(offsets[s], offsets[s + 1]).join(' ')}: ${support}`,
  );
}
