import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Transactions, transactionCount } from '../../baskets/transactions.ts';
import { PairwellError } from '../../errors.ts';
import { select } from '../condense.ts';
import { fpGrowth } from '../fp-growth.ts';
import { type Itemsets, inCanonicalOrder, itemsetCount, sizesHistogram } from '../itemsets.ts';
import { encodeRoot } from '../root-database.ts';
import type { SearchFactory, Target } from '../search.ts';
import { ListingSink } from '../sink.ts';
import { anyBaskets, basketsOf } from './baskets.ts';
import { bruteForce } from './brute-force.ts';
import { groceries } from './groceries.ts';
import {
  anySize,
  candidates,
  counted,
  optionsOf,
  type Query,
  searched,
  settled,
  sift,
  takeRoot,
  targets,
  upTo,
} from './searching.ts';

/** What every search must do. */
export function testSearch(name: string, factory: SearchFactory): void {
  describe(`${name} as a search`, () => {
    describe.each(targets)('%s', (target) => {
      it('finds nothing where there is nothing', () => {
        expect(itemsetCount(searched(factory, basketsOf(), { target, minSupport: 1 }))).toBe(0);
        expect(itemsetCount(searched(factory, basketsOf([], []), { target, minSupport: 1 }))).toBe(0);
        expect(itemsetCount(searched(factory, basketsOf([0, 1], [0]), { target, minSupport: 3 }))).toBe(0);
      });

      it.each([1, 3])('finds each set once, in %i shares of the work', (shares) => {
        const property = fc.property(
          baskets(),
          fc.integer({ min: 1, max: 8 }),
          (transactions, minSupport) => {
            const query = { target, minSupport };
            expect(searched(factory, transactions, query, shares)).toEqual(expected(transactions, query));
          },
        );
        fc.assert(property, { numRuns: 300 });
      });

      it('counts what it lists', () => {
        const query = fc.record({ target: fc.constant(target), minSupport: fc.integer({ min: 1, max: 8 }) });
        const property = fc.property(
          baskets(),
          query,
          fc.constantFrom(1, 3),
          (transactions, query, shares) => {
            const root = encodeRoot(transactions, query.minSupport);
            const listed = candidates(factory, root, query, shares);
            expect(counted(factory, root, query, shares)).toEqual(sizesHistogram(listed).map(BigInt));
          },
        );
        fc.assert(property, { numRuns: 100 });
      });

      it.each([1, 2, 3, 4])('finds all sets of %i items or fewer when that is the limit', (maxLength) => {
        const found = searched(factory, groceries().baskets, { target, minSupport: 50, maxLength });
        expect(found).toEqual(upTo(maxLength, inGroceries(50, target)));
      });

      it.each([1, 100])('ends with the error of tick number %i', (number) => {
        const stop = new PairwellError('cancelled', 'Enough.');
        let ticks = 0;
        const tick = (): void => {
          if (++ticks === number) throw stop;
        };
        const { baskets } = groceries();
        expect(() => searched(factory, baskets, { target, minSupport: 10, tick })).toThrow(stop);
        expect(ticks).toBe(number);
      });

      it('finds the very sets and supports in Groceries', () => {
        const { baskets } = groceries();
        const found = searched(factory, baskets, { target, minSupport: 10 }, 3);
        expect(found).toEqual(inGroceries(10, target));
      });
    });

    // Maximal sets are left out: with a higher minimum support others are maximal.
    it.each(['all', 'closed', 'generator'] as const)(
      'finds the %s sets that are still wanted after the minimum support was raised',
      (target) => {
        const minSupport = fc.integer({ min: 1, max: 4 });
        const property = fc.property(baskets(), minSupport, fc.nat(4), (transactions, low, more) => {
          const query = { target, minSupport: low };
          const root = encodeRoot(transactions, low);
          const sink = new ListingSink(anySize);
          const search = factory(root, optionsOf(query), sink);
          for (let rank = 0; rank < root.items.length; rank++) {
            if (rank === 1) search.raise(low + more);
            search.mine(rank, 0, 1);
          }
          search.finish();
          takeRoot(root, target, sink);
          const wanted = (found: Itemsets) => select(found, (s) => found.supports[s] >= low + more);
          const found = settled(wanted(sink.build()), root.transactionCount, target);
          expect(found).toEqual(inCanonicalOrder(wanted(expected(transactions, query))));
        });
        fc.assert(property, { numRuns: 200 });
      },
    );

    it('keeps to the maximum length on any baskets', () => {
      const lengths = fc.integer({ min: 1, max: 8 });
      const minSupport = fc.integer({ min: 1, max: 8 });
      const property = fc.property(baskets(), minSupport, lengths, (transactions, minSupport, maxLength) => {
        const query = { target: 'all', minSupport, maxLength } as const;
        const all = inCanonicalOrder(bruteForce(transactions, { minSupport, maxLength }));
        expect(searched(factory, transactions, query)).toEqual(all);
      });
      fc.assert(property, { numRuns: 200 });
    });

    // Counts agreed on by independent programs: arules, Borgelt's programs, LCM and SPMF.
    it.each([
      [99, { all: 333, closed: 333, maximal: 243, generator: 333 }],
      [50, { all: 1001, closed: 1001, maximal: 708, generator: 1001 }],
      [10, { all: 13_492, closed: 13_464, maximal: 7_794, generator: 13_464 }],
      [5, { all: 49_580, closed: 46_267, maximal: 22_725, generator: 46_575 }],
      [3, { all: 166_682, closed: 104_832, maximal: 42_611, generator: 116_677 }],
    ])('finds as many sets as others in Groceries at a support of %i', (minSupport, counts) => {
      const { baskets } = groceries();
      const root = encodeRoot(baskets, minSupport);
      const total = (target: Target): number => {
        if (target === 'generator') return itemsetCount(searched(factory, baskets, { target, minSupport }));
        const sizes = counted(factory, root, { target, minSupport });
        return Number(sizes.reduce((sum, count) => sum + count, 0n));
      };
      expect(Object.fromEntries(targets.map((target) => [target, total(target)]))).toEqual(counts);
    });
  });
}

/** Any few baskets: some with each basket once, some with many a time, so that bits take more than a word. */
function baskets(): fc.Arbitrary<Transactions> {
  const basket = fc.array(fc.nat(7), { maxLength: 8 });
  const repeated = fc.array(fc.tuple(basket, fc.integer({ min: 1, max: 40 })), { maxLength: 12 });
  const heavy = repeated.map((pairs) =>
    basketsOf(...pairs.flatMap(([basket, times]) => Array.from({ length: times }, () => basket))),
  );
  return fc.oneof(anyBaskets(), heavy);
}

/** The sets that are wanted, in canonical order, by brute force. */
function expected(transactions: Transactions, { target, minSupport }: Query): Itemsets {
  return sift(bruteForce(transactions, { minSupport }), transactionCount(transactions), target);
}

/** The sets of Groceries that are wanted, in canonical order, by another miner. */
function inGroceries(minSupport: number, target: Target): Itemsets {
  const { baskets } = groceries();
  return sift(fpGrowth(baskets, { minSupport }), transactionCount(baskets), target);
}
