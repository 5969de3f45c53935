import { type Transactions, transactionCount } from '../baskets/transactions.ts';
import { select } from '../mining/condense.ts';
import { fpGrowth } from '../mining/fp-growth.ts';
import { rulesAt } from '../rules/constrain-rules.ts';
import { generateRules } from '../rules/generate.ts';
import { withoutRedundantDescendants } from '../rules/levels.ts';
import { countPairs, mostFrequentItems, type PairCounts } from '../rules/matrix.ts';
import type { RuleColumns } from '../rules/rule-columns.ts';
import { RulesBuilder } from '../rules/rules-builder.ts';
import { significantRules } from '../rules/significance.ts';
import { type CategoryTree, depthOf } from '../taxonomy/category-tree.ts';
import {
  categoryBaskets,
  extendedBaskets,
  isTrivial,
  itemParents,
  levelOfItems,
} from '../taxonomy/levels.ts';
import type { CategoryInsights } from './insights.ts';

export interface CategoryOptions {
  /** The highest p of a rule by Fisher's test, adjusted for their number (Benjamini and Hochberg): 0 < alpha ≤ 1. */
  readonly alpha: number;
  /** Transactions that must hold both sides of a rule, ≥ 1. */
  readonly minCategorySupport: number;
  /** The least confidence of a rule, 0 … 1. */
  readonly minCategoryConfidence: number;
  /** The most categories in `pairs`, ≥ 1: those of the most transactions. */
  readonly matrixItems: number;
}

const unshared = { shared: false };

/**
 * What is bought together by category. Rules have one item on either side, a lift of 1 or more, and are significant.
 *
 * @param products the products of the tree are its items
 * @throws PairwellError `limit-exceeded` when so low a support brings too many itemsets, `bad-input` for an impossible option
 */
export function categoryInsights(
  products: Transactions,
  tree: CategoryTree,
  options: CategoryOptions,
): CategoryInsights {
  const extended = extendedBaskets(products, tree, unshared);
  const counts = new Int32Array(extended.itemCount);
  for (const item of extended.items) counts[item]++;
  return {
    tree,
    nodeCounts: counts.slice(tree.productNodes.length),
    rules: categoryRules(extended, tree, counts, options),
    pairs: categoryPairs(products, tree, options.matrixItems),
  };
}

function categoryRules(
  extended: Transactions,
  tree: CategoryTree,
  counts: Int32Array,
  { alpha, minCategorySupport: minSupport, minCategoryConfidence: minConfidence }: CategoryOptions,
): RuleColumns {
  const parents = itemParents(tree);
  const isToldOf = (items: Int32Array): boolean =>
    items.length === 1 || (levelOfItems(items, tree) !== 'product' && !isTrivial(items, parents));
  const transactions = transactionCount(extended);
  // Products alone need not be mined again.
  if (tree.names.length === 0) return new RulesBuilder(transactions, 0).build();
  const itemsets = fpGrowth(extended, { minSupport, maxLength: 2 });
  const { offsets, items } = itemsets;
  const told = select(itemsets, (s) => isToldOf(items.subarray(offsets[s], offsets[s + 1])));
  const rules = generateRules(told, transactions, { minConfidence, minLift: 1 });
  const significant = significantRules(rules, { alpha, adjust: 'benjamini-hochberg' });
  return withoutRedundantDescendants(rulesAt(rules, significant), parents, counts);
}

function categoryPairs(products: Transactions, tree: CategoryTree, most: number): PairCounts {
  const depths = [...new Set(tree.productNodes)]
    .filter((node) => node >= 0)
    .map((node) => depthOf(tree, node));
  if (depths.length === 0) return countPairs(products, new Int32Array(0));
  const level = depths.reduce((least, depth) => Math.min(least, depth));
  const { transactions } = categoryBaskets(products, tree, level, unshared);
  return countPairs(transactions, mostFrequentItems(transactions, most));
}
