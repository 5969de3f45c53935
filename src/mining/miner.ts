import type { Transactions } from '../baskets/transactions.ts';
import type { Itemsets } from './itemsets.ts';
import type { MiningOptions } from './options.ts';

/**
 * Finds every itemset that at least `options.minSupport` transactions hold, with its exact support; the empty
 * set is left out. The order of the itemsets is each miner's own.
 *
 * @throws PairwellError `bad-input` for an impossible option, `limit-exceeded` when there are more itemsets
 *   than `options.maxItemsets`; whatever `options.onProgress` throws
 */
export type Miner = (transactions: Transactions, options: MiningOptions) => Itemsets;
