import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PopularityOptions, popularItems } from './popularity.ts';
import { anyOrders, anySegments, type OrderLiteral, orderTableOf } from './testing/model-of.ts';

type Lists = Record<string, [item: string, orders: number][]>;

/** The popularity lists by name; the shop's is called `shop`. */
function listsOf(
  orders: readonly OrderLiteral[],
  segments: Readonly<Record<string, string>>,
  options: Partial<PopularityOptions> = {},
): Lists {
  const { orders: table, baskets } = orderTableOf({ orders, segments });
  const groups = popularItems(table, baskets, {
    recentDays: 90,
    today: 30_000,
    listLength: 100,
    minSegmentOrders: 1,
    ...options,
  });
  expect(groups.offsets).toHaveLength(table.segmentNames.length + 2);
  return Object.fromEntries(
    ['shop', ...table.segmentNames].map((name, g) => {
      const entries = Array.from(groups.items.subarray(groups.offsets[g], groups.offsets[g + 1]));
      return [name, entries.map((item, n) => [table.itemCodes[item], groups.counts[groups.offsets[g] + n]])];
    }),
  );
}

describe('popularItems', () => {
  it('counts orders, not units, and puts the best-selling first, ties by item number', () => {
    const orders = [{ items: ['tea', 'tea', 'jam'] }, { items: ['bread'] }, { items: ['bread', 'jam'] }];
    expect(listsOf(orders, {}).shop).toEqual([
      ['jam', 2],
      ['bread', 2],
      ['tea', 1],
    ]);
  });

  it('counts the days back from the newest order, whenever that was', () => {
    const orders = [
      { items: ['old'], day: 100 },
      { items: ['edge'], day: 101 },
      { items: ['new'], day: 110 },
    ];
    expect(listsOf(orders, {}, { recentDays: 10 }).shop.map(([item]) => item)).toEqual(['edge', 'new']);
  });

  it('is not emptied by an order dated in the future', () => {
    const orders = [
      { items: ['old'], day: 90 },
      { items: ['new'], day: 110 },
      { items: ['mistaken'], day: 9000 },
    ];
    expect(listsOf(orders, {}, { recentDays: 10, today: 111 }).shop.map(([item]) => item)).toEqual(['new']);
  });

  it('has a list for each segment with enough recent orders', () => {
    const orders = [
      { items: ['tea'], customer: 'ann' },
      { items: ['tea'], customer: 'ben' },
      { items: ['jam'], customer: 'eva' },
      { items: ['jam'] },
    ];
    const segments = { ann: 'FR', ben: 'FR', eva: 'DE' };
    expect(listsOf(orders, segments, { minSegmentOrders: 2 })).toEqual({
      shop: [
        ['tea', 2],
        ['jam', 2],
      ],
      FR: [['tea', 2]],
      DE: [],
    });
  });

  it('cuts a list at its length', () => {
    const orders = [{ items: ['a', 'b', 'c'] }, { items: ['c'] }];
    expect(listsOf(orders, {}, { listLength: 2 }).shop).toEqual([
      ['c', 2],
      ['a', 1],
    ]);
  });

  it('is empty without orders', () => {
    expect(listsOf([], { ann: 'FR' })).toEqual({ shop: [], FR: [] });
  });

  it('agrees with counting one by one', () => {
    const options = fc.record({
      recentDays: fc.integer({ min: 1, max: 12 }),
      today: fc.integer({ min: 19_003, max: 19_010 }),
      listLength: fc.integer({ min: 1, max: 7 }),
      minSegmentOrders: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(anyOrders(), anySegments(), options, (orders, segments, options) => {
        const past = orders.filter(({ day }) => day! <= options.today);
        const newest = Math.max(...past.map(({ day }) => day!));
        const recent = past.filter(({ day }) => day! > newest - options.recentDays);
        const codes = [...new Set(orders.flatMap(({ items }) => items))];
        const counted = (within: readonly OrderLiteral[]) =>
          codes
            .map((code): [string, number] => [
              code,
              within.filter(({ items }) => items.includes(code)).length,
            ])
            .filter(([, count]) => count > 0)
            .sort((a, b) => b[1] - a[1] || codes.indexOf(a[0]) - codes.indexOf(b[0]))
            .slice(0, options.listLength);
        const expected: Lists = { shop: counted(recent) };
        for (const name of new Set(Object.values(segments))) {
          const own = recent.filter(({ customer }) => customer !== undefined && segments[customer] === name);
          expected[name] = own.length >= options.minSegmentOrders ? counted(own) : [];
        }
        expect(listsOf(orders, segments, options)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});
