import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ItemTrends, itemTrends, trend, trendWidth } from './item-trends.ts';
import { salesCalendar } from './sales-calendar.ts';
import { anyShop, type BasketLiteral, basketsIn, itemCountOfAny, shopFrom } from './testing/shops.ts';

const none = Number.NaN;
const kinds = ['overall', 'recent', 'latest', 'season', 'rise', 'age', 'idle'] as const;

/** As its docstring says it, from the baskets before the day alone. */
function byHand(all: readonly BasketLiteral[], itemCount: number, today: number) {
  const baskets = all.filter(({ day }) => day < today);
  const first = Math.min(...all.map(({ day }) => day));
  const between = (from: number, to: number) => baskets.filter(({ day }) => day >= from && day < to);
  const startOf = (span: number, enough: number): number => {
    let start = today - span;
    while (start > first && between(start, today).length < enough) start--;
    return start;
  };
  const shareIn = (some: readonly BasketLiteral[], item: number): number =>
    some.length === 0 ? 0 : some.filter(({ items }) => items.includes(item)).length / some.length;
  const recent = between(startOf(28, 1000), today);
  const latest = between(startOf(7, 300), today);
  const season = between(today - 364 - 14, today - 364 + 14);
  const hasSeason = today - 364 - 14 >= first && season.length >= 300;
  const figures = Array.from({ length: itemCount }, (_, item) => {
    const overall = shareIn(baskets, item);
    const days = baskets.filter(({ items }) => items.includes(item)).map(({ day }) => day);
    return {
      overall,
      recent: shareIn(recent, item),
      latest: shareIn(latest, item),
      season: hasSeason ? shareIn(season, item) : Number.NaN,
      rise: overall > 0 ? Math.fround(shareIn(recent, item)) / Math.fround(overall) : Number.NaN,
      age: days.length > 0 ? today - Math.min(...days) : Number.NaN,
      idle: days.length > 0 ? today - Math.max(...days) : Number.NaN,
    };
  });
  const popular = [...figures.keys()]
    .filter((item) => figures[item]!.overall > 0)
    .sort(
      (a, b) => figures[b]!.recent - figures[a]!.recent || figures[b]!.overall - figures[a]!.overall || a - b,
    );
  return { figures, popular };
}

/** Three years: a basket a day at first, then ten to seventeen; items come and go. */
const longYears: BasketLiteral[] = Array.from({ length: 1100 }, (_, day) =>
  Array.from({ length: day < 300 ? 1 : 10 + ((day * 7) % 8) }, (_, n) => ({
    customer: -1,
    day,
    items: [...new Set([(day + n) % 5, (day * n) % 7, Math.floor(day / 100)])],
  })),
).flat();

const columnOf = ({ rows }: ItemTrends, kind: keyof typeof trend): Float32Array =>
  rows.filter((_, at) => at % trendWidth === trend[kind]);

function expectTrends(
  baskets: readonly BasketLiteral[],
  itemCount: number,
  today: number,
  listed: number,
): void {
  const trends = itemTrends(salesCalendar(shopFrom(baskets, itemCount)), today, listed);
  const { figures, popular } = byHand(baskets, itemCount, today);
  for (const kind of kinds)
    expect(columnOf(trends, kind), `${kind} on day ${today}`).toEqual(
      Float32Array.from(figures, (one) => one[kind]),
    );
  expect([...trends.popular]).toEqual(popular.slice(0, listed));
  expect(trends.day).toBe(today);
}

describe('itemTrends', () => {
  it('says of any day what the baskets before it say', () => {
    fc.assert(
      fc.property(anyShop, fc.integer({ min: 90, max: 700 }), fc.nat(45), (shop, today, listed) => {
        expectTrends(basketsIn(shop), itemCountOfAny, today, listed);
      }),
    );
  });

  it.each([0, 1, 2, 28, 29, 200, 377, 378, 379, 500, 800, 1064, 1100, 1101, 1130, 1500, 3000])(
    'says of day %i of long years what the windows hold, with the season of the year before',
    (today) => expectTrends(longYears, 11, today, 7),
  );

  it('has a season where the year before had 300 baskets, not where it had fewer', () => {
    const trendsOn = (today: number) =>
      columnOf(itemTrends(salesCalendar(shopFrom(longYears, 11)), today, 5), 'season')[0];
    expect(trendsOn(1100)).toBeGreaterThan(0);
    // Ten baskets a day were enough, one a day was not.
    expect(trendsOn(600)).toBeNaN();
  });

  it('knows nothing of a shop without baskets', () => {
    const trends = itemTrends(salesCalendar(shopFrom([], 3)), 500, 5);
    const row = {
      overall: 0,
      recent: 0,
      latest: 0,
      season: none,
      rise: none,
      again: 0,
      age: none,
      idle: none,
    };
    for (const [kind, value] of Object.entries(row))
      expect([...columnOf(trends, kind as keyof typeof trend)], kind).toEqual([value, value, value]);
    expect(trends.popular).toHaveLength(0);
  });
});
