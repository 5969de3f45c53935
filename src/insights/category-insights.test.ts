import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transactionCount } from '../baskets/transactions.ts';
import { fpGrowth } from '../mining/fp-growth.ts';
import { anyBaskets, basketsOf } from '../mining/testing/baskets.ts';
import { generateRules } from '../rules/generate.ts';
import { withoutRedundantDescendants, withoutTrivialRules } from '../rules/levels.ts';
import { counterIn, literalsOf } from '../rules/testing/mined.ts';
import { listedRules } from '../rules/testing/rules.ts';
import { ancestorsOf, depthOf } from '../taxonomy/category-tree.ts';
import { extendedBaskets, itemParents } from '../taxonomy/levels.ts';
import { anyTree, treeOf } from '../taxonomy/testing/trees.ts';
import { categoryInsights } from './category-insights.ts';

const options = { alpha: 1, minCategorySupport: 2, minCategoryConfidence: 0.2, matrixItems: 10 };

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
        const left = withoutRedundantDescendants(withoutTrivialRules(all, parents), parents, counts);
        const expected = listedRules(left).filter((line) => {
          const [antecedent, consequent] = line.split(' > ').map((side) => Number.parseInt(side, 10));
          return Math.max(antecedent!, consequent!) >= products;
        });
        const { rules, nodeCounts } = categoryInsights(baskets, tree, options);
        expect(listedRules(rules)).toEqual(expected);
        expect([...nodeCounts]).toEqual([...counts.slice(products)]);
      }),
    );
  });

  it('counts categories two by two at the narrowest level that all products with one reach', () => {
    fc.assert(
      fc.property(anyBaskets(), anyTree(products), (some, tree) => {
        const baskets = { ...some, itemCount: products };
        const { pairs } = categoryInsights(baskets, tree, options);
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
    const { rules } = categoryInsights(baskets, tree, { ...options, minCategoryConfidence: 0.7 });
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
    const found = (alpha: number) => literalsOf(categoryInsights(baskets, tree, { ...options, alpha }).rules);
    const pairs = (alpha: number): string[] =>
      found(alpha).map(({ from, to }) => [from[0]!, to].sort().join(' '));
    expect(pairs(0.05)).toContain('3 4');
    expect(pairs(1e-12)).toEqual([]);
  });

  it('is empty without categories', () => {
    const baskets = basketsOf([0, 1], [0, 1], [0, 1]);
    const { rules, nodeCounts, pairs } = categoryInsights(baskets, treeOf([], []), options);
    expect([rules.consequent, nodeCounts, pairs.items, pairs.pairs].map(({ length }) => length)).toEqual([
      0, 0, 0, 0,
    ]);
    expect([rules.transactionCount, pairs.transactionCount, rules.antecedentOffsets.length]).toEqual([
      3, 3, 1,
    ]);
  });
});
