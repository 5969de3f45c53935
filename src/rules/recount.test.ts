import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TransactionsBuilder } from '../baskets/builder.ts';
import { anyBaskets, basketsOf } from '../mining/testing/baskets.ts';
import { groceries } from '../mining/testing/groceries.ts';
import { recount } from './recount.ts';
import { anyMined, counterIn, literalsOf, mined } from './testing/mined.ts';
import { anyRules, rulesOf } from './testing/rules.ts';

const counts = { support: 1, antecedent: 1, consequent: 1 };

describe('recount', () => {
  it('counts any rules in any baskets', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyRules(),
          anyMined().map(({ rules }) => rules),
        ),
        anyBaskets(),
        (rules, baskets) => {
          const count = counterIn(baskets);
          const recounted = recount(rules, baskets);
          expect(recounted.transactionCount).toBe(baskets.offsets.length - 1);
          expect(literalsOf(recounted)).toEqual(
            literalsOf(rules).map(({ from, to }) => ({
              from,
              to,
              support: count([...from, to]),
              antecedent: count(from),
              consequent: count([to]),
            })),
          );
        },
      ),
    );
  });

  it('comes to the same counts as the mining did', () => {
    const { baskets, rules } = mined(groceries().baskets, 20);
    expect(recount(rules, baskets)).toEqual(rules);
  });

  it('adds up more transactions than fit into one piece', () => {
    const builder = new TransactionsBuilder();
    for (let t = 0; t < 150_001; t++) {
      builder.add([...(t % 2 ? [0] : []), ...(t % 3 ? [1] : []), ...(t % 7 ? [] : [2])]);
    }
    const rules = rulesOf(1, [
      { from: [0, 1], to: 2, ...counts },
      { from: [2], to: 0, ...counts },
    ]);
    // Of each 42 transactions 14 hold 0 and 1, 6 hold 2, 3 hold 2 and 0, 2 hold all; then 19 are left.
    const rest = { all: 1, zeroOne: 6, two: 3, twoZero: 1, zero: 9 };
    const [first, second] = literalsOf(recount(rules, builder.build()));
    expect(first).toMatchObject({
      support: 3571 * 2 + rest.all,
      antecedent: 3571 * 14 + rest.zeroOne,
      consequent: 3571 * 6 + rest.two,
    });
    expect(second).toMatchObject({ support: 3571 * 3 + rest.twoZero, consequent: 3571 * 21 + rest.zero });
  });

  it('counts none where there are no transactions, and of items that they do not know', () => {
    const rules = rulesOf(5, [{ from: [0, 900], to: 7, ...counts }]);
    const zero = { support: 0, antecedent: 0, consequent: 0 };
    expect(literalsOf(recount(rules, basketsOf()))).toEqual([{ from: [0, 900], to: 7, ...zero }]);
    expect(literalsOf(recount(rules, basketsOf([0], [0, 1])))).toEqual([{ from: [0, 900], to: 7, ...zero }]);
  });

  it('takes no rules', () => {
    expect(recount(rulesOf(5, []), basketsOf([0], [1]))).toEqual(rulesOf(2, []));
  });
});
