/**
 * `pairwell/mining`: frequent itemsets and association rules from baskets, without a database or a server.
 *
 * ```ts
 * import { absoluteSupport, Dictionary, openMiner, TransactionsBuilder } from 'pairwell/mining';
 *
 * const products = new Dictionary();
 * const builder = new TransactionsBuilder();
 * for (const basket of [['comb', 'dryer'], ['comb', 'dryer', 'soap'], ['soap']]) {
 *   builder.add(basket.map((name) => products.intern(name)));
 * }
 * const baskets = builder.build();
 * const miner = openMiner({ threads: 2 });
 * const minSupport = absoluteSupport(0.5, builder.transactionCount);
 * const closed = await miner.mine(baskets, { algorithm: 'auto', target: 'closed', minSupport });
 * // comb ⇒ dryer, dryer ⇒ comb
 * const { rules } = await miner.mineRules(baskets, { algorithm: 'auto', minSupport }, { minConfidence: 0.8 });
 * await miner.close();
 * ```
 *
 * The plain miners (`apriori`, `eclat`, `fpGrowth`) work on the caller's thread and need no closing.
 */
import { availableParallelism } from 'node:os';
import { createComputePool, createMiningEngine } from '../../workers/mining.ts';
import type { MiningEngine } from '../rules/engine.ts';

export interface Miner extends MiningEngine {
  /** Stops the threads; what still runs is rejected as `cancelled`. */
  close(): Promise<void>;
}

/** Threads that mine; they start when first needed. @param threads default: one per core */
export function openMiner({ threads = availableParallelism() }: { threads?: number } = {}): Miner {
  const pool = createComputePool({ size: threads, queueLimit: 16 * threads });
  const { mine, count, rules, mineRules, bestRules } = createMiningEngine(pool, threads);
  return { mine, count, rules, mineRules, bestRules, close: () => pool.close() };
}

export { type BuildOptions, TransactionsBuilder } from '../baskets/builder.ts';
export { Dictionary } from '../baskets/dictionary.ts';
export { fromPairs } from '../baskets/from-pairs.ts';
export { type Transactions, transactionCount } from '../baskets/transactions.ts';
export { type ErrorCode, PairwellError } from '../errors.ts';
export { apriori } from '../mining/apriori.ts';
export { type Condensed, condense } from '../mining/condense.ts';
export { type ItemConstraint, restrictItems } from '../mining/constrain.ts';
export { eclat } from '../mining/eclat.ts';
export { fpGrowth } from '../mining/fp-growth.ts';
export { type FullRun, IncrementalSupports } from '../mining/incremental.ts';
export { type Itemsets, inCanonicalOrder, itemsetCount, sizesHistogram } from '../mining/itemsets.ts';
export { absoluteSupport, defaultMaxItemsets, type MiningOptions } from '../mining/options.ts';
export type { Algorithm, MineRequest } from '../mining/request.ts';
export type { Target } from '../mining/search.ts';
export { topItemsets } from '../mining/top-itemsets.ts';
export { constrainRules, type RuleConstraint } from '../rules/constrain-rules.ts';
export type { MinedCounts, MinedItemsets, MinedRules, MiningEngine, MiningHooks } from '../rules/engine.ts';
export { defaultMaxRules, generateRules, type RuleOptions } from '../rules/generate.ts';
export { confidence, lift, support } from '../rules/measures/support-confidence-lift.ts';
export { type RuleColumns, ruleCount } from '../rules/rule-columns.ts';
export { topRules } from '../rules/top-rules.ts';
