import { describe, expect, it } from 'vitest';
import { transactionCount } from '../baskets/transactions.ts';
import { fpGrowth } from '../mining/fp-growth.ts';
import { groceries } from '../mining/testing/groceries.ts';
import { modelOf, studySettings } from '../model/testing/model-of.ts';
import { generateRules } from '../rules/generate.ts';
import { treeOf } from '../taxonomy/testing/trees.ts';
import { type RuleTests, relations } from './insights.ts';
import { type StudyInput, study } from './study.ts';

const { baskets, products } = groceries();

function groceriesInput(minSupport: number, minConfidence: number): StudyInput {
  const itemsets = fpGrowth(baskets, { minSupport });
  const n = transactionCount(baskets);
  return {
    baskets,
    itemsets,
    rules: generateRules(itemsets, n, { minConfidence }),
    context: {
      day: new Int32Array(n),
      channel: new Int32Array(n).fill(-1),
      channelNames: [],
      promotedBaskets: new Int32Array(0),
      promotedItems: new Int32Array(0),
      tree: treeOf(...Array.from({ length: baskets.itemCount }, () => [])),
    },
    settings: { ...studySettings, relatedItems: 50, matrixItems: 20 },
  };
}

const significantAt = (alpha: number, logP: Float64Array): number =>
  logP.filter((value) => value <= Math.log(alpha)).length;

describe('study', () => {
  // analytics.md, "Rules and their statistics": arules 1.7.13 and three programs of Borgelt.
  it.each([
    { minSupport: 60, minConfidence: 0.25, rules: 463, fisher: 453, adjusted: 453, redundant: 18 },
    { minSupport: 10, minConfidence: 0.8, rules: 410, fisher: 410, adjusted: 410, redundant: 18 },
    { minSupport: 10, minConfidence: 0.5, rules: 5668, fisher: 5594, adjusted: 5594, redundant: 572 },
  ])('tests the $rules rules of Groceries at $minSupport and $minConfidence', (known) => {
    const { tests }: { tests: RuleTests } = study(groceriesInput(known.minSupport, known.minConfidence));
    expect(tests.isShown).toHaveLength(known.rules);
    expect(significantAt(0.01, tests.logP)).toBe(known.fisher);
    expect(significantAt(0.01, tests.adjustedLogP)).toBe(known.adjusted);
    expect(tests.improvement.filter((value) => value <= 0)).toHaveLength(known.redundant);
    // All baskets are of one day: there are no later ones.
    expect(tests.laterLogP.every(Number.isNaN)).toBe(true);
  });

  it('finds what goes together in Groceries, and looks for no more than it is told of', () => {
    const { relations: found, ...others } = study(groceriesInput(60, 0.25));
    const names = Array.from(found.a, (a, row) => {
      const [one, other] = [a, found.b[row]!].map((item) => products.nameOf(item)).sort();
      return `${one} ${relations[found.relation[row]!]} ${other}`;
    });
    expect(names).toContain('berries complement whipped/sour cream');
    expect(names).not.toContain('canned beer complement whole milk');
    expect(others.influences).toEqual([]);
    expect(others.promotion.every((verdict) => verdict === 0)).toBe(true);
    expect(others.categories.rules.consequent).toHaveLength(0);
    expect(products.nameOf(others.pairs.items[0]!)).toBe('whole milk');
    expect(others.pairs.pairs).toHaveLength((20 * 19) / 2);
  });

  it('has something to say of hardly any orders', () => {
    for (const orders of [
      [],
      [{ items: [] }],
      [{ items: ['tea'], day: 3, channel: 'web', promoted: ['tea'] }],
    ]) {
      const { tests, influences, bundles } = modelOf({ orders, categories: {} }).insights;
      expect([tests.isShown.length, influences.length, bundles.together.length]).toEqual([0, 0, 0]);
    }
  });

  it('refuses what does not go together', () => {
    const input = groceriesInput(100, 0.5);
    const context = (more: Partial<StudyInput['context']>) => ({
      ...input,
      context: { ...input.context, ...more },
    });
    const settings = (more: Partial<StudyInput['settings']>) => ({
      ...input,
      settings: { ...input.settings, ...more },
    });
    for (const [wrong, message] of [
      [context({ tree: treeOf([]) }), 'The category tree is of 1 products, the baskets of 169.'],
      [
        context({ day: new Int32Array(3) }),
        'There must be a block for each of the 9835 transactions, not 3.',
      ],
      [settings({ alpha: 0 }), 'The level of significance must be above 0 and at most 1, not 0.'],
      [settings({ periods: [{ name: 'x', from: 2, to: 1 }] }), 'The period "x" ends before it begins.'],
    ] as const) {
      expect(() => study(wrong)).toThrow(expect.objectContaining({ code: 'bad-input', message }));
    }
  });
});
