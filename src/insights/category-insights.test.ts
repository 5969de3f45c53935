import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Transactions, transactionCount } from '../baskets/transactions.ts';
import { fpGrowth } from '../mining/fp-growth.ts';
import { anyBaskets, basketsOf } from '../mining/testing/baskets.ts';
import { rulesAt } from '../rules/constrain-rules.ts';
import { generateRules } from '../rules/generate.ts';
import { newsAmongLevels, withoutTrivialRules } from '../rules/levels.ts';
import { fisherLogP } from '../rules/significance.ts';
import { counterIn, literalsOf } from '../rules/testing/mined.ts';
import { listedRules } from '../rules/testing/rules.ts';
import { benjaminiHochbergLogs } from '../stats/adjust.ts';
import { logFisherGreater } from '../stats/fisher.ts';
import { ancestorsOf, type CategoryTree, depthOf } from '../taxonomy/category-tree.ts';
import { extendedBaskets, itemParents } from '../taxonomy/levels.ts';
import { anyTree, treeOf } from '../taxonomy/testing/trees.ts';
import { type CategoryOptions, categoryInsights } from './category-insights.ts';
import { type CategoryInsights, promotionVerdicts, verdicts } from './insights.ts';
import { influenceGroupings, monthsOf, orderBlocks } from './order-blocks.ts';
import type { OrderContext } from './order-context.ts';

const options: CategoryOptions = {
  alpha: 1,
  laterShare: 0.2,
  maxStudied: 1000,
  minCategorySupport: 2,
  minCategoryConfidence: 0.2,
  matrixItems: 10,
};

/** Of orders that are all of one day and channel, unless told otherwise. */
function insightsOf(
  baskets: Transactions,
  tree: CategoryTree,
  settings = options,
  given: Partial<OrderContext> = {},
): CategoryInsights {
  const context: OrderContext = {
    day: new Int32Array(transactionCount(baskets)),
    channel: new Int32Array(transactionCount(baskets)),
    channelNames: ['shop', 'web'],
    promotedBaskets: new Int32Array(0),
    promotedItems: new Int32Array(0),
    tree,
    ...given,
  };
  const blocks = orderBlocks(context);
  const grouped = {
    blockOf: blocks.blockOf,
    blockCount: blocks.sizes.length,
    groupings: influenceGroupings(blocks, context.channelNames, []),
    months: monthsOf(blocks),
  };
  return categoryInsights(baskets, context, blocks, grouped, settings);
}

const none = new Int32Array(0);

/** Eight products, as many as baskets of tests have. */
const products = 8;

describe('categoryInsights', () => {
  it('has the rules with a category in them, as the whole set of rules has them', () => {
    fc.assert(
      fc.property(anyBaskets(), anyTree(products), (some, tree) => {
        const baskets = { ...some, itemCount: products };
        const extended = extendedBaskets(baskets, tree);
        const counts = Int32Array.from({ length: extended.itemCount }, (_, item) =>
          counterIn(extended)([item]),
        );
        const itemsets = fpGrowth(extended, { minSupport: 2, maxLength: 2 });
        const all = generateRules(itemsets, transactionCount(baskets), { minConfidence: 0.2, minLift: 1 });
        const parents = itemParents(tree);
        const sides = literalsOf(all);
        const withCategory = all.consequent
          .map((_, r) => r)
          .filter((r) => Math.max(...sides[r]!.from, sides[r]!.to) >= products);
        const tested = withoutTrivialRules(rulesAt(all, withCategory), parents);
        const news = newsAmongLevels(tested, parents, counts);
        const { rules, nodeCounts, tests } = insightsOf(baskets, tree);
        expect(listedRules(rules)).toEqual(listedRules(rulesAt(tested, news)));
        expect([...nodeCounts]).toEqual([...counts.slice(products)]);
        const logP = fisherLogP(tested);
        const adjusted = benjaminiHochbergLogs(logP);
        expect([...tests.logP]).toEqual(Array.from(news, (r) => expect.closeTo(logP[r]!, 12)));
        expect([...tests.adjustedLogP]).toEqual(Array.from(news, (r) => expect.closeTo(adjusted[r]!, 12)));
      }),
    );
  });

  it('counts categories two by two at the narrowest level that all products with one reach', () => {
    fc.assert(
      fc.property(anyBaskets(), anyTree(products), (some, tree) => {
        const baskets = { ...some, itemCount: products };
        const { pairs } = insightsOf(baskets, tree, options);
        const paths = Array.from({ length: products }, (_, product) => ancestorsOf(tree, product).reverse());
        const level = Math.min(...paths.map(({ length }) => length).filter((length) => length > 0));
        const rows = Array.from({ length: transactionCount(baskets) }, (_, t) =>
          [...baskets.items.subarray(baskets.offsets[t], baskets.offsets[t + 1])].map(
            (product) => paths[product]![level - 1],
          ),
        );
        const count = (...nodes: number[]): number =>
          rows.filter((row) => nodes.every((node) => row.includes(node))).length;
        const held = [...new Set(rows.flat())].filter((node) => node !== undefined);
        expect(pairs.transactionCount).toBe(rows.length);
        expect([...pairs.items].sort()).toEqual(held.sort());
        expect(held.every((node) => depthOf(tree, node) === level)).toBe(true);
        expect([...pairs.itemCounts]).toEqual(Array.from(pairs.items, (node) => count(node)));
        const lower = (r: number) => [...pairs.items.subarray(0, r)];
        const both = Array.from(pairs.items, (node, r) => lower(r).map((other) => count(node, other)));
        expect([...pairs.pairs]).toEqual(both.flat());
      }),
    );
  });

  it('tells what goes with a category', () => {
    const tree = treeOf(['drink', 'hot'], ['drink', 'cold'], ['food', 'sweet'], []);
    const baskets = basketsOf([0, 2], [0, 2], [1, 2], [1], [3], [3]);
    const { rules } = insightsOf(baskets, tree, { ...options, minCategoryConfidence: 0.7 });
    const nameOf = (item: number): string => (item < 4 ? `product ${item}` : tree.names[item - 4]!);
    const lines = literalsOf(rules).map(({ from, to }) => `${nameOf(from[0]!)} > ${nameOf(to)}`);
    // Of hot and cold drinks, hot ones alone tell more than that food goes with drinks.
    expect(lines).toContain('drink > food');
    expect(lines).toContain('food > drink');
    expect(lines).not.toContain('cold > food');
  });

  it('leaves out what may be chance', () => {
    const tree = treeOf(['drink'], ['food'], ['paper']);
    const repeated = (times: number, basket: number[]): number[][] =>
      Array.from({ length: times }, () => basket);
    const baskets = basketsOf(
      ...repeated(20, [0, 1]),
      ...repeated(20, [2]),
      ...repeated(2, [0, 2]),
      [0],
      [1],
    );
    const found = (alpha: number) => literalsOf(insightsOf(baskets, tree, { ...options, alpha }).rules);
    const pairs = (alpha: number): string[] =>
      found(alpha).map(({ from, to }) => [from[0]!, to].sort().join(' '));
    expect(pairs(0.05)).toContain('3 4');
    expect(pairs(1e-12)).toEqual([]);
  });

  it('has the tests of each rule, in all baskets and in the newest ones', () => {
    const tree = treeOf(['drink', 'hot'], ['drink', 'cold'], ['food', 'sweet'], ['paper']);
    const baskets = basketsOf(
      ...Array.from({ length: 60 }, (_, n) => [[0, 2], [0, 2], [0, 2], [3], [1, 3], [2, 3]][n % 6]!),
    );
    const day = Int32Array.from({ length: 60 }, (_, n) => n);
    const { rules, tests } = insightsOf(baskets, tree, { ...options, alpha: 0.05 }, { day });
    const sides = literalsOf(rules);
    expect(sides.length).toBeGreaterThan(2);
    // The last 12 of 60 days hold twice each of the six baskets.
    const laterShare = (items: number[]): number => counterIn(later)(items);
    const later = extendedBaskets(
      basketsOf(
        ...Array.from({ length: 12 }, (_, n) => [[0, 2], [0, 2], [0, 2], [3], [1, 3], [2, 3]][n % 6]!),
      ),
      tree,
    );
    sides.forEach(({ from, to, support, antecedent, consequent }, r) => {
      const table = (both: number, left: number, right: number, n: number) => ({
        n11: both,
        n10: left - both,
        n01: right - both,
        n00: n - left - right + both,
      });
      const logP = logFisherGreater(table(support, antecedent, consequent, 60));
      expect(tests.logP[r]).toBeCloseTo(logP, 9);
      expect(tests.productivityLogP[r]).toBeCloseTo(logP, 9);
      expect(tests.improvement[r]).toBeCloseTo(support / antecedent - consequent / 60, 12);
      const inLater = table(laterShare([from[0]!, to]), laterShare([from[0]!]), laterShare([to]), 12);
      if (!Number.isNaN(tests.laterLogP[r]!))
        expect(tests.laterLogP[r]).toBeCloseTo(logFisherGreater(inLater), 9);
    });
    expect(tests.laterLogP.some((logP) => logP < Math.log(0.1))).toBe(true);
    expect([...tests.isShown]).toEqual(sides.map(() => 1));
  });

  it('tells what becomes of rules when influences are held still, and of a promotion of a product', () => {
    // Jam and tea, and whatever else is of their kind, are bought together on days when some jam is on promotion, and else not.
    const tree = treeOf(['sweet'], ['sweet'], ['hot'], ['paper']);
    const offered = Array.from({ length: 40 }, (_, n) => (n % 4 < 3 ? [0, 2] : [3]));
    const usual = Array.from({ length: 360 }, (_, n) => [[0], [1], [2]][n % 12] ?? [3]);
    const baskets = basketsOf(...offered, ...usual);
    const context = {
      day: Int32Array.from({ length: 400 }, (_, n) => (n < 40 ? 0 : 1)),
      channel: Int32Array.from({ length: 400 }, (_, n) => Math.floor(n / 12) % 2),
      promotedBaskets: Int32Array.of(0, 1),
      promotedItems: Int32Array.of(0, 0),
    };
    const settings = { ...options, alpha: 0.05, minCategoryConfidence: 0 };
    const found = insightsOf(baskets, tree, settings, context);
    const sweetHot = literalsOf(found.rules).findIndex(({ from, to }) => from[0] === 4 && to === 5);
    expect(promotionVerdicts[found.promotion[sweetHot]!]).toBe('only-in-promotion');
    const channel = found.influences.find(({ name }) => name === 'channel')!;
    expect(verdicts[channel.verdict[sweetHot]!]).toBe('holds');
    expect(channel.oddsRatio[sweetHot]).toBeGreaterThan(1);
    const without = insightsOf(baskets, tree, settings, {
      ...context,
      promotedBaskets: none,
      promotedItems: none,
    });
    expect(promotionVerdicts[without.promotion[sweetHot]!]).toBe('not-studied');
    const few = insightsOf(baskets, tree, { ...settings, maxStudied: 1 }, context);
    expect(few.promotion.filter((verdict) => verdict !== 0)).toHaveLength(1);
  });

  it('is empty without categories', () => {
    const baskets = basketsOf([0, 1], [0, 1], [0, 1]);
    const { rules, nodeCounts, pairs } = insightsOf(baskets, treeOf([], []), options);
    expect([rules.consequent, nodeCounts, pairs.items, pairs.pairs].map(({ length }) => length)).toEqual([
      0, 0, 0, 0,
    ]);
    expect([rules.transactionCount, pairs.transactionCount, rules.antecedentOffsets.length]).toEqual([
      3, 3, 1,
    ]);
  });
});
