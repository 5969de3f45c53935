import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyBaskets, basketsOf } from '../mining/testing/baskets.ts';
import { mantelHaenszel } from '../stats/mantel-haenszel.ts';
import { PairTallies } from './pair-tallies.ts';

const ids = (...items: number[]): Int32Array => Int32Array.from(items);

describe('PairTallies', () => {
  it('has the Mantel-Haenszel statistic of baskets of about one size', () => {
    fc.assert(
      fc.property(anyBaskets(), ({ itemCount, offsets, items }) => {
        fc.pre(itemCount >= 2);
        const listed = ids(itemCount - 1, 0);
        const tallies = new PairTallies({ itemCount, offsets, items }, listed);
        // Baskets of at most eight items: of 2, of 3, of 4 and 5, of 6 and more.
        const strata = [[2], [3], [4, 5], [6, 7, 8]].map((sizes) => {
          const table = [0, 0, 0, 0];
          for (let t = 0; t + 1 < offsets.length; t++) {
            const basket = items.subarray(offsets[t], offsets[t + 1]);
            if (!sizes.includes(basket.length)) continue;
            const [left, right] = [...listed].map((item) => (basket.includes(item) ? 1 : 0));
            table[2 * left! + right!]!++;
          }
          return table;
        });
        const [n00, n01, n10, n11] = [0, 1, 2, 3].map((cell) => Int32Array.from(strata, (row) => row[cell]!));
        const tables = { n11: n11!, n10: n10!, n01: n01!, n00: n00! };
        const beyond = tallies.beyondSize(0, 1);
        const tells = strata.some(
          ([none, right, left, both]) =>
            (both! + left!) * (right! + none!) > 0 && (both! + right!) * (left! + none!) > 0,
        );
        const statistic = tells ? mantelHaenszel(tables).association.statistic : 0;
        expect(beyond ** 2).toBeCloseTo(statistic, 9);
        expect(tallies.beyondSize(1, 0)).toBeCloseTo(beyond, 12);
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
