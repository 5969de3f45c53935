import type { Transactions } from '../baskets/transactions.ts';
import type { Itemsets } from '../mining/itemsets.ts';
import type { Algorithm, MineRequest } from '../mining/request.ts';
import type { RuleConstraint } from './constrain-rules.ts';
import type { RuleOptions } from './generate.ts';
import type { RuleColumns } from './rule-columns.ts';
import type { RankingMeasureName } from './top-rules.ts';

export interface MiningHooks {
  /** Ends the work; the call then rejects as `cancelled`. */
  signal?: AbortSignal;
  /** Called now and then with the share of the work that is done, ascending from 0 to 1. */
  onProgress?: (share: number) => void;
}

/** How something was mined. */
export interface MinedHow {
  readonly algorithm: Algorithm;
  readonly threads: number;
}

export interface MinedItemsets extends MinedHow {
  /** In an order that depends on the data and the request alone. */
  readonly itemsets: Itemsets;
  /** Whether itemsets of the same support as the last one were left out, as more were not asked for. */
  readonly tied: boolean;
}

export interface MinedCounts extends MinedHow {
  /** How many itemsets there are of each size; entry 0 counts the sets of one item. */
  readonly bySize: bigint[];
}

export interface MinedRules extends MinedItemsets {
  readonly rules: RuleColumns;
}

/** Which rules are wanted. */
export interface BestRulesRequest {
  /** How many, ≥ 1. */
  readonly k: number;
  readonly by: RankingMeasureName;
  readonly constraint: RuleConstraint;
}

/**
 * Mines somewhere else than on the caller's thread. Calls reject with what the miner or the rule generator
 * would throw, with `cancelled` when the signal fires and with `busy` when too much is waiting already.
 */
export interface MiningEngine {
  mine(transactions: Transactions, request: MineRequest, hooks?: MiningHooks): Promise<MinedItemsets>;
  /** Counts itemsets without listing them, however many there are. */
  count(transactions: Transactions, request: MineRequest, hooks?: MiningHooks): Promise<MinedCounts>;
  /** @param transactionCount how many transactions the itemsets were mined from, empty ones included */
  rules(
    itemsets: Itemsets,
    transactionCount: number,
    options: RuleOptions,
    hooks?: MiningHooks,
  ): Promise<RuleColumns>;
  /** Both in one go. */
  mineRules(
    transactions: Transactions,
    request: MineRequest,
    options: RuleOptions,
    hooks?: MiningHooks,
  ): Promise<MinedRules>;
  /** The best rules by support or leverage without a minimum support; see `bestRules`. */
  bestRules(
    transactions: Transactions,
    request: MineRequest,
    options: RuleOptions,
    best: BestRulesRequest,
    hooks?: MiningHooks,
  ): Promise<MinedRules>;
}
