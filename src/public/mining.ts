/**
 * `pairwell/mining`: frequent itemsets and association rules from baskets, in plain TypeScript without a
 * database, a server or threads.
 *
 * ```ts
 * import { absoluteSupport, Dictionary, fpGrowth, generateRules, TransactionsBuilder } from 'pairwell/mining';
 *
 * const products = new Dictionary();
 * const builder = new TransactionsBuilder();
 * for (const basket of [['comb', 'dryer'], ['comb', 'dryer', 'soap'], ['soap']]) {
 *   builder.add(basket.map((name) => products.intern(name)));
 * }
 * const itemsets = fpGrowth(builder.build(), { minSupport: absoluteSupport(0.5, builder.transactionCount) });
 * // comb ⇒ dryer, dryer ⇒ comb
 * const rules = generateRules(itemsets, builder.transactionCount, { minConfidence: 0.8 });
 * ```
 */
export { type BuildOptions, TransactionsBuilder } from '../baskets/builder.ts';
export { Dictionary } from '../baskets/dictionary.ts';
export { fromPairs } from '../baskets/from-pairs.ts';
export { type Transactions, transactionCount } from '../baskets/transactions.ts';
export { type ErrorCode, PairwellError } from '../errors.ts';
export { type Algorithm, miners } from '../mining/algorithms.ts';
export { apriori } from '../mining/apriori.ts';
export { fpGrowth } from '../mining/fp-growth.ts';
export { type Itemsets, inCanonicalOrder, itemsetCount, sizesHistogram } from '../mining/itemsets.ts';
export type { Miner } from '../mining/miner.ts';
export { absoluteSupport, defaultMaxItemsets, type MiningOptions } from '../mining/options.ts';
export { defaultMaxRules, generateRules, type RuleOptions } from '../rules/generate.ts';
export { confidence, lift, support } from '../rules/measures.ts';
export { type RuleColumns, ruleCount } from '../rules/rule-columns.ts';
