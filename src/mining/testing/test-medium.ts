import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transactionCount } from '../../baskets/transactions.ts';
import { PairwellError } from '../../errors.ts';
import { select } from '../condense.ts';
import { fpGrowth } from '../fp-growth.ts';
import { type Itemsets, sizesHistogram } from '../itemsets.ts';
import { encodeRoot } from '../root-database.ts';
import type { SearchFactory } from '../search.ts';
import { ListingSink } from '../sink.ts';
import { groceries } from './groceries.ts';
import { mediumBaskets } from './medium-baskets.ts';
import {
  anySize,
  candidates,
  counted,
  frequentSets,
  multiplied,
  multipliedSets,
  optionsOf,
  searched,
  searchedIn,
  settled,
  sift,
  takeRoot,
  targets,
  upTo,
} from './searching.ts';

/** So many itemsets at most, for the plain miner's sake. */
const most = 3000;

/** A database with all its frequent itemsets. */
const medium = () =>
  fc
    .tuple(mediumBaskets(), fc.integer({ min: 1, max: 40 }))
    .map(([baskets, least]) => ({ baskets, ...frequentSets(baskets, least, most) }));

/** With 65 each no set is held by so few transactions that these are bits of one integer; 400 make more than 2^15. */
const anyTimes = () => fc.constantFrom(1, 1, 65, 400);

/** What every search must do in databases of medium size; a plain miner is the judge. */
export function testMedium(name: string, factory: SearchFactory): void {
  describe(`${name} in medium databases`, () => {
    it.each(targets)('finds and counts each of the %s sets once', (target) => {
      const lengths = fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined });
      fc.assert(
        fc.property(
          medium(),
          anyTimes(),
          fc.constantFrom(1, 3),
          lengths,
          ({ baskets, minSupport, all }, times, shares, length) => {
            const root = multiplied(encodeRoot(baskets, minSupport), times);
            const maxLength = length ?? anySize.maxLength;
            const query = { target, minSupport: minSupport * times, maxLength };
            const wanted = upTo(maxLength, sift(all, transactionCount(baskets), target));
            expect(searchedIn(factory, root, query, shares)).toEqual(multipliedSets(wanted, times));
            const listed = target === 'generator' ? candidates(factory, root, query, shares) : wanted;
            expect(counted(factory, root, query, shares)).toEqual(sizesHistogram(listed).map(BigInt));
          },
        ),
        { numRuns: 60 },
      );
    });

    // Maximal sets are left out: with a higher minimum support others are maximal.
    it.each(['all', 'closed', 'generator'] as const)(
      'finds the %s sets that are wanted in the end when the minimum support is raised again and again',
      (target) => {
        const steps = fc.array(fc.tuple(fc.nat(60), fc.nat(30)), { maxLength: 5 });
        fc.assert(
          fc.property(medium(), anyTimes(), steps, ({ baskets, minSupport, all }, times, steps) => {
            const root = multiplied(encodeRoot(baskets, minSupport), times);
            const sink = new ListingSink(anySize);
            const query = { target, minSupport: minSupport * times };
            const search = factory(root, optionsOf(query), sink);
            let least = minSupport;
            for (let rank = 0; rank < root.items.length; rank++) {
              for (const [at, more] of steps) if (at === rank) least += more;
              search.raise(least * times);
              search.mine(rank, 0, 1);
            }
            search.finish();
            takeRoot(root, target, sink);
            const wanted = sift(all, transactionCount(baskets), target);
            const over = (found: Itemsets, support: number) =>
              select(found, (s) => found.supports[s] >= support);
            const found = settled(over(sink.build(), least * times), root.transactionCount, target);
            expect(found).toEqual(multipliedSets(over(wanted, least), times));
          }),
          { numRuns: 40 },
        );
      },
    );

    it.each(targets)('finds the very %s sets, or tells that it needs more memory', (target) => {
      const stopped = new PairwellError('limit-exceeded', 'There is no more.');
      const full = (): never => {
        throw stopped;
      };
      const outcomes = new Set<string>();
      const { baskets } = groceries();
      const wanted = sift(fpGrowth(baskets, { minSupport: 15 }), transactionCount(baskets), target);
      for (let maxBytes = 2 ** 8; maxBytes <= 2 ** 24; maxBytes *= 4) {
        try {
          const found = searched(factory, baskets, { target, minSupport: 15, maxBytes, full });
          expect(found).toEqual(wanted);
          outcomes.add('found');
        } catch (error) {
          if (!(error instanceof PairwellError)) throw error;
          expect(error.code).toBe('limit-exceeded');
          outcomes.add('full');
        }
      }
      expect([...outcomes]).toEqual(['full', 'found']);
    });
  });
}
