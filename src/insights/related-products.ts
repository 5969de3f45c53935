import type { Transactions } from '../baskets/transactions.ts';
import type { BlockedTransactions } from '../rules/block-counts.ts';
import { promotionInfluence } from '../rules/influences.ts';
import { PairTallies } from '../rules/pair-tallies.ts';
import { relationsOf } from '../rules/relations.ts';
import { type RelationColumns, relations } from './insights.ts';
import type { Promotions } from './promotions.ts';

/**
 * What each two of some products are to each other. A pair that only a promotion brings together is no complement: it is
 * bought together more often than by chance where one of the two is on promotion, and not elsewhere.
 *
 * @param items their ids, ascending
 * @param nodeOf by item: its category, −1 for none
 * @param blocked the transactions in the blocks that the promotions are about
 * @returns one row for each pair, ordered by `b`, then `a`
 */
export function relatedProducts(
  transactions: Transactions,
  items: Int32Array,
  nodeOf: Int32Array,
  blocked: BlockedTransactions,
  promotions: Promotions,
): RelationColumns {
  const onlyInPromotion = (a: number, b: number): boolean => {
    const pair = [items[a], items[b]];
    const { verdict } = promotionInfluence(blocked.cells([items[a]], items[b]), promotions.of(pair));
    return verdict === 'only-in-promotion';
  };
  const pairs = relationsOf(new PairTallies(transactions, items), {
    categoryOf: items.map((item) => nodeOf[item]),
    ...(promotions.areNone ? {} : { onlyInPromotion }),
  });
  return {
    a: Int32Array.from(pairs, ({ a }) => items[a]),
    b: Int32Array.from(pairs, ({ b }) => items[b]),
    relation: Uint8Array.from(pairs, ({ relation }) => relations.indexOf(relation)),
    together: Int32Array.from(pairs, ({ together }) => together),
    lift: Float64Array.from(pairs, ({ lift }) => lift),
    logP: Float64Array.from(pairs, ({ logP }) => logP),
    logPBeyondSize: Float64Array.from(pairs, ({ logPBeyondSize }) => logPBeyondSize),
    similarity: Float64Array.from(pairs, ({ similarity }) => similarity),
    confidence: Float64Array.from(pairs, ({ confidence }) => confidence),
  };
}
