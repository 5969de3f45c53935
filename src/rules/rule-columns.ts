import { transferableBuffers } from '../baskets/int-column.ts';

/**
 * Rules "antecedent ⇒ one item" in flat columns, with the counts every measure is worked out from. Rule `r` has
 * the antecedent `antecedentItems[antecedentOffsets[r]] … antecedentItems[antecedentOffsets[r + 1] - 1]`,
 * ascending by id and never empty. All counts are numbers of transactions.
 */
export interface RuleColumns {
  /** All transactions, empty ones included. */
  readonly transactionCount: number;
  /** One more entry than there are rules; starts at 0. */
  readonly antecedentOffsets: Int32Array;
  readonly antecedentItems: Int32Array;
  /** The one item on the right-hand side. */
  readonly consequent: Int32Array;
  /** Transactions that hold antecedent and consequent. */
  readonly supportCount: Int32Array;
  readonly antecedentCount: Int32Array;
  readonly consequentCount: Int32Array;
}

/** How many rules there are. */
export function ruleCount(rules: RuleColumns): number {
  return rules.consequent.length;
}

/** The buffers to hand over when rules go to another thread. */
export function ruleBuffers(rules: RuleColumns): ArrayBuffer[] {
  return transferableBuffers([
    rules.antecedentOffsets,
    rules.antecedentItems,
    rules.consequent,
    rules.supportCount,
    rules.antecedentCount,
    rules.consequentCount,
  ]);
}
