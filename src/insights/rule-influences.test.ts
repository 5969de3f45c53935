import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contextOf, type OrderLiteral, orderTableOf } from '../model/testing/model-of.ts';
import { BlockedTransactions } from '../rules/block-counts.ts';
import { driftOf } from '../rules/drift.ts';
import { influenceOf, promotionInfluence } from '../rules/influences.ts';
import { type Mined, mined } from '../rules/testing/mined.ts';
import { rulesOf } from '../rules/testing/rules.ts';
import type { Strata } from '../stats/strata.ts';
import { driftDirections, promotionVerdicts, verdicts } from './insights.ts';
import { influenceGroupings, monthsOf, orderBlocks } from './order-blocks.ts';
import { Promotions } from './promotions.ts';
import { bestMarked, ruleInfluences } from './rule-influences.ts';

/** Influences on all rules of some orders, or on those that are studied. */
function studied(orders: readonly OrderLiteral[], which?: Int32Array) {
  const { orders: table, baskets } = orderTableOf({ orders });
  const { rules } = mined(baskets, 1);
  const context = contextOf({ orders, itemCodes: table.itemCodes });
  const blocks = orderBlocks(context);
  const found = ruleInfluences(
    rules,
    which ?? rules.consequent.map((_, r) => r),
    new BlockedTransactions(baskets, blocks.blockOf, blocks.sizes.length),
    {
      groupings: influenceGroupings(blocks, context.channelNames, []),
      months: monthsOf(blocks),
      promotions: new Promotions(context, blocks, baskets.itemCount),
    },
  );
  const sidesOf = (r: number) => ({
    from: [...rules.antecedentItems.subarray(rules.antecedentOffsets[r], rules.antecedentOffsets[r + 1])].map(
      (item) => table.itemCodes[item]!,
    ),
    to: table.itemCodes[rules.consequent[r]!]!,
  });
  return { rules, sidesOf, ...found };
}

/** The tables of a rule in groups of orders, counted one by one. */
function tablesIn(groups: readonly (readonly OrderLiteral[])[], from: string[], to: string): Strata {
  const count = (left: boolean, right: boolean) =>
    Int32Array.from(
      groups,
      (orders) =>
        orders.filter(
          ({ items }) => from.every((item) => items.includes(item)) === left && items.includes(to) === right,
        ).length,
    );
  return {
    n11: count(true, true),
    n10: count(true, false),
    n01: count(false, true),
    n00: count(false, false),
  };
}

const inGroups = (count: number) => ({
  names: Array.from({ length: count }, (_, g) => String(g)),
  of: Int32Array.from({ length: count }, (_, g) => g),
});

const order = fc.record({
  items: fc.uniqueArray(fc.constantFrom<string[]>('a', 'b', 'c'), { minLength: 1 }),
  day: fc.integer({ min: 19_000, max: 19_090 }),
  channel: fc.constantFrom('m', 'n'),
  promoted: fc.constantFrom<string[]>([], [], ['a']),
});
const anyShop = fc.array(order, { minLength: 4, maxLength: 60 }).map((orders) =>
  orders.map(({ promoted, ...one }) => ({
    ...one,
    promoted: promoted.filter((code) => one.items.includes(code)),
  })),
);

describe('ruleInfluences', () => {
  it('has the figures of each rule within the channels', () => {
    fc.assert(
      fc.property(anyShop, (orders) => {
        const { rules, sidesOf, influences } = studied(orders);
        const channels = ['m', 'n'].map((name) => orders.filter(({ channel }) => channel === name));
        const found = influences.find(({ name }) => name === 'channel');
        if (channels.some(({ length }) => length < 2)) {
          expect(found).toBeUndefined();
          return;
        }
        for (const r of rules.consequent.keys()) {
          const { from, to } = sidesOf(r);
          const figures = [found!.crudeOddsRatio, found!.oddsRatio, found!.low, found!.high, found!.differsP];
          const actual = [verdicts[found!.verdict[r]!], ...figures.map((column) => column[r])];
          const strata = tablesIn(channels, from, to);
          const tells = channels.some(
            (_, g) =>
              (strata.n11[g]! + strata.n10[g]!) * (strata.n01[g]! + strata.n00[g]!) > 0 &&
              (strata.n11[g]! + strata.n01[g]!) * (strata.n10[g]! + strata.n00[g]!) > 0,
          );
          if (!tells) {
            expect(actual).toEqual(['not-studied', ...figures.map(() => Number.NaN)]);
            continue;
          }
          const { verdict, crude, common, differsP } = influenceOf(strata, inGroups(2));
          const expected = [crude.estimate, common.estimate, common.low, common.high, differsP];
          expect(actual).toEqual([verdict, ...expected]);
        }
      }),
    );
  });

  it('tells apart where one of the items was on promotion that day in that channel', () => {
    fc.assert(
      fc.property(anyShop, (orders) => {
        const { rules, sidesOf, promotion } = studied(orders);
        const isAny = orders.some(({ promoted }) => promoted.length > 0);
        const isInside = ({ day, channel }: OrderLiteral, codes: string[]): boolean =>
          orders.some(
            (other) =>
              other.day === day &&
              other.channel === channel &&
              other.promoted.some((code) => codes.includes(code)),
          );
        for (const r of rules.consequent.keys()) {
          const { from, to } = sidesOf(r);
          const inside = orders.filter((one) => isInside(one, [...from, to]));
          const outside = orders.filter((one) => !isInside(one, [...from, to]));
          const { verdict } = promotionInfluence(tablesIn([outside, inside], from, to), Int32Array.of(0, 1));
          expect(promotionVerdicts[promotion[r]!]).toBe(isAny ? verdict : 'not-studied');
        }
      }),
    );
  });

  it('knows rules that a promotion alone makes, and rules that fade', () => {
    const every = (count: number, items: string[], more: Partial<OrderLiteral> = {}): OrderLiteral[] =>
      Array.from({ length: count }, () => ({ items, ...more }));
    const sale = { day: 40, promoted: ['a'] };
    const orders = [
      ...every(30, ['a', 'b'], sale),
      ...every(30, ['c'], { day: 40 }),
      ...every(30, ['a']),
      ...every(30, ['b']),
      ...every(30, ['a', 'b']),
      ...every(30, ['c']),
    ];
    const { rules, sidesOf, promotion, drift } = studied(orders);
    const r = [...rules.consequent.keys()].find(
      (one) => sidesOf(one).from.join() === 'a' && sidesOf(one).to === 'b',
    )!;
    expect(promotionVerdicts[promotion[r]!]).toBe('only-in-promotion');
    expect(driftDirections[drift[r]!]).toBe('rising');
    const tables = tablesIn([orders.slice(60), orders.slice(0, 60)], ['a'], 'b');
    expect(driftOf(tables, inGroups(2)).direction).toBe('rising');
  });

  it('leaves other rules not studied', () => {
    const orders = Array.from({ length: 40 }, (_, n) => ({
      items: n % 4 < 2 ? ['a', 'b'] : n % 4 === 2 ? ['a'] : ['c'],
      day: 19_000 + n,
      channel: n % 3 === 0 ? 'm' : 'n',
      promoted: n === 0 ? ['a'] : [],
    }));
    const { influences, promotion, drift, rules } = studied(orders, Int32Array.of(1));
    expect(rules.consequent.length).toBeGreaterThan(1);
    const studiedIn = (column: Uint8Array): number[] => [...column.keys()].filter((r) => column[r] !== 0);
    expect(influences.map(({ name, verdict }) => [name, studiedIn(verdict)])).toEqual([
      ['season', [1]],
      ['weekday', [1]],
      ['channel', [1]],
    ]);
    expect([studiedIn(promotion), studiedIn(drift)]).toEqual([[1], [1]]);
  });
});

describe('bestMarked', () => {
  const rule = (support: number, consequent: number): Mined['rules'] =>
    rulesOf(100, [{ from: [0], to: 1, support, antecedent: 20, consequent }]);

  it('takes the best by leverage, then by support', () => {
    const figures: [support: number, consequent: number][] = [
      [10, 20],
      [15, 70],
      [11, 25],
      [14, 20],
      [20, 20],
    ];
    const rules = rulesOf(
      100,
      figures.map(([support, consequent], n) => ({ from: [n], to: 9, support, antecedent: 20, consequent })),
    );
    const marked = Uint8Array.of(1, 1, 1, 1, 0);
    expect([...bestMarked(rules, marked, 10)]).toEqual([3, 2, 0, 1]);
    expect([...bestMarked(rules, marked, 2)]).toEqual([3, 2]);
    expect([...bestMarked(rule(3, 20), Uint8Array.of(0), 2)]).toEqual([]);
  });
});
