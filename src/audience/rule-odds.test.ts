import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyOrders, modelOf } from '../model/testing/model-of.ts';
import { ruleCount } from '../rules/rule-columns.ts';
import { ruleOdds } from './rule-odds.ts';

describe('ruleOdds', () => {
  it('are the confidence of the surest rule that all is owned of, or the share of baskets', () => {
    fc.assert(
      fc.property(anyOrders(), fc.nat(5), fc.nat(3), (orders, pick, modulus) => {
        const { rules, itemCounts, itemCodes, customerCodes, purchases } = modelOf({ orders });
        fc.pre(itemCodes.size > 0);
        const item = pick % itemCodes.size;
        const serves = (rule: number): boolean => rule % (modulus + 1) === 0;
        const items = Int32Array.of(item);
        const odds = ruleOdds({
          ...{ rules, itemCounts, histories: purchases, items, serves },
          weights: Float64Array.of(1),
        });
        const leading = Array.from({ length: ruleCount(rules) }, (_, rule) => rule).filter(
          (rule) => rules.consequent[rule] === item && serves(rule),
        );
        expect(odds === undefined).toBe(leading.length === 0);
        if (!odds) return;
        const out = new Float64Array(customerCodes.size);
        odds.fill(0, out.length, out);
        for (let customer = 0; customer < out.length; customer++) {
          const code = customerCodes.get(customer);
          const bought = orders.filter((order) => order.customer === code).flatMap((order) => order.items);
          const owned = new Set(bought.map((one) => itemCodes.indexOf(one)));
          const fired = leading.filter((rule) =>
            rules.antecedentItems
              .subarray(rules.antecedentOffsets[rule], rules.antecedentOffsets[rule + 1])
              .every((one) => owned.has(one)),
          );
          const sure = fired.map((rule) => rules.supportCount[rule]! / rules.antecedentCount[rule]!);
          const share = itemCounts[item]! / rules.transactionCount;
          const expected = sure.length > 0 ? Math.max(...sure) : share;
          if (owned.size === 0) expect(out[customer]).toBeNaN();
          else expect(out[customer]).toBeCloseTo(expected, 12);
        }
      }),
    );
  });

  it('are the weighted mean over several items', () => {
    const orders = [
      { customer: 'X', items: ['a', 'b'] },
      { customer: 'Y', items: ['a'] },
      { customer: 'Z', items: ['c', 'd'] },
    ];
    const { rules, itemCounts, itemCodes, purchases } = modelOf({ orders });
    const items = Int32Array.of(itemCodes.indexOf('b'), itemCodes.indexOf('d'));
    const odds = ruleOdds({
      ...{ rules, itemCounts, histories: purchases, items, serves: () => true },
      weights: Float64Array.of(0.75, 0.25),
    })!;
    const out = new Float64Array(3);
    odds.fill(0, 3, out);
    // b with a in one of two; d in one of three orders, and always with c.
    expect(out[1]).toBeCloseTo(0.75 * 0.5 + 0.25 / 3, 12);
    expect(out[2]).toBeCloseTo(0.75 / 3 + 0.25, 12);
  });
});
