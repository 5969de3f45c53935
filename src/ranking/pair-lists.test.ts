import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bagsWithBoth,
  closeness,
  drawnConfidence,
  type PairListOptions,
  type PairLists,
  pairLists,
} from './pair-lists.ts';
import { transactionsFrom } from './testing/shops.ts';

const itemCount = 8;
const anyBag = fc.uniqueArray(fc.integer({ min: 0, max: itemCount - 1 }), { maxLength: 6 });
const anyOptions = fc.record({
  longest: fc.integer({ min: 1, max: 9 }),
  minCount: fc.integer({ min: 1, max: 4 }),
});

interface Lead {
  readonly item: number;
  readonly count: number;
  readonly confidence: number;
  readonly closeness: number;
}

function leadsOf(lists: PairLists, item: number): Lead[] {
  const leads: Lead[] = [];
  for (let p = lists.offsets[item]!; p < lists.offsets[item + 1]!; p++)
    leads.push({
      item: lists.items[p]!,
      count: bagsWithBoth(lists, item, p),
      confidence: lists.confidences[p]!,
      closeness: lists.closenesses[p]!,
    });
  return leads;
}

/** What an item leads to, by counting. */
function counted(
  bags: readonly { left: number[]; right: number[] }[],
  item: number,
  isSame: boolean,
  { longest, minCount, isUnlisted }: PairListOptions,
): Lead[] {
  const left = bags.filter((bag) => bag.left.includes(item)).length;
  const leads: Lead[] = [];
  for (let other = 0; other < itemCount; other++) {
    if ((isSame && other === item) || isUnlisted?.(item, other)) continue;
    const count = bags.filter((bag) => bag.left.includes(item) && bag.right.includes(other)).length;
    const right = bags.filter((bag) => bag.right.includes(other)).length;
    if (count < minCount) continue;
    leads.push({
      item: other,
      count,
      confidence: Math.fround(count / (left + 3)),
      closeness: count / (Math.sqrt(left * right) + 5),
    });
  }
  return leads
    .sort((a, b) => b.closeness - a.closeness || a.item - b.item)
    .slice(0, longest)
    .map((lead) => ({ ...lead, closeness: Math.fround(lead.closeness) }));
}

describe('pairLists', () => {
  it('lists what counting finds, where both sides are the same', () => {
    fc.assert(
      fc.property(fc.array(anyBag, { maxLength: 25 }), anyOptions, (bags, options) => {
        const transactions = transactionsFrom(bags, itemCount);
        const lists = pairLists({ left: transactions, right: transactions }, options);
        const both = bags.map((bag) => ({ left: bag, right: bag }));
        for (let item = 0; item < itemCount; item++)
          expect(leadsOf(lists, item)).toEqual(counted(both, item, true, options));
      }),
    );
  });

  it('leaves out what is not to be listed, and lists the next best in its place', () => {
    const anyPairs = fc.uniqueArray(fc.nat(itemCount ** 2 - 1), { maxLength: itemCount ** 2 });
    fc.assert(
      fc.property(fc.array(anyBag, { maxLength: 25 }), anyOptions, anyPairs, (bags, options, pairs) => {
        const unlisted = new Set(pairs);
        const some = {
          ...options,
          isUnlisted: (item: number, other: number) => unlisted.has(item * itemCount + other),
        };
        const transactions = transactionsFrom(bags, itemCount);
        const lists = pairLists({ left: transactions, right: transactions }, some);
        const both = bags.map((bag) => ({ left: bag, right: bag }));
        for (let item = 0; item < itemCount; item++)
          expect(leadsOf(lists, item)).toEqual(counted(both, item, true, some));
      }),
    );
  });

  it('lists what counting finds in steps, an item itself too', () => {
    const anyStep = fc.record({ left: anyBag, right: anyBag });
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 25 }), anyOptions, (steps, options) => {
        const side = (which: 'left' | 'right') =>
          transactionsFrom(
            steps.map((step) => step[which]),
            itemCount,
          );
        const lists = pairLists({ left: side('left'), right: side('right') }, options);
        for (let item = 0; item < itemCount; item++)
          expect(leadsOf(lists, item)).toEqual(counted(steps, item, false, options));
        const holding = (which: 'left' | 'right') =>
          Int32Array.from(
            { length: itemCount },
            (_, item) => steps.filter((step) => step[which].includes(item)).length,
          );
        expect(lists.lefts).toEqual(holding('left'));
        expect(lists.rights).toEqual(holding('right'));
      }),
    );
  });

  it('cuts lists among equally close ones by number, whatever the order of the bags', () => {
    const bags = [
      [0, 3],
      [0, 2],
      [0, 1],
      [0, 4],
    ];
    for (const order of [bags, bags.toReversed()]) {
      const transactions = transactionsFrom(order, itemCount);
      const lists = pairLists({ left: transactions, right: transactions }, { longest: 3, minCount: 1 });
      expect(leadsOf(lists, 0).map(({ item }) => item)).toEqual([1, 2, 3]);
    }
  });

  it('states figures drawn towards 0', () => {
    // Golden: 6 of 9 bags and 6 in √(9 × 16) + 5.
    expect(drawnConfidence(6, 9)).toBe(0.5);
    expect(closeness(6, 9, 16)).toBe(6 / 17);
  });
});

describe('bagsWithBoth', () => {
  const listsOf = (count: number, left: number): PairLists => ({
    offsets: Int32Array.of(0, 1, 1),
    items: Int32Array.of(1),
    confidences: Float32Array.of(drawnConfidence(count, left)),
    closenesses: new Float32Array(1),
    lefts: Int32Array.of(left, count),
    rights: Int32Array.of(left, count),
  });
  const largest = 2 ** 23 - 1;

  it('is exact for all counts below 2^23', () => {
    const anyCounts = fc.oneof(
      fc.tuple(fc.nat(largest), fc.nat(largest)),
      fc.tuple(
        fc.integer({ min: largest - 5000, max: largest }),
        fc.integer({ min: largest - 5000, max: largest }),
      ),
    );
    fc.assert(
      fc.property(anyCounts, ([a, b]) => {
        const [count, left] = [Math.min(a, b), Math.max(a, b)];
        expect(bagsWithBoth(listsOf(count, left), 0, 0)).toBe(count);
      }),
      { numRuns: 2000 },
    );
  });

  it('is off by a 2^-24th above', () => {
    fc.assert(
      fc.property(fc.integer({ min: largest, max: 2 ** 31 - 4 }), fc.nat(1000), (count, more) => {
        const left = Math.min(count + more, 2 ** 31 - 4);
        expect(Math.abs(bagsWithBoth(listsOf(count, left), 0, 0) - count)).toBeLessThanOrEqual(
          count * 2 ** -24 + 0.5,
        );
      }),
    );
  });
});
