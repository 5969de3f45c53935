import {
  byMonth,
  byPeriod,
  bySeason,
  byWeekday,
  type Days,
  type Grouping,
  type Period,
} from '../rules/calendar.ts';
import type { InfluenceName } from './insights.ts';
import type { OrderContext } from './order-context.ts';

/** Baskets in blocks of one day and one channel; only blocks that hold some are there, in the order they first do. */
export interface OrderBlocks {
  /** By basket. */
  readonly blockOf: Int32Array;
  /** By block: its day and channel, as in {@link OrderContext}. */
  readonly day: Int32Array;
  readonly channel: Int32Array;
  /** By block: how many baskets it has. */
  readonly sizes: Int32Array;
}

export function orderBlocks({ day, channel, channelNames }: OrderContext): OrderBlocks {
  const numbers = new Map<number, number>();
  const days: number[] = [];
  const channels: number[] = [];
  const sizes: number[] = [];
  const blockOf = day.map((date, basket) => {
    const key = date * (channelNames.length + 1) + channel[basket] + 1;
    const block = numbers.get(key) ?? days.length;
    if (block === days.length) {
      numbers.set(key, block);
      days.push(date);
      channels.push(channel[basket]);
      sizes.push(0);
    }
    sizes[block]++;
    return block;
  });
  return {
    blockOf,
    day: Int32Array.from(days),
    channel: Int32Array.from(channels),
    sizes: Int32Array.from(sizes),
  };
}

/** Blocks told apart by an influence. */
export interface InfluenceGrouping {
  readonly name: InfluenceName;
  readonly grouping: Grouping;
}

/**
 * The influences that the blocks tell of. Groups of one basket tell nothing and are left out, and so are influences of which
 * fewer than two groups remain, such as the channel where there is but one.
 *
 * @throws PairwellError `bad-input` for impossible periods
 */
export function influenceGroupings(
  blocks: OrderBlocks,
  channelNames: readonly string[],
  periods: readonly Period[],
): InfluenceGrouping[] {
  const perDay = (grouping: (days: Days) => Grouping): Grouping => groupedByDay(blocks, grouping);
  const all: InfluenceGrouping[] = [
    { name: 'season', grouping: perDay(bySeason) },
    { name: 'weekday', grouping: perDay(byWeekday) },
    { name: 'channel', grouping: { names: channelNames, of: blocks.channel } },
    { name: 'period', grouping: perDay((days) => byPeriod(days, periods)) },
  ];
  return all
    .map(({ name, grouping }) => ({ name, grouping: withoutSmallGroups(grouping, blocks.sizes, 2) }))
    .filter(({ grouping }) => grouping.names.length >= 2);
}

/** Baskets in blocks, and how these are told apart. */
export interface GroupedBlocks {
  /** By basket. */
  readonly blockOf: Int32Array;
  readonly blockCount: number;
  readonly groupings: readonly InfluenceGrouping[];
  readonly months: Grouping;
}

/**
 * The same groups of baskets in as few blocks as tell them apart: a rule takes time for each block. Where promotions go by day,
 * these blocks are too wide for them.
 */
export function widestBlocks({ blockOf, groupings, months }: GroupedBlocks): GroupedBlocks {
  const all = [months, ...groupings.map(({ grouping }) => grouping)];
  const numbers = new Map<string, number>();
  const kept: number[] = [];
  const numberOf = months.of.map((_, block) => {
    const groups = all.map(({ of }) => of[block]).join();
    const number = numbers.get(groups) ?? kept.length;
    if (number === kept.length) {
      numbers.set(groups, number);
      kept.push(block);
    }
    return number;
  });
  const wide = ({ names, of }: Grouping): Grouping => ({
    names,
    of: Int32Array.from(kept, (block) => of[block]),
  });
  return {
    blockOf: blockOf.map((block) => numberOf[block]),
    blockCount: kept.length,
    groupings: groupings.map(({ name, grouping }) => ({ name, grouping: wide(grouping) })),
    months: wide(months),
  };
}

/** Blocks by month, in order of time; months without a basket are no step of it. */
export function monthsOf(blocks: OrderBlocks): Grouping {
  return withoutSmallGroups(groupedByDay(blocks, byMonth), blocks.sizes, 1);
}

function groupedByDay({ day }: OrderBlocks, group: (days: Days) => Grouping): Grouping {
  // No spread into Math.min: there may be more blocks than a call takes arguments.
  const first = day.reduce((least, date) => Math.min(least, date), day[0] ?? 0);
  const last = day.reduce((most, date) => Math.max(most, date), first);
  const { names, of } = group({ first, count: last - first + 1 });
  return { names, of: day.map((date) => of[date - first]) };
}

/** The grouping without the groups that have fewer than so many baskets: these blocks are in none. */
function withoutSmallGroups({ names, of }: Grouping, sizes: Int32Array, fewest: number): Grouping {
  const counts = new Int32Array(names.length);
  of.forEach((group, block) => {
    if (group >= 0) counts[group] += sizes[block];
  });
  const kept = names.map((_, group) => group).filter((group) => counts[group] >= fewest);
  const numberOf = new Int32Array(names.length).fill(-1);
  kept.forEach((group, number) => {
    numberOf[group] = number;
  });
  return {
    names: kept.map((group) => names[group]),
    of: of.map((group) => (group < 0 ? -1 : numberOf[group])),
  };
}
