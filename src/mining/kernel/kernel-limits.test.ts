import { describe, expect, it } from 'vitest';
import type { Transactions } from '../../baskets/transactions.ts';
import { transactionCount } from '../../baskets/transactions.ts';
import { eclat } from '../eclat.ts';
import { fpGrowth } from '../fp-growth.ts';
import { inCanonicalOrder, itemsetCount } from '../itemsets.ts';
import { encodeRoot } from '../root-database.ts';
import { basketsOf } from '../testing/baskets.ts';
import { groceries } from '../testing/groceries.ts';
import { kernelModule } from '../testing/kernel-module.ts';
import { randomNumbers, range } from '../testing/random.ts';
import {
  counted,
  frequentSets,
  multiplied,
  multipliedSets,
  searched,
  searchedIn,
  sift,
  targets,
} from '../testing/searching.ts';
import { testWide } from '../testing/test-wide.ts';
import { placed } from './kernel-memory.ts';
import { kernelSearch } from './kernel-search.ts';

const name = 'Pattern growth in WebAssembly';
const search = kernelSearch(kernelModule);

// There is room for 2^19 pairs of items, or half as many where there are more than 2^15 transactions.
testWide(name, search, [
  { items: 700, targets: ['all', 'closed'], times: 1, shares: 1 },
  { items: 700, targets: ['all', 'closed'], times: 500, shares: 1 },
  { items: 1000, targets: ['all', 'closed'], times: 1, shares: 3 },
  { items: 1000, targets: ['all', 'closed'], times: 500, shares: 1 },
  { items: 1100, targets: ['all', 'closed', 'maximal', 'generator'], times: 1, shares: 1 },
  { items: 1100, targets: ['closed', 'maximal'], times: 1, shares: 3 },
  { items: 1300, targets: ['all'], times: 500, shares: 3 },
]);

describe.each(targets)(`${name}: %s`, (target) => {
  it.each([63, 64, 65])(
    'finds each set in %i transactions, of which 64 are the bits of an integer',
    (count) => {
      const random = randomNumbers(count);
      const some = () => range(8).filter(() => random() < 0.7);
      const baskets = basketsOf(...range(count).map(() => [...some(), 8]), ...range(100).map(some));
      for (const minSupport of [1, 9]) {
        const wanted = plainSets(baskets, minSupport);
        expect(searched(search, baskets, { target, minSupport })).toEqual(wanted(target));
      }
    },
  );

  it.each([62, 63, 64, 65, 66])(
    'finds each set of %i items, of which 63 or 64 are the bits of an integer',
    (items) => {
      const random = randomNumbers(items);
      const some = () => range(12).map(() => Math.floor(random() * items));
      const baskets = basketsOf(...range(300).map(some));
      const { minSupport, all } = frequentSets(baskets, 3, 20_000);
      const wanted = sift(all, transactionCount(baskets), target);
      for (const times of [1, 65]) {
        const root = multiplied(encodeRoot(baskets, minSupport), times);
        const query = { target, minSupport: minSupport * times };
        expect(root.items).toHaveLength(items);
        expect(searchedIn(search, root, query)).toEqual(multipliedSets(wanted, times));
      }
    },
  );

  it.each([32_766, 32_767, 32_768, 32_770, 70_000])(
    'finds each set where %i transactions hold two items but for one each, of which 32,767 are two bytes',
    (count) => {
      const baskets = heavyBaskets(count);
      const minSupport = Math.floor(0.6 * count);
      const wanted = plainSets(baskets, minSupport)(target);
      expect(searched(search, baskets, { target, minSupport })).toEqual(wanted);
      expect(searched(search, baskets, { target, minSupport }, 3)).toEqual(wanted);
    },
  );

  it('finds and counts the same in memory that was used before', () => {
    const { baskets } = groceries();
    const used = () => {
      const { root, place } = placed(encodeRoot(baskets, 10), 2 ** 24);
      new Uint8Array(place.memory.buffer, place.arenaStart, place.arenaBytes).fill(0xff);
      return { root, factory: kernelSearch(kernelModule, place) };
    };
    const query = { target, minSupport: 10 };
    const listing = used();
    expect(searchedIn(listing.factory, listing.root, query)).toEqual(plainSets(baskets, 10)(target));
    const counting = used();
    const fresh = counted(search, encodeRoot(baskets, 10), query);
    expect(counted(counting.factory, counting.root, query)).toEqual(fresh);
  });

  it('reads the root database in its place, and a copy where all parts of the memory are taken', () => {
    const { baskets } = groceries();
    const { root, place } = placed(encodeRoot(baskets, 10), 2 ** 25);
    const found = searchedIn(kernelSearch(kernelModule, place), root, { target, minSupport: 10 }, 3);
    expect(found).toEqual(plainSets(baskets, 10)(target));
  });
});

describe(name, () => {
  // A buffer holds 2^14 sets and 2^16 items.
  it.each([
    { items: 50, minSupport: 1, maxLength: 4 },
    { items: 17, minSupport: 2, maxLength: 17 },
  ])('lists more sets of one rank than a buffer holds: %o', ({ items, ...query }) => {
    // A set of k items is in all baskets but k.
    const baskets = basketsOf(...range(items).map((left) => range(items).filter((item) => item !== left)));
    const wanted = inCanonicalOrder(eclat(baskets, query));
    expect(itemsetCount(wanted)).toBeGreaterThan(2 ** 16);
    expect(searched(search, baskets, { target: 'all', ...query })).toEqual(wanted);
  });
});

const plainSets = (baskets: Transactions, minSupport: number) => {
  const all = fpGrowth(baskets, { minSupport });
  return (target: (typeof targets)[number]) => sift(all, transactionCount(baskets), target);
};

/**
 * So many baskets with one item, of some twenty kinds, and some without it, so that it is the rarest one. All of them but
 * one each hold the two items that are the rarest but for it.
 */
function heavyBaskets(count: number): Transactions {
  const random = randomNumbers(1);
  const kinds = range(20).map((n) => {
    const others = range(10).filter(() => random() < 0.9);
    const pair = [10, 11].filter((item) => item !== 10 + n);
    return [...others, ...pair, 12];
  });
  const heavy = range(count).map((n) => kinds[n < 2 ? n : 2 + (n % 18)]!);
  const others = range(Math.ceil(count / 2)).map((n) => (n < 3 ? range(12) : range(10)));
  return basketsOf(...heavy, ...others);
}
