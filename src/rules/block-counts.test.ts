import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transactionCount } from '../baskets/transactions.ts';
import { anyBaskets, basketsOf } from '../mining/testing/baskets.ts';
import { BlockedTransactions, collapse } from './block-counts.ts';

describe('BlockedTransactions', () => {
  it('counts a rule in each block', () => {
    const baskets = basketsOf([0, 1], [0], [1], [0, 1, 2], [2], [0, 2]);
    const blocks = new BlockedTransactions(baskets, Int32Array.of(0, 0, 0, 1, 1, -1), 2);
    expect([...blocks.sizes]).toEqual([3, 2]);
    expect(blocks.cells([0], 1)).toEqual({
      n11: Int32Array.of(1, 1),
      n10: Int32Array.of(1, 0),
      n01: Int32Array.of(1, 0),
      n00: Int32Array.of(0, 1),
    });
    expect([...blocks.cells([0, 1], 2).n11]).toEqual([0, 1]);
  });

  it('agrees with looking at every transaction', () => {
    fc.assert(
      fc.property(
        anyBaskets(),
        fc.integer({ min: 1, max: 4 }),
        fc.infiniteStream(fc.nat()),
        (baskets, count, more) => {
          fc.pre(baskets.itemCount >= 3);
          const blockOf = Int32Array.from(
            { length: transactionCount(baskets) },
            () => (more.next().value % (count + 1)) - 1,
          );
          const cells = new BlockedTransactions(baskets, blockOf, count).cells([0, 1], 2);
          for (let block = 0; block < count; block++) {
            const seen = { n11: 0, n10: 0, n01: 0, n00: 0 };
            blockOf.forEach((of, t) => {
              if (of !== block) return;
              const items = baskets.items.subarray(baskets.offsets[t], baskets.offsets[t + 1]);
              const left = items.includes(0) && items.includes(1);
              const right = items.includes(2);
              if (left) seen[right ? 'n11' : 'n10']++;
              else seen[right ? 'n01' : 'n00']++;
            });
            expect({
              n11: cells.n11[block],
              n10: cells.n10[block],
              n01: cells.n01[block],
              n00: cells.n00[block],
            }).toEqual(seen);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('refuses blocks that do not fit the transactions', () => {
    const baskets = basketsOf([0], [1]);
    expect(() => new BlockedTransactions(baskets, Int32Array.of(0), 1)).toThrow('a block for each of the 2');
    expect(() => new BlockedTransactions(baskets, Int32Array.of(0, 1), 1)).toThrow(
      'There is no block 1 among 1.',
    );
  });
});

describe('collapse', () => {
  it('sums blocks into strata', () => {
    const column = (...counts: number[]) => Int32Array.from(counts);
    const cells = {
      n11: column(1, 2, 4),
      n10: column(0, 0, 5),
      n01: column(3, 3, 3),
      n00: column(9, 8, 7),
    };
    expect(collapse(cells, Int32Array.of(1, -1, 1), 2)).toEqual({
      n11: column(0, 5),
      n10: column(0, 5),
      n01: column(0, 6),
      n00: column(0, 16),
    });
  });
});
