import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyBaskets, basketsOf } from '../mining/testing/baskets.ts';
import { sum, waysByCount } from '../stats/testing/exact.ts';
import { PairTallies } from './pair-tallies.ts';

const ids = (...items: number[]): Int32Array => Int32Array.from(items);

describe('PairTallies', () => {
  it('tells what of a pair is left to chance in baskets of about one size', () => {
    fc.assert(
      fc.property(anyBaskets(), ({ itemCount, offsets, items }) => {
        fc.pre(itemCount >= 2);
        const listed = ids(itemCount - 1, 0);
        const tallies = new PairTallies({ itemCount, offsets, items }, listed);
        // Baskets of at most eight items: of 2, of 3, of 4 and 5, of 6 and more.
        const strata = [[2], [3], [4, 5], [6, 7, 8]].map((sizes) => {
          const all = Array.from({ length: offsets.length - 1 }, (_, t) =>
            items.subarray(offsets[t], offsets[t + 1]),
          );
          const baskets = all.filter(({ length }) => sizes.includes(length));
          const having = (...wanted: number[]): number =>
            baskets.filter((basket) => wanted.every((item) => basket.includes(item))).length;
          const [left, right] = [having(listed[0]!), having(listed[1]!)];
          const ways = waysByCount(baskets.length, right, left).map(Number);
          const possible = ways.flatMap((some, k) => (some > 0 ? [k] : []));
          return {
            both: having(...listed) - possible[0]!,
            expected:
              ways.reduce((so, some, k) => so + some * k, 0) / Number(sum(ways.map(BigInt))) - possible[0]!,
            range: possible.at(-1)! - possible[0]!,
          };
        });
        const total = (of: (stratum: (typeof strata)[number]) => number): number =>
          strata.reduce((so, stratum) => so + of(stratum), 0);
        const within = tallies.withinSizes(0, 1);
        expect(within).toEqual({
          count: total(({ both }) => both),
          expected: expect.closeTo(
            total(({ expected }) => expected),
            9,
          ),
          trials: total(({ range }) => range),
        });
        expect(tallies.withinSizes(1, 0)).toEqual(within);
      }),
    );
  });

  it('counts baskets of one item as well', () => {
    const tallies = new PairTallies(basketsOf([0], [0], [0, 1], [], [2]), ids(0, 1));
    expect([...tallies.counts]).toEqual([3, 1]);
    expect([tallies.together(1, 0), tallies.transactionCount]).toEqual([1, 5]);
  });

  it.each([
    [ids(0, 2), 'The item 2 is not among the 2 items of the transactions.'],
    [ids(-1), 'The item -1 is not among the 2 items of the transactions.'],
    [ids(1, 0, 1), 'The item 1 is listed twice; list it once.'],
  ])('refuses the items %s', (items, message) => {
    expect(() => new PairTallies(basketsOf([0, 1]), items)).toThrow(
      expect.objectContaining({ code: 'bad-input', message }),
    );
  });
});
