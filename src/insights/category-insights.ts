import { type Transactions, transactionCount } from '../baskets/transactions.ts';
import { select } from '../mining/condense.ts';
import { fpGrowth } from '../mining/fp-growth.ts';
import { BlockedTransactions } from '../rules/block-counts.ts';
import { rulesAt } from '../rules/constrain-rules.ts';
import { generateRules } from '../rules/generate.ts';
import { newsAmongLevels } from '../rules/levels.ts';
import { countPairs, mostFrequentItems, type PairCounts } from '../rules/matrix.ts';
import type { RuleColumns } from '../rules/rule-columns.ts';
import { evidenceOf } from '../rules/rule-evidence.ts';
import { fisherLogP } from '../rules/significance.ts';
import { benjaminiHochbergLogs } from '../stats/adjust.ts';
import { type CategoryTree, depthOf } from '../taxonomy/category-tree.ts';
import {
  categoryBaskets,
  extendedBaskets,
  isTrivial,
  itemParents,
  levelOfItems,
} from '../taxonomy/levels.ts';
import type { CategoryInsights, RuleTests } from './insights.ts';
import type { GroupedBlocks, OrderBlocks } from './order-blocks.ts';
import type { OrderContext } from './order-context.ts';
import { Promotions, withCategories } from './promotions.ts';
import { bestMarked, ruleInfluences } from './rule-influences.ts';
import { laterLogP, type RuleTestOptions } from './rule-tests.ts';

/** Rules of categories are tested as those of products are. */
export interface CategoryOptions extends RuleTestOptions {
  /** The most shown rules, by leverage, that influences and drift are worked out for, ≥ 1. */
  readonly maxStudied: number;
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
 * @param context of the baskets
 * @param blocks the baskets by day and channel, for promotions
 * @param grouped the same baskets in the blocks that influences are told apart by; where there are promotions, the same blocks
 * @throws PairwellError `limit-exceeded` when so low a support brings too many itemsets, `bad-input` for an impossible option
 */
export function categoryInsights(
  products: Transactions,
  context: OrderContext,
  blocks: OrderBlocks,
  { blockOf, blockCount, groupings, months }: GroupedBlocks,
  options: CategoryOptions,
): CategoryInsights {
  const { tree } = context;
  const extended = extendedBaskets(products, tree, unshared);
  const counts = new Int32Array(extended.itemCount);
  for (const item of extended.items) counts[item]++;
  const { rules, tests } = categoryRules(extended, context, counts, options);
  const studied = bestMarked(rules, tests.isShown, options.maxStudied);
  const blocked = new BlockedTransactions(extended, blockOf, blockCount);
  const promotions = new Promotions(withCategories(context), blocks, extended.itemCount);
  return {
    tree,
    nodeCounts: counts.slice(tree.productNodes.length),
    rules,
    tests,
    ...ruleInfluences(rules, studied, blocked, { groupings, months, promotions }),
    pairs: categoryPairs(products, tree, options.matrixItems),
  };
}

/** The rules that are significant and not redundant, and their tests: adjusted for all that were made. */
function categoryRules(
  extended: Transactions,
  { tree, day }: OrderContext,
  counts: Int32Array,
  options: CategoryOptions,
): { rules: RuleColumns; tests: RuleTests } {
  const { alpha, minCategorySupport: minSupport, minCategoryConfidence: minConfidence } = options;
  const parents = itemParents(tree);
  const isToldOf = (items: Int32Array): boolean =>
    items.length === 1 || (levelOfItems(items, tree) !== 'product' && !isTrivial(items, parents));
  const transactions = transactionCount(extended);
  // Products alone need not be mined again: without categories there is nothing else.
  const itemsets = fpGrowth(extended, { minSupport, maxLength: tree.names.length === 0 ? 1 : 2 });
  const { offsets, items } = itemsets;
  const told = select(itemsets, (s) => isToldOf(items.subarray(offsets[s], offsets[s + 1])));
  const all = generateRules(told, transactions, { minConfidence, minLift: 1 });
  const adjusted = benjaminiHochbergLogs(fisherLogP(all));
  const significant = all.consequent.map((_, r) => r).filter((r) => adjusted[r] <= Math.log(alpha));
  const news = newsAmongLevels(rulesAt(all, significant), parents, counts);
  const chosen = news.map((n) => significant[n]);
  const rules = rulesAt(all, chosen);
  const later = laterLogP(all, extended, day, options);
  return {
    rules,
    tests: {
      ...evidenceOf(rules, told),
      adjustedLogP: Float64Array.from(chosen, (r) => adjusted[r]),
      laterLogP: Float64Array.from(chosen, (r) => later[r]),
      isShown: new Uint8Array(chosen.length).fill(1),
    },
  };
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
