import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeModel, encodeModel } from '../model/model.ts';
import { anyOrders, contextOf, modelOf, type OrderLiteral, orderTableOf } from '../model/testing/model-of.ts';
import { BlockedTransactions } from '../rules/block-counts.ts';
import { decayedRules } from './decayed-rules.ts';
import { orderBlocks } from './order-blocks.ts';

it('gives every studied rule its shares of the weights of baskets', () => {
  fc.assert(
    fc.property(anyOrders(), fc.double({ min: 0.5, max: 100, noNaN: true }), (orders, halfLife) => {
      const { rules, itemCodes } = modelOf({ orders });
      const { baskets } = orderTableOf({ orders });
      const codes = Array.from({ length: itemCodes.size }, (_, item) => itemCodes.get(item));
      const blocks = orderBlocks(contextOf({ orders, itemCodes: codes }));
      const blocked = new BlockedTransactions(baskets, blocks.blockOf, blocks.sizes.length);
      const studied = rules.consequent.map((_, r) => r).filter((r) => r % 3 !== 1);
      const found = decayedRules(rules, studied, blocked, blocks, halfLife);

      const newest = Math.max(...orders.map(({ day = 0 }) => day));
      const weightOf = (...wanted: string[]): number =>
        orders
          .filter(({ items }) => wanted.every((code) => items.includes(code)))
          .reduce((sum, { day = 0 }) => sum + 2 ** (-(newest - day) / halfLife), 0);
      rules.consequent.forEach((item, r) => {
        const figures = [found.support[r], found.confidence[r], found.lift[r]];
        if (r % 3 === 1) {
          expect(figures).toEqual([Number.NaN, Number.NaN, Number.NaN]);
          return;
        }
        const { antecedentOffsets: offsets, antecedentItems } = rules;
        const left = Array.from(antecedentItems.subarray(offsets[r], offsets[r + 1]), (at) => codes[at]!);
        const [both, alone, right, all] = [
          weightOf(...left, codes[item]!),
          weightOf(...left),
          weightOf(codes[item]!),
          weightOf(),
        ];
        const expected = [both / all, both / alone, (both * all) / (alone * right)];
        expected.forEach((value, n) => {
          expect(figures[n]! / value).toBeCloseTo(1, 9);
        });
      });
    }),
    { numRuns: 50 },
  );
});

/** Tea goes with sugar for a hundred days, then with lemon. */
const changing: OrderLiteral[] = Array.from({ length: 200 }, (_, day) => ({
  items: day % 2 === 0 ? ['soap'] : ['tea', day < 100 ? 'sugar' : 'lemon'],
  day,
}));

it('tells what holds now from what held once, and is stored with the model', () => {
  const model = modelOf({ orders: changing, study: { halfLifeDays: 10 } });
  const { decayed } = model.insights;
  const rule = model.rules.consequent.findIndex((item, r) => {
    const { antecedentOffsets: offsets, antecedentItems } = model.rules;
    const isTea = model.itemCodes.get(antecedentItems[offsets[r]!]!) === 'tea';
    return isTea && offsets[r + 1]! - offsets[r]! === 1 && model.itemCodes.get(item) === 'sugar';
  });
  expect(model.rules.supportCount[rule]! / model.rules.antecedentCount[rule]!).toBe(0.5);
  expect(decayed!.confidence[rule]).toBeLessThan(0.002);
  expect(decodeModel(encodeModel(model)).insights.decayed).toEqual(decayed);
  expect(decodeModel(encodeModel(modelOf({ orders: changing }))).insights.decayed).toBeNull();
});
