import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Transactions } from '../baskets/transactions.ts';
import { fpGrowth } from './fp-growth.ts';
import { IncrementalSupports } from './incremental.ts';
import { absoluteSupport } from './options.ts';
import { basketsOf } from './testing/baskets.ts';
import { bruteForce } from './testing/brute-force.ts';
import { groceries } from './testing/groceries.ts';
import { itemsetsOf, linesOf, sortedLinesOf } from './testing/itemsets.ts';

type Rows = number[][];

/** The supports of a full run over these baskets, which knew only the items in them. */
function trackedIn(rows: Rows, trackedSupport: number, maxLength?: number): IncrementalSupports {
  const baskets = basketsOf(...rows);
  const itemsets = fpGrowth(baskets, { minSupport: trackedSupport, maxLength });
  return new IncrementalSupports(itemsets, {
    transactionCount: rows.length,
    trackedSupport,
    maxLength,
    itemCount: baskets.itemCount,
  });
}

/** By set: how many baskets hold it, for all sets that any holds. */
function countedIn(rows: Rows, maxLength?: number): Map<string, number> {
  const lines = linesOf(bruteForce(basketsOf(...rows), { minSupport: 1, maxLength }));
  return new Map(lines.map((line) => line.split(': ')).map(([set, support]) => [set!, Number(support)]));
}

const setsOf = (lines: string[]): string[] => lines.map((line) => line.split(': ')[0]!);

describe('IncrementalSupports', () => {
  const rows = [[0, 1], [0, 1], [0, 2], [3]];

  it('counts new baskets and bounds what is not tracked', () => {
    const supports = trackedIn(rows, 2);
    expect(sortedLinesOf(supports.itemsets())).toEqual(['0: 3', '1: 2', '0 1: 2']);
    expect(supports.untrackedSupport).toBe(1);
    expect(supports.fullRunDue(0.5)).toBe(false);
    expect(supports.fullRunDue(1)).toBe(true);
    expect(supports.remaining(0.5)).toBe(1);

    supports.add(basketsOf([0, 2], [0, 1, 2]));
    expect(supports.transactionCount).toBe(6);
    expect(sortedLinesOf(supports.itemsets())).toEqual(['0: 5', '1: 3', '0 1: 3']);
    // {2} was in one basket at most and is in two of the new ones.
    expect(supports.untrackedSupport).toBe(3);
    expect(supports.fullRunDue(0.5)).toBe(true);
    expect(supports.remaining(0.5)).toBe(0);
    expect(supports.fullRunDue(4)).toBe(false);
    expect(sortedLinesOf(supports.frequent(4))).toEqual(['0: 5']);
  });

  it('does not let baskets raise the bound whose sets are all tracked', () => {
    const supports = trackedIn(rows, 2);
    supports.add(basketsOf([0, 1], [], [1], [0, 1]));
    expect(supports.untrackedSupport).toBe(1);
    expect(supports.transactionCount).toBe(8);
  });

  it('counts pairs of tracked items that are not tracked themselves', () => {
    const supports = trackedIn([[0], [0], [1], [1], [2], [2]], 2);
    supports.add(basketsOf([0, 1], [0, 2], [1, 2], [0, 1, 2]));
    expect(supports.untrackedSupport).toBe(1 + 2);
  });

  it('counts larger sets whose subsets are all tracked', () => {
    const supports = trackedIn(
      [
        [0, 1],
        [0, 1],
        [0, 2],
        [0, 2],
        [1, 2],
        [1, 2],
      ],
      2,
    );
    supports.add(basketsOf([0, 1, 2], [0, 1], [0, 1, 2, 3], [0, 1, 2]));
    expect(supports.untrackedSupport).toBe(1 + 3);
  });

  it('knows that a new item was in no basket', () => {
    const supports = trackedIn(rows, 2);
    supports.add(basketsOf([7], [7, 9]));
    expect(supports.untrackedSupport).toBe(2);
    const unknown = new IncrementalSupports(itemsetsOf(), { transactionCount: 4, trackedSupport: 2 });
    unknown.add(basketsOf([7], [7, 9]));
    expect(unknown.untrackedSupport).toBe(3);
  });

  it('leaves sets out of account that are longer than those of the full run', () => {
    const cut = trackedIn([[0, 1, 2]], 1, 2);
    cut.add(basketsOf([0, 1, 2]));
    expect(cut.untrackedSupport).toBe(0);
  });

  it('starts from nothing', () => {
    const supports = new IncrementalSupports(itemsetsOf(), { transactionCount: 0, trackedSupport: 1 });
    expect(supports.fullRunDue(0.1)).toBe(false);
    supports.add(basketsOf([0]));
    expect(supports.fullRunDue(0.1)).toBe(true);
    expect(linesOf(supports.frequent(1))).toEqual([]);
  });

  it('lists the itemsets in the order in which they were given', () => {
    const given = itemsetsOf([[5], 2], [[1, 5], 1], [[1], 3]);
    const supports = new IncrementalSupports(given, { transactionCount: 3, trackedSupport: 1 });
    supports.add(basketsOf([1, 5]));
    expect(linesOf(supports.itemsets())).toEqual(['5: 3', '1 5: 2', '1: 4']);
    expect(linesOf(supports.frequent(0.75))).toEqual(['5: 3', '1: 4']);
    expect([...given.supports]).toEqual([2, 1, 3]);
  });

  it('removes what was counted, all or nothing', () => {
    const supports = trackedIn(rows, 2);
    supports.remove(basketsOf([0, 1], [3]));
    const left = ['0: 2', '1: 1', '0 1: 1'];
    expect(sortedLinesOf(supports.itemsets())).toEqual(left);
    expect(supports.transactionCount).toBe(2);
    const refused = expect.objectContaining({ code: 'bad-input' });
    expect(() => supports.remove(basketsOf([0, 1], [0, 1]))).toThrow(refused);
    expect(() => supports.remove(basketsOf([], [], []))).toThrow(refused);
    expect(sortedLinesOf(supports.itemsets())).toEqual(left);
    expect(supports.transactionCount).toBe(2);
    expect(supports.untrackedSupport).toBe(1);
  });

  const complete = itemsetsOf([[0], 3], [[1], 2], [[0, 1], 2]);
  it.each([
    [itemsetsOf([[0], 3], [[0, 1], 2]), { transactionCount: 3, trackedSupport: 2 }],
    [complete, { transactionCount: 3, trackedSupport: 3 }],
    [complete, { transactionCount: 2, trackedSupport: 2 }],
    [complete, { transactionCount: 3, trackedSupport: 0 }],
    [complete, { transactionCount: 3, trackedSupport: 0.5 }],
    [complete, { transactionCount: Number.NaN, trackedSupport: 2 }],
    [complete, { transactionCount: 3, trackedSupport: 2, maxLength: 1 }],
    [complete, { transactionCount: 3, trackedSupport: 2, maxLength: 0 }],
  ])('refuses itemsets that are incomplete or do not fit their run (%#)', (itemsets, run) => {
    expect(() => new IncrementalSupports(itemsets, run)).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    );
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses the minimum support %d', (minSupport) => {
    const supports = trackedIn(rows, 2);
    const refused = expect.objectContaining({ code: 'bad-input' });
    expect(() => supports.frequent(minSupport)).toThrow(refused);
    expect(() => supports.fullRunDue(minSupport)).toThrow(refused);
    expect(() => supports.remaining(minSupport)).toThrow(refused);
  });

  const basket = fc.oneof(fc.array(fc.nat(3), { maxLength: 6 }), fc.array(fc.nat(7), { maxLength: 6 }));
  const newBasket = fc.oneof(basket, fc.array(fc.nat(9), { maxLength: 6 }));
  const length = fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined });

  it('is exact for tracked sets, and never too low for others, whatever comes and goes', () => {
    const change = fc.record({
      added: fc.array(newBasket, { maxLength: 8 }),
      removed: fc.array(fc.nat(), { maxLength: 2 }),
    });
    const share = fc.integer({ min: 1, max: 20 }).map((n) => n / 20);
    fc.assert(
      fc.property(
        fc.array(basket, { maxLength: 25 }),
        fc.integer({ min: 1, max: 5 }),
        length,
        fc.array(change, { maxLength: 4 }),
        share,
        (rows, trackedSupport, maxLength, changes, minSupport) => {
          const supports = trackedIn(rows, trackedSupport, maxLength);
          const tracked = new Set(setsOf(linesOf(supports.itemsets())));
          for (const { added, removed } of changes) {
            supports.add(basketsOf(...added));
            rows = [...rows, ...added];
            for (const at of removed.filter((at) => at < rows.length)) {
              supports.remove(basketsOf(rows[at]!));
              rows = rows.toSpliced(at, 1);
            }
            const truth = countedIn(rows, maxLength);
            const inTruth = [...tracked].map((set) => `${set}: ${truth.get(set) ?? 0}`);
            expect(linesOf(supports.itemsets()).sort()).toEqual(inTruth.sort());
            const untracked = [...truth].filter(([set]) => !tracked.has(set)).map(([, support]) => support);
            expect(supports.untrackedSupport).toBeGreaterThanOrEqual(Math.max(0, ...untracked));
            expect(supports.transactionCount).toBe(rows.length);

            const needed = absoluteSupport(minSupport, rows.length);
            const frequent = [...truth].filter(([, support]) => support >= needed).map(([set]) => set);
            if (!supports.fullRunDue(minSupport)) {
              expect(setsOf(linesOf(supports.frequent(minSupport))).sort()).toEqual(frequent.sort());
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is due no sooner than it says', () => {
    const minSupport = fc.oneof(
      fc.integer({ min: 1, max: 19 }).map((n) => n / 20),
      fc.integer({ min: 1, max: 12 }),
    );
    fc.assert(
      fc.property(
        fc.array(basket, { maxLength: 25 }),
        fc.integer({ min: 1, max: 3 }),
        minSupport,
        newBasket,
        (rows, trackedSupport, minSupport, next) => {
          const supports = trackedIn(rows, trackedSupport);
          const remaining = supports.remaining(minSupport);
          expect(remaining).toBeGreaterThanOrEqual(0);
          if (supports.fullRunDue(minSupport)) expect(remaining).toBe(0);
          for (let more = 1; more <= remaining; more++) {
            supports.add(basketsOf(next));
            expect(supports.fullRunDue(minSupport)).toBe(false);
            expect(supports.remaining(minSupport)).toBeGreaterThanOrEqual(remaining - more);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('needs no full run over the last third of Groceries', () => {
    const { baskets } = groceries();
    const rows = Array.from({ length: 9835 }, (_, t) => rowOf(baskets, t));
    const supports = trackedIn(rows.slice(0, 6500), 33);
    for (let from = 6500; from < rows.length; from += 500) {
      supports.add(basketsOf(...rows.slice(from, from + 500)));
      expect(supports.fullRunDue(0.01)).toBe(false);
    }
    const minSupport = absoluteSupport(0.01, rows.length);
    expect(sortedLinesOf(supports.frequent(0.01))).toEqual(sortedLinesOf(fpGrowth(baskets, { minSupport })));
    const tracked = new Set(setsOf(linesOf(supports.itemsets())));
    const all = linesOf(fpGrowth(baskets, { minSupport: 20 })).map((line) => line.split(': '));
    const untracked = all.filter(([set]) => !tracked.has(set!)).map(([, support]) => Number(support));
    expect(supports.untrackedSupport).toBeGreaterThanOrEqual(Math.max(...untracked));
    expect(supports.untrackedSupport).toBeLessThan(2 * Math.max(...untracked));
  });
});

function rowOf({ offsets, items }: Transactions, t: number): number[] {
  return [...items.subarray(offsets[t], offsets[t + 1])];
}
