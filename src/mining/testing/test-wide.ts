import { describe, expect, it } from 'vitest';
import { type Transactions, transactionCount } from '../../baskets/transactions.ts';
import { eclat } from '../eclat.ts';
import { itemsetCount, sizesHistogram } from '../itemsets.ts';
import { encodeRoot } from '../root-database.ts';
import type { SearchFactory, Target } from '../search.ts';
import { basketsOf } from './baskets.ts';
import { randomNumbers, range } from './random.ts';
import { counted, multiplied, multipliedSets, searchedIn, sift } from './searching.ts';

export interface WideCase {
  readonly items: number;
  readonly targets: readonly Target[];
  /** How often each basket comes. */
  readonly times: number;
  readonly shares: number;
}

/**
 * Searches where one item is frequent with very many others, all of which are more frequent than itself.
 */
export function testWide(name: string, factory: SearchFactory, cases: readonly WideCase[]): void {
  describe.each([...new Set(cases.map(({ items }) => items))])(`${name} with %i items at once`, (items) => {
    const baskets = wideBaskets(items);
    const all = eclat(baskets, { minSupport });
    const here = cases
      .filter((one) => one.items === items)
      .flatMap(({ targets, ...one }) => targets.map((target) => ({ target, ...one })));

    it.each(here)(
      'finds the $target sets: $times times each, shares: $shares',
      ({ target, times, shares }) => {
        const root = multiplied(encodeRoot(baskets, minSupport), times);
        const query = { target, minSupport: minSupport * times };
        const wanted = sift(all, transactionCount(baskets), target);
        expect(itemsetCount(wanted)).toBeGreaterThan(items);
        expect(searchedIn(factory, root, query, shares)).toEqual(multipliedSets(wanted, times));
        if (target === 'generator') return;
        expect(counted(factory, root, query, shares)).toEqual(sizesHistogram(wanted).map(BigInt));
      },
    );
  });
}

/** So many long baskets, with half of the items each. */
const long = 80;

/** Few pairs of items are as often together, but each is so often with the two that all long baskets have. */
const minSupport = 27;

/**
 * Items in half of the long baskets each, some in the same ones as the one before, and often enough alone to be more
 * frequent than two more: one in all long baskets, one in most of them.
 */
function wideBaskets(items: number): Transactions {
  const random = randomNumbers(items);
  const rows: number[][] = range(long).map((n) => (n < long - 5 ? [items, items + 1] : [items]));
  let chosen: number[] = [];
  for (let item = 0; item < items; item++) {
    if (item % 50 > 2) chosen = sample(random);
    for (const row of chosen) rows[row].push(item);
    for (let n = 0; n <= long / 2; n++) rows.push([item]);
  }
  return basketsOf(...rows);
}

/** Half of the long baskets, at random. */
function sample(random: () => number): number[] {
  const keys = range(long).map(() => random());
  return range(long)
    .sort((a, b) => keys[a] - keys[b])
    .slice(0, long / 2);
}
