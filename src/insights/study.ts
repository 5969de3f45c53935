import type { Transactions } from '../baskets/transactions.ts';
import { PairwellError } from '../errors.ts';
import type { Itemsets } from '../mining/itemsets.ts';
import { BlockedTransactions } from '../rules/block-counts.ts';
import type { Period } from '../rules/calendar.ts';
import type { MiningHooks } from '../rules/engine.ts';
import { countPairs, mostFrequentItems } from '../rules/matrix.ts';
import type { RuleColumns } from '../rules/rule-columns.ts';
import { bundleCandidates } from './bundle-candidates.ts';
import { type CategoryOptions, categoryInsights } from './category-insights.ts';
import { decayedRules } from './decayed-rules.ts';
import type { Insights } from './insights.ts';
import { influenceGroupings, monthsOf, orderBlocks, widestBlocks } from './order-blocks.ts';
import type { OrderContext } from './order-context.ts';
import { Promotions } from './promotions.ts';
import { relatedProducts } from './related-products.ts';
import { bestMarked, ruleInfluences } from './rule-influences.ts';
import { ruleTests } from './rule-tests.ts';

export interface StudySettings extends CategoryOptions {
  /** How many best-selling products relations are worked out among, 1 … 4,000. */
  readonly relatedItems: number;
  /** How many best-selling products, and how many categories, are counted two by two, 1 … 4,000. */
  readonly matrixItems: number;
  /** Stretches of time to hold still; they may not overlap. */
  readonly periods: readonly Period[];
  /** Days, above 0: studied rules get figures in which a basket so much older than the newest counts half. Null for none. */
  readonly halfLifeDays?: number | null;
}

/** Plain data, so that it can go to a thread. */
export interface StudyInput {
  readonly baskets: Transactions;
  /** All frequent itemsets that the rules were made of. */
  readonly itemsets: Itemsets;
  readonly rules: RuleColumns;
  readonly context: OrderContext;
  readonly settings: StudySettings;
}

/** Works out insights somewhere else than on the caller's thread. Rejects as `study` throws, and as a `MiningEngine` does. */
export interface Student {
  study(input: StudyInput, hooks?: MiningHooks): Promise<Insights>;
}

/**
 * Finds out what a model is to know of its rules and products beyond counts. Influences and drift are worked out for the best
 * rules to show only, as each takes time for every day of orders; the rest takes time much as the mining did.
 *
 * @throws PairwellError `bad-input` for an impossible setting, a context that is not of these baskets, or itemsets that lack a
 *   part of a rule; `limit-exceeded` when too many products or itemsets are asked for
 */
export function study({ baskets, itemsets, rules, context, settings }: StudyInput): Insights {
  const { tree } = context;
  if (tree.productNodes.length !== baskets.itemCount) {
    const message = `The category tree is of ${tree.productNodes.length} products, the baskets of ${baskets.itemCount}.`;
    throw new PairwellError('bad-input', message);
  }
  const { halfLifeDays = null } = settings;
  const blocks = orderBlocks(context);
  const promotions = new Promotions(context, blocks, baskets.itemCount);
  const byDay = {
    blockOf: blocks.blockOf,
    blockCount: blocks.sizes.length,
    groupings: influenceGroupings(blocks, context.channelNames, settings.periods),
    months: monthsOf(blocks),
  };
  // Promotions go by day, as do weights of age.
  const needsDays = !promotions.areNone || halfLifeDays !== null;
  const grouped = needsDays ? byDay : widestBlocks(byDay);
  const { blockOf, blockCount, groupings, months } = grouped;
  const blocked = new BlockedTransactions(baskets, blockOf, blockCount);
  const tests = ruleTests(rules, itemsets, baskets, context.day, settings);
  const studied = bestMarked(rules, tests.isShown, settings.maxStudied);
  const relatedItems = mostFrequentItems(baskets, settings.relatedItems).sort();
  const relations = relatedProducts(baskets, relatedItems, tree.productNodes, blocked, promotions);
  return {
    tests,
    ...ruleInfluences(rules, studied, blocked, { groupings, months, promotions }),
    decayed: halfLifeDays === null ? null : decayedRules(rules, studied, blocked, blocks, halfLifeDays),
    relations,
    pairs: countPairs(baskets, mostFrequentItems(baskets, settings.matrixItems)),
    categories: categoryInsights(baskets, context, blocks, grouped, settings),
    bundles: bundleCandidates(rules, tests.isShown, itemsets, relatedItems, relations),
  };
}
