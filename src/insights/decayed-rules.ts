import type { BlockedTransactions } from '../rules/block-counts.ts';
import { decayed, decayWeights } from '../rules/drift.ts';
import type { RuleColumns } from '../rules/rule-columns.ts';
import type { DecayedColumns } from './insights.ts';
import type { OrderBlocks } from './order-blocks.ts';

/**
 * What the studied rules are worth when a basket counts half as much with every half-life that it is older than the newest day.
 * Tests and all other figures stay those of whole baskets: weights are no counts, and no test of counts may be made of them.
 *
 * @param studied numbers of rules
 * @param blocked the transactions in these blocks
 * @param halfLifeDays above 0
 * @throws PairwellError `bad-input` for another half-life
 */
export function decayedRules(
  { antecedentOffsets, antecedentItems, consequent }: RuleColumns,
  studied: Int32Array,
  blocked: BlockedTransactions,
  { day }: Pick<OrderBlocks, 'day'>,
  halfLifeDays: number,
): DecayedColumns {
  const newest = day.reduce((most, date) => Math.max(most, date), day[0] ?? 0);
  const weights = decayWeights(
    day.map((date) => newest - date),
    halfLifeDays,
  );
  const unknown = (): Float64Array => new Float64Array(consequent.length).fill(Number.NaN);
  const columns = { halfLifeDays, support: unknown(), confidence: unknown(), lift: unknown() };
  for (const r of studied) {
    const antecedent = antecedentItems.subarray(antecedentOffsets[r], antecedentOffsets[r + 1]);
    const figures = decayed(blocked.cells(antecedent, consequent[r]), weights);
    columns.support[r] = figures.support;
    columns.confidence[r] = figures.confidence;
    columns.lift[r] = figures.lift;
  }
  return columns;
}
