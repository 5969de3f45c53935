import type { Transactions } from '../baskets/transactions.ts';
import type { Algorithm } from '../mining/algorithms.ts';
import type { Itemsets } from '../mining/itemsets.ts';
import type { MiningOptions } from '../mining/options.ts';
import type { RuleOptions } from './generate.ts';
import type { RuleColumns } from './rule-columns.ts';

/** What to mine: plain data, so that it can go to another thread or machine. */
export interface MineRequest extends Omit<MiningOptions, 'onProgress'> {
  algorithm: Algorithm;
}

export interface MiningHooks {
  /** Ends the work; the call then rejects as `cancelled`. */
  signal?: AbortSignal;
  /** Called now and then with the share of the work that is done, ascending from 0 to 1. */
  onProgress?: (share: number) => void;
}

/**
 * Mines somewhere else than on the caller's thread. Calls reject with what the miner or the rule generator
 * would throw, with `cancelled` when the signal fires and with `busy` when too much is waiting already.
 */
export interface MiningEngine {
  mine(transactions: Transactions, request: MineRequest, hooks?: MiningHooks): Promise<Itemsets>;
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
}

export interface MinedRules {
  itemsets: Itemsets;
  rules: RuleColumns;
}
