import * as Comlink from 'comlink';
import { type Transactions, transactionCount } from '../src/baskets/transactions.ts';
import { miners } from '../src/mining/algorithms.ts';
import { type Itemsets, itemsetBuffers } from '../src/mining/itemsets.ts';
import type { MinedRules, MineRequest } from '../src/rules/engine.ts';
import { generateRules, type RuleOptions } from '../src/rules/generate.ts';
import { type RuleColumns, ruleBuffers } from '../src/rules/rule-columns.ts';
import { type Control, progressInto } from './control.ts';
import { serve } from './serve.ts';

function itemsetsOf(
  transactions: Transactions,
  { algorithm, ...options }: MineRequest,
  control: Control,
): Itemsets {
  return miners[algorithm](transactions, { ...options, onProgress: progressInto(control) });
}

/** Mining on a thread of its own: transactions in shared memory come without a copy, results leave without one. */
const api = {
  mine(transactions: Transactions, request: MineRequest, control: Control): Itemsets {
    const itemsets = itemsetsOf(transactions, request, control);
    return Comlink.transfer(itemsets, itemsetBuffers(itemsets));
  },

  rules(itemsets: Itemsets, transactionCount: number, options: RuleOptions): RuleColumns {
    const rules = generateRules(itemsets, transactionCount, options);
    return Comlink.transfer(rules, ruleBuffers(rules));
  },

  mineRules(
    transactions: Transactions,
    request: MineRequest,
    options: RuleOptions,
    control: Control,
  ): MinedRules {
    const itemsets = itemsetsOf(transactions, request, control);
    const rules = generateRules(itemsets, transactionCount(transactions), options);
    return Comlink.transfer({ itemsets, rules }, [...itemsetBuffers(itemsets), ...ruleBuffers(rules)]);
  },
};

export type ComputeApi = typeof api;

serve(api);
