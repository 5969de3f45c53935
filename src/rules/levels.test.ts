import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transactionCount } from '../baskets/transactions.ts';
import { fpGrowth } from '../mining/fp-growth.ts';
import { anyBaskets } from '../mining/testing/baskets.ts';
import { extendedBaskets, itemParents, withoutTrivial } from '../taxonomy/levels.ts';
import { anyTree, treeOf } from '../taxonomy/testing/trees.ts';
import { rulesAt } from './constrain-rules.ts';
import { generateRules } from './generate.ts';
import { type InterestOptions, newsAmongLevels, ruleLevels, withoutTrivialRules } from './levels.ts';
import type { RuleColumns } from './rule-columns.ts';
import { anyRules, listedRules, type RuleLiteral, rulesOf } from './testing/rules.ts';

/** As a rule with counts of whole transactions; the rest does not matter to what is tested. */
const rule = (from: number[], to: number, support: number, antecedent: number): RuleLiteral => ({
  from,
  to,
  support,
  antecedent,
  consequent: 1000,
});

function literalsOf(rules: RuleColumns): RuleLiteral[] {
  return Array.from(rules.consequent, (to, r) => ({
    from: [...rules.antecedentItems.subarray(rules.antecedentOffsets[r], rules.antecedentOffsets[r + 1])],
    to,
    support: rules.supportCount[r],
    antecedent: rules.antecedentCount[r],
    consequent: rules.consequentCount[r],
  }));
}

describe('ruleLevels', () => {
  it('tells products, categories and rules across', () => {
    const tree = treeOf(['Home'], ['Garden']);
    const rules = rulesOf(9, [
      rule([0], 1, 1, 1),
      rule([2], 3, 1, 1),
      rule([0], 3, 1, 1),
      rule([0, 3], 1, 1, 1),
    ]);
    expect(ruleLevels(rules, tree)).toEqual(['product', 'category', 'across', 'across']);
  });
});

describe('withoutTrivialRules', () => {
  it('drops rules with an item and its own ancestor, on whatever side', () => {
    const parents = itemParents(treeOf(['Home'], ['Garden']));
    const good = [rule([0], 1, 1, 1), rule([0], 3, 1, 1)];
    const trivial = [rule([0], 2, 1, 1), rule([2], 0, 1, 1), rule([0, 2], 1, 1, 1)];
    expect(withoutTrivialRules(rulesOf(9, [...trivial, ...good]), parents)).toEqual(rulesOf(9, good));
  });
});

/** The rules themselves. */
function newsOf(
  rules: RuleColumns,
  parents: Int32Array,
  itemCounts: Int32Array,
  options?: InterestOptions,
): RuleColumns {
  return rulesAt(rules, newsAmongLevels(rules, parents, itemCounts, options));
}

describe('newsAmongLevels', () => {
  // Items: 0 jackets, 1 hiking boots, 2 skirts; 3 clothes, 4 footwear; 5 outerwear (jackets), 6 dresses.
  const tree = treeOf(['Clothes', 'Outerwear'], ['Footwear'], ['Clothes', 'Dresses']);
  const parents = itemParents(tree);
  const [jackets, boots, clothes, footwear, outerwear] = [0, 1, 3, 4, 5];
  const itemCounts = Int32Array.of(100, 300, 50, 500, 1000, 200, 50);
  const remaining = (literals: RuleLiteral[], minInterest?: number): RuleLiteral[] =>
    literalsOf(newsOf(rulesOf(5000, literals), parents, itemCounts, { minInterest }));

  // The example of the paper (VLDB 1995): supports 10, 8 and 4 where items have 5, 2 and 1.
  const fromClothes = rule([clothes], footwear, 10, 500);
  const fromOuterwear = rule([outerwear], footwear, 8, 200);
  const fromJackets = rule([jackets], footwear, 4, 100);

  it('measures a rule by its closest ancestor, not by one further up', () => {
    expect(remaining([fromJackets, fromOuterwear, fromClothes], 2)).toEqual([fromOuterwear, fromClothes]);
    expect(remaining([fromJackets, fromClothes], 2)).toEqual([fromJackets, fromClothes]);
  });

  it('passes over an ancestor that is redundant itself', () => {
    // Outerwear is just as clothes predict; jackets are twice what clothes do, and what outerwear does.
    const dull = rule([outerwear], footwear, 4, 200);
    expect(remaining([fromJackets, dull, fromClothes], 2)).toEqual([fromJackets, fromClothes]);
  });

  it('knows nothing new in a quarter of a category that holds a quarter of the time', () => {
    // Milk with cereal: 8 %, 70 % confident; skim milk, a quarter of it: 2 %, 70 %.
    const milk = itemParents(treeOf(['milk'], []));
    const rules = rulesOf(1000, [rule([2], 1, 80, 114), rule([0], 1, 20, 28)]);
    const counts = Int32Array.of(28, 200, 114);
    expect(literalsOf(newsOf(rules, milk, counts))).toHaveLength(1);
  });

  it('keeps a rule exactly at R times the prediction, by default 1.1', () => {
    const ancestor = rule([outerwear], footwear, 140, 200);
    for (const [support, stays] of [
      [77, true],
      [76, false],
      [10, false],
    ] as const) {
      const descendant = rule([jackets], footwear, support, 100);
      expect(remaining([descendant, ancestor])).toEqual(stays ? [descendant, ancestor] : [ancestor]);
    }
  });

  it('keeps a rule for its confidence alone, the consequent replaced', () => {
    // Boots are 0.3 of footwear. Of 100 with clothes and 0.2 confident, predicted: 30, and 0.06.
    const ancestor = rule([clothes], footwear, 100, 500);
    const confident = rule([clothes], boots, 20, 250);
    expect(remaining([ancestor, confident], 1.3)).toEqual([ancestor, confident]);
    expect(remaining([ancestor, confident], 1.4)).toEqual([ancestor]);
  });

  it('does not look beyond the closest ancestor on any side', () => {
    // Less often than clothes with footwear predict, but twice as confident; jackets are twice what outerwear predicts.
    const ancestors = [rule([clothes], footwear, 100, 500), rule([outerwear], boots, 6, 50)];
    const descendant = rule([jackets], boots, 6, 100);
    expect(remaining([...ancestors, descendant], 2)).toEqual([...ancestors, descendant]);
    expect(remaining([ancestors[0]!, descendant], 2)).toEqual([ancestors[0]]);
  });

  it('replaces several items at once', () => {
    const ancestor = rule([clothes], footwear, 100, 500);
    // 100 × 100/500 × 300/1000 = 6.
    expect(remaining([rule([jackets], boots, 6, 100), ancestor])).toEqual([ancestor]);
    expect(remaining([rule([jackets], boots, 7, 100), ancestor])).toHaveLength(2);
  });

  it('takes no rules, and keeps all where items have no tree', () => {
    expect(remaining([])).toEqual([]);
    fc.assert(
      fc.property(anyRules(), (rules) => {
        const flat = new Int32Array(8).fill(-1);
        expect(newsOf(rules, flat, new Int32Array(8).fill(5))).toEqual(rules);
      }),
    );
  });

  it.each([0.9, 0, Number.NaN])('refuses a minimum interest of %d', (minInterest) => {
    expect(() => remaining([fromClothes], minInterest)).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    );
  });

  it.each([rule([jackets], 7, 1, 1), rule([8], boots, 1, 1)])(
    'refuses an item that is not counted',
    (unknown) => {
      expect(() => remaining([unknown])).toThrow(
        expect.objectContaining({ code: 'bad-input', message: expect.stringContaining('The item') }),
      );
    },
  );

  it('agrees with the definition, rule against rule', () => {
    const tenths = fc.integer({ min: 0, max: 10 }).map((n) => n / 10);
    const interest = fc.constantFrom(1, 1.1, 1.25, 1.5, 2);
    fc.assert(
      fc.property(anyBaskets(), anyTree(8), tenths, interest, (baskets, tree, minConfidence, minInterest) => {
        const extended = extendedBaskets(baskets, tree);
        const parents = itemParents(tree);
        const sets = withoutTrivial(fpGrowth(extended, { minSupport: 2, maxLength: 4 }), parents);
        const rules = generateRules(sets, transactionCount(extended), { minConfidence });
        fc.pre(rules.consequent.length <= 400);
        const counts = new Int32Array(extended.itemCount);
        for (const item of extended.items) counts[item]++;
        const kept = newsOf(rules, parents, counts, { minInterest });
        const expected = byDefinition(literalsOf(rules), parents, counts, minInterest);
        expect(listedRules(kept)).toEqual(listedRules(rulesOf(transactionCount(extended), expected)));
      }),
      { numRuns: 60 },
    );
  });
});

/** The rules that are R-interesting, by comparing all with all. */
function byDefinition(
  rules: RuleLiteral[],
  parents: Int32Array,
  counts: Int32Array,
  minInterest: number,
): RuleLiteral[] {
  const isOrIsUnder = (item: number, above: number): boolean =>
    item === above || (parents[item] >= 0 && isOrIsUnder(parents[item], above));
  /** The items of the ancestor in the order of those that they replace; undefined when it is no ancestor. */
  const matched = (rest: number[], above: number[]): number[] | undefined => {
    if (rest.length === 0) return above.length === 0 ? [] : undefined;
    for (const item of above) {
      if (!isOrIsUnder(rest[0]!, item)) continue;
      const others = matched(
        rest.slice(1),
        above.filter((other) => other !== item),
      );
      if (others) return [item, ...others];
    }
    return undefined;
  };
  const replaced = (rule: RuleLiteral, ancestor: RuleLiteral): number[] | undefined => {
    if (rule === ancestor || !isOrIsUnder(rule.to, ancestor.to)) return undefined;
    return matched(rule.from, ancestor.from);
  };
  const known = new Map<RuleLiteral, boolean>();
  const isInteresting = (rule: RuleLiteral): boolean => {
    const decided = known.get(rule);
    if (decided !== undefined) return decided;
    const ancestors = rules.filter((other) => replaced(rule, other) && isInteresting(other));
    const closest = ancestors.filter((far) => !ancestors.some((near) => near !== far && replaced(near, far)));
    const verdict = closest.every((ancestor) => {
      const toShare = counts[rule.to]! / counts[ancestor.to]!;
      const share = replaced(rule, ancestor)!.reduce(
        (product, above, i) => product * (counts[rule.from[i]!]! / counts[above]!),
        toShare,
      );
      const enough = minInterest - 1e-9;
      const confidenceOf = ({ support, antecedent }: RuleLiteral): number => support / antecedent;
      return (
        rule.support / (ancestor.support * share) >= enough ||
        confidenceOf(rule) / (confidenceOf(ancestor) * toShare) >= enough
      );
    });
    known.set(rule, verdict);
    return verdict;
  };
  return rules.filter(isInteresting);
}
