import { describe, expect, it } from 'vitest';
import type { Transactions } from '../../baskets/transactions.ts';
import { eclat } from '../eclat.ts';
import { inCanonicalOrder, itemsetCount, sizesHistogram } from '../itemsets.ts';
import { encodeRoot } from '../root-database.ts';
import type { SearchFactory, Target } from '../search.ts';
import { basketsOf } from './baskets.ts';
import { linesOf } from './itemsets.ts';
import { range } from './random.ts';
import { counted, searched, targets } from './searching.ts';

/** Classes of items that are always together; each kind of basket holds all classes but one. */
interface Classes {
  readonly classes: number;
  /** How many items each class has, and how many more are in every basket. */
  readonly size: number;
  readonly everywhere: number;
  /** How many baskets there are of each kind. */
  readonly times: number;
}

/** What every search must do where there are more itemsets than a double can count; theory tells how many. */
export function testHugeCounts(name: string, factory: SearchFactory): void {
  describe(`${name} where there are very many sets`, () => {
    const shapes: [Classes, number][] = [
      [{ classes: 2, size: 60, everywhere: 0, times: 1 }, 1],
      [{ classes: 3, size: 40, everywhere: 2, times: 1 }, 1],
      [{ classes: 4, size: 20, everywhere: 3, times: 70 }, 70],
      [{ classes: 5, size: 11, everywhere: 0, times: 30 }, 31],
      // Around the largest sizes that the kernel has a histogram for.
      ...[254, 255, 256, 300].map((size): [Classes, number] => [
        { classes: 2, size, everywhere: 1, times: 3 },
        2,
      ]),
    ];

    describe.each(shapes)('%o at a support of %i', (shape, minSupport) => {
      it.each(targets)('counts the %s sets of each size', (target) => {
        const baskets = basketsIn(shape);
        for (const shares of [1, 3]) {
          const found =
            target === 'generator'
              ? sizesHistogram(searched(factory, baskets, { target, minSupport }, shares)).map(BigInt)
              : counted(factory, encodeRoot(baskets, minSupport), { target, minSupport }, shares);
          expect(found).toEqual(setsBySize(shape, minSupport, target));
        }
      });
    });

    it('counts those of up to 30 of 90 items that are always together', () => {
      const baskets = basketsIn({ classes: 2, size: 90, everywhere: 0, times: 1 });
      const sizes = counted(factory, encodeRoot(baskets, 1), { target: 'all', minSupport: 1, maxLength: 30 });
      expect(sizes).toEqual(range(30, 1).map((size) => 2n * combinations(90, size)));
    });

    it('counts what two long baskets share once, among many short ones', () => {
      const root = encodeRoot(longAmongShort(), 1);
      const total = (target: Target): bigint =>
        counted(factory, root, { target, minSupport: 1 }).reduce((sum, count) => sum + count);
      const pairs = BigInt(17 * 11);
      const singles = 90n + 28n;
      expect(total('all')).toBe(2n * 2n ** 60n - 2n ** 30n - 1n + 28n + pairs);
      // Both long baskets, what they share, and what is in short ones.
      expect(total('closed')).toBe(3n + singles + pairs);
      expect(total('maximal')).toBe(2n + pairs);
      const generators = searched(factory, longAmongShort(), { target: 'generator', minSupport: 1 });
      // Each item of the long baskets comes alone, too, so two of them are rarer than one; of three, two tell the baskets.
      expect(BigInt(itemsetCount(generators))).toBe(
        singles + pairs + 2n * combinations(60, 2) - combinations(30, 2),
      );
    });

    it.each([1, 70])(
      'lists baskets of up to 40 items that are within each other, each of them %i times',
      (times) => {
        // Ids that ascend neither with the support nor with its rank.
        const items = range(40).map((n) => (n * 17) % 41);
        const baskets = basketsOf(...range(20 * times).map((n) => items.slice(0, 21 + (n % 20))), [50]);
        const lines = (target: Target, minSupport: number): string[] =>
          linesOf(searched(factory, baskets, { target, minSupport }));
        const line = (length: number): string => {
          const ids = items.slice(0, length).toSorted((a, b) => a - b);
          return `${ids.join(' ')}: ${times * (41 - length)}`;
        };
        const closed = range(18, 21).map(line);
        expect(lines('closed', 3 * times)).toEqual(closed);
        expect(lines('maximal', 3 * times)).toEqual(closed.slice(-1));
        const short = { minSupport: 3 * times, maxLength: 3 };
        const plain = inCanonicalOrder(eclat(baskets, short));
        expect(searched(factory, baskets, { target: 'all', ...short })).toEqual(plain);
      },
    );
  });
}

/** Two long baskets that share 30 of their 60 items, each item of them alone, and all pairs of 17 and 11 other items. */
function longAmongShort(): Transactions {
  const short = range(17 * 11).flatMap((n) => [[100 + (n % 17), 120 + (n % 11)], [n % 90]]);
  return basketsOf(range(60), range(60, 30), ...short);
}

/** Items of a class have every `classes`th id. */
function basketsIn({ classes, size, everywhere, times }: Classes): Transactions {
  const common = range(everywhere, classes * size);
  const kinds = range(classes).map((left) =>
    range(classes * size)
      .filter((item) => item % classes !== left)
      .concat(common),
  );
  return basketsOf(...range(times).flatMap(() => kinds));
}

/** How many sets there are of each size; entry 0 counts the sets of one item. A set of items of k classes is in all kinds but k. */
function setsBySize(
  { classes, size, everywhere, times }: Classes,
  minSupport: number,
  target: Target,
): bigint[] {
  const largest = classes - Math.ceil(minSupport / times);
  const counts: bigint[] = [];
  const add = (length: number, count: bigint): void => {
    while (counts.length <= length) counts.push(0n);
    counts[length] += count;
  };
  for (let k = 0; k <= largest; k++) {
    const choices = combinations(classes, k);
    if (target === 'closed' || (target === 'maximal' && k === largest)) add(k * size + everywhere, choices);
    if (target === 'generator') add(k, choices * BigInt(size) ** BigInt(k));
    if (target !== 'all') continue;
    let ways = range(everywhere + 1).map((i) => combinations(everywhere, i));
    // Of each of the k classes one item or more.
    const ofClass = range(size + 1).map((i) => (i === 0 ? 0n : combinations(size, i)));
    for (let c = 0; c < k; c++) ways = product(ways, ofClass);
    ways.forEach((count, length) => {
      add(length, choices * count);
    });
  }
  // Without the empty set.
  return counts.slice(1);
}

function product(a: readonly bigint[], b: readonly bigint[]): bigint[] {
  const sums = range(a.length + b.length - 1).map(() => 0n);
  a.forEach((x, i) => {
    b.forEach((y, j) => {
      sums[i + j] += x * y;
    });
  });
  return sums;
}

function combinations(items: number, size: number): bigint {
  let count = 1n;
  for (let i = 0; i < size; i++) count = (count * BigInt(items - i)) / BigInt(i + 1);
  return count;
}
