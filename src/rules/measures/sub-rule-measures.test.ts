import { describe, expect, it } from 'vitest';
import { type Transactions, transactionCount } from '../../baskets/transactions.ts';
import { fpGrowth } from '../../mining/fp-growth.ts';
import { groceries } from '../../mining/testing/groceries.ts';
import { generateRules } from '../generate.ts';
import type { RuleColumns } from '../rule-columns.ts';
import { rulesOf } from '../testing/rules.ts';
import { measureColumn } from './measure-column.ts';

const minedFrom = (baskets: Transactions, minSupport: number, minConfidence: number): RuleColumns =>
  generateRules(fpGrowth(baskets, { minSupport }), transactionCount(baskets), { minConfidence });

describe('improvement, boost and LIC', () => {
  const rules = rulesOf(100, [
    { from: [0], to: 2, support: 30, antecedent: 60, consequent: 50 },
    { from: [1], to: 2, support: 20, antecedent: 50, consequent: 50 },
    { from: [0, 1], to: 2, support: 12, antecedent: 16, consequent: 50 },
    { from: [0, 1], to: 3, support: 12, antecedent: 16, consequent: 50 },
    { from: [0, 1, 3], to: 2, support: 3, antecedent: 6, consequent: 50 },
  ]);

  it('compare with the best of the more general rules', () => {
    expect([...measureColumn(rules, 'improvement')]).toEqual([0.5, 0.4, 0.25, 0.75, -0.25]);
    expect([...measureColumn(rules, 'boost')]).toEqual([Infinity, Infinity, 1.5, Infinity, 0.5 / 0.75]);
    expect(measureColumn(rules, 'LIC')).toEqual(measureColumn(rules, 'boost'));
  });

  // Rules that no more general one is as confident as, as counted by arules 1.7.13.
  it.each([
    { minSupport: 99, minConfidence: 0.5, count: 15 },
    { minSupport: 99, minConfidence: 0.25, count: 168 },
    { minSupport: 50, minConfidence: 0.5, count: 119 },
    { minSupport: 50, minConfidence: 0.25, count: 635 },
    { minSupport: 10, minConfidence: 0.8, count: 392 },
    { minSupport: 10, minConfidence: 0.5, count: 5096 },
    { minSupport: 5, minConfidence: 0.8, count: 7610 },
  ])(
    'tell the $count rules of Groceries at $minSupport and $minConfidence that are not redundant',
    (known) => {
      const mined = minedFrom(groceries().baskets, known.minSupport, known.minConfidence);
      expect(measureColumn(mined, 'improvement').filter((value) => value > 0)).toHaveLength(known.count);
      expect(measureColumn(mined, 'LIC').filter((value) => value > 1)).toHaveLength(known.count);
    },
  );
});
