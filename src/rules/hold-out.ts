import { chosenRows } from '../baskets/chosen-rows.ts';
import { type Transactions, transactionCount } from '../baskets/transactions.ts';
import { PairwellError } from '../errors.ts';
import { mixedBits } from '../mining/mixed-bits.ts';
import { recount } from './recount.ts';
import type { RuleColumns } from './rule-columns.ts';
import { fisherLogP, fromLogs, type SignificanceOptions, significantAmong } from './significance.ts';

/** Transactions in two parts, over the same items. */
export interface SplitTransactions {
  /** Those that rules are mined from. */
  readonly exploratory: Transactions;
  /** Those that the mining does not see. */
  readonly holdOut: Transactions;
}

/** Rules that were looked for in some transactions and tested in others. */
export interface TestedRules {
  /** As they were mined. */
  readonly rules: RuleColumns;
  /** The same rules with their counts in the transactions held out. */
  readonly recounted: RuleColumns;
  /** By rule: ln of its p-value there, not adjusted; see `fisherLogP`. */
  readonly logP: Float64Array;
  /** The numbers of the rules that are significant there, ascending. */
  readonly confirmed: Int32Array;
}

/**
 * Keeps a random share of the transactions out, rounded to a whole number of them; the order stays. Transactions of one
 * customer come to lie in both parts: where these are much alike, split by time.
 *
 * @param share of the transactions that is held out, 0 … 1
 * @param seed a whole number; the same one makes the same parts
 * @throws PairwellError `bad-input` for another share or seed
 */
export function splitByShare(transactions: Transactions, share: number, seed: number): SplitTransactions {
  if (!(share >= 0 && share <= 1)) {
    const message = `The share that is held out must lie between 0 and 1, not at ${share}.`;
    throw new PairwellError('bad-input', message, { share });
  }
  if (!Number.isSafeInteger(seed)) {
    throw new PairwellError('bad-input', `The seed must be a whole number, not ${seed}.`, { seed });
  }
  const count = transactionCount(transactions);
  const isHeldOut = new Uint8Array(count);
  // Selection sampling: algorithm S (Knuth, The Art of Computer Programming 2, section 3.4.2).
  let wanted = Math.round(share * count);
  for (let t = 0; t < count; t++) {
    if (randomAt(seed, t) * (count - t) >= wanted) continue;
    isHeldOut[t] = 1;
    wanted--;
  }
  return {
    exploratory: transactionsWhere(transactions, (t) => isHeldOut[t] === 0),
    holdOut: transactionsWhere(transactions, (t) => isHeldOut[t] === 1),
  };
}

/**
 * Keeps the transactions from number `boundary` on out: the later ones, where they go by time.
 *
 * @throws PairwellError `bad-input` unless the boundary is a whole number from 0 to that of all transactions
 */
export function splitAt(transactions: Transactions, boundary: number): SplitTransactions {
  const count = transactionCount(transactions);
  if (!(Number.isInteger(boundary) && boundary >= 0 && boundary <= count)) {
    const message = `The boundary must be a whole number from 0 to ${count}, not ${boundary}.`;
    throw new PairwellError('bad-input', message, { boundary, count });
  }
  return {
    exploratory: transactionsWhere(transactions, (t) => t < boundary),
    holdOut: transactionsWhere(transactions, (t) => t >= boundary),
  };
}

/**
 * Mines rules from one part of the transactions and tests them in the other, so that the adjustment need only count the
 * rules that were found, however many were looked at (hold-out evaluation: Webb, "Discovering significant patterns", Machine
 * Learning 68, 2007, pp. 1–33). The fewer rules `mine` brings, the more of them can be confirmed.
 *
 * @param mine finds rules in the transactions it is given, and knows of no others
 * @throws PairwellError `bad-input` for an impossible option; whatever `mine` throws
 */
export async function mineAndConfirm(
  { exploratory, holdOut }: SplitTransactions,
  mine: (transactions: Transactions) => RuleColumns | Promise<RuleColumns>,
  options: SignificanceOptions = {},
): Promise<TestedRules> {
  return confirmRules(await mine(exploratory), holdOut, options);
}

/**
 * Tests rules in transactions that they were not mined from. A rule whose antecedent none of these holds has a p-value of 1.
 *
 * @throws PairwellError `bad-input` for an impossible option
 */
export function confirmRules(
  rules: RuleColumns,
  holdOut: Transactions,
  options: SignificanceOptions = {},
): TestedRules {
  const recounted = recount(rules, holdOut);
  const logP = fisherLogP(recounted);
  return { rules, recounted, logP, confirmed: significantAmong(fromLogs(logP), options) };
}

/** The transactions whose numbers pass, in their order. */
export function transactionsWhere(transactions: Transactions, passes: (t: number) => boolean): Transactions {
  const all = Int32Array.from({ length: transactionCount(transactions) }, (_, t) => t);
  return { itemCount: transactions.itemCount, ...chosenRows(transactions, all.filter(passes)) };
}

/** A number from 0 to below 1 that depends on both: a hash of a hash. */
function randomAt(seed: number, t: number): number {
  return (mixedBits(mixedBits(seed) + t) >>> 0) / 2 ** 32;
}
