import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { influenceGroupings, monthsOf, orderBlocks, widestBlocks } from './order-blocks.ts';
import type { OrderContext } from './order-context.ts';

const dayOf = (date: string): number => Date.parse(date) / 86_400_000;

function contextOf(orders: readonly (readonly [date: string, channel: number])[]): OrderContext {
  return {
    day: Int32Array.from(orders, ([date]) => dayOf(date)),
    channel: Int32Array.from(orders, ([, channel]) => channel),
    channelNames: ['web', 'shop', 'phone'],
    promotedBaskets: new Int32Array(0),
    promotedItems: new Int32Array(0),
    tree: {
      names: [],
      parents: new Int32Array(0),
      levelStarts: Int32Array.of(0),
      productNodes: new Int32Array(0),
    },
  };
}

/** The groups of an influence with the numbers of the baskets in them. */
function groupsOf(
  context: OrderContext,
  name: string,
  periods: { name: string; from: number; to: number }[] = [],
) {
  const blocks = orderBlocks(context);
  const found = influenceGroupings(blocks, context.channelNames, periods).find((one) => one.name === name);
  return found?.grouping.names.map((group, g) => [
    group,
    [...blocks.blockOf.keys()].filter((basket) => found.grouping.of[blocks.blockOf[basket]!] === g),
  ]);
}

const orders = contextOf([
  ['2023-12-31', 0],
  ['2024-05-06', 1],
  ['2024-05-06', 1],
  ['2024-12-08', 0],
  ['2024-05-07', -1],
  ['2024-06-01', 2],
]);

describe('orderBlocks', () => {
  it('puts baskets of one day and channel together, and no others', () => {
    const order = fc.record({
      date: fc.integer({ min: -3, max: 3 }),
      channel: fc.integer({ min: -1, max: 2 }),
    });
    fc.assert(
      fc.property(fc.array(order, { maxLength: 20 }), (list) => {
        const context = {
          ...orders,
          day: Int32Array.from(list, ({ date }) => date),
          channel: Int32Array.from(list, ({ channel }) => channel),
        };
        const { blockOf, day, channel, sizes } = orderBlocks(context);
        expect(list.map((_, t) => ({ date: day[blockOf[t]!], channel: channel[blockOf[t]!] }))).toEqual(list);
        expect(sizes).toHaveLength(new Set(list.map(({ date, channel }) => `${date} ${channel}`)).size);
        expect([...sizes]).toEqual(
          Array.from(sizes, (_, b) => blockOf.filter((block) => block === b).length),
        );
      }),
    );
  });
});

describe('influenceGroupings', () => {
  it('groups baskets by season, weekday, channel and period, without groups of one basket', () => {
    expect(groupsOf(orders, 'season')).toEqual([
      ['May', [1, 2, 4]],
      ['December', [0, 3]],
    ]);
    expect(groupsOf(orders, 'weekday')).toEqual([
      ['Monday', [1, 2]],
      ['Sunday', [0, 3]],
    ]);
    expect(groupsOf(orders, 'channel')).toEqual([
      ['web', [0, 3]],
      ['shop', [1, 2]],
    ]);
    const spring = { name: 'spring', from: dayOf('2024-05-06'), to: dayOf('2024-06-30') };
    expect(groupsOf(orders, 'period', [spring])).toEqual([
      ['spring', [1, 2, 4, 5]],
      ['otherwise', [0, 3]],
    ]);
  });

  it('leaves out influences that all baskets are under alike', () => {
    const alike = contextOf([
      ['2024-05-06', 1],
      ['2024-05-13', 1],
    ]);
    expect(influenceGroupings(orderBlocks(alike), alike.channelNames, [])).toEqual([]);
    const none = contextOf([]);
    expect(influenceGroupings(orderBlocks(none), none.channelNames, [])).toEqual([]);
  });
});

describe('widestBlocks', () => {
  it('leaves every basket in its groups, in one block for each choice of groups that occurs', () => {
    const order = fc.tuple(fc.integer({ min: 19_700, max: 19_800 }), fc.integer({ min: -1, max: 2 }));
    fc.assert(
      fc.property(fc.array(order, { maxLength: 40 }), (list) => {
        const context = {
          ...orders,
          day: Int32Array.from(list, ([day]) => day),
          channel: Int32Array.from(list, ([, channel]) => channel),
        };
        const blocks = orderBlocks(context);
        const groupings = influenceGroupings(blocks, context.channelNames, []);
        const byDay = {
          blockOf: blocks.blockOf,
          blockCount: blocks.sizes.length,
          groupings,
          months: monthsOf(blocks),
        };
        const wide = widestBlocks(byDay);
        const groupsOfBaskets = ({ blockOf, groupings: influences, months }: typeof byDay) =>
          list.map((_, basket) =>
            [months, ...influences.map(({ grouping }) => grouping)].map(
              ({ names, of }) => names[of[blockOf[basket]!]!],
            ),
          );
        const groups = groupsOfBaskets(byDay);
        expect(groupsOfBaskets(wide as typeof byDay)).toEqual(groups);
        expect(wide.groupings.map(({ name }) => name)).toEqual(groupings.map(({ name }) => name));
        expect(wide.blockCount).toBe(new Set(groups.map((names) => names.join())).size);
      }),
    );
  });
});

describe('monthsOf', () => {
  it('follows time over years, passing over months without orders', () => {
    const { names, of } = monthsOf(orderBlocks(orders));
    expect(names).toEqual(['2023-12', '2024-05', '2024-06', '2024-12']);
    expect([...of]).toEqual([0, 1, 3, 1, 2]);
  });
});
