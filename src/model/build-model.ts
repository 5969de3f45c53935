import type { BasketHistories } from '../baskets/basket-histories.ts';
import type { Transactions } from '../baskets/transactions.ts';
import type { Insights } from '../insights/insights.ts';
import type { RuleColumns } from '../rules/rule-columns.ts';
import type { Model, ModelMeta } from './model.ts';
import type { OrderTable } from './order-table.ts';
import { type PopularityOptions, popularItems } from './popularity.ts';
import { StringTable } from './string-table.ts';

/** What was found out about the customers. */
export type KnownCustomers = Pick<Model, 'customers' | 'churn'>;

export const nobodyStudied: KnownCustomers = { customers: null, churn: null };

/** What was learnt of offers. */
export type LearntOffers = Pick<Model, 'ranking' | 'visits' | 'answers'>;

export const nothingLearnt: LearntOffers = { ranking: null, visits: null, answers: null };

/** Puts together a model from the orders, the rules mined from them and what was found out about these. */
export function buildModel(
  meta: ModelMeta,
  orders: OrderTable,
  baskets: Transactions,
  rules: RuleColumns,
  insights: Insights,
  customers: KnownCustomers,
  purchases: BasketHistories,
  learnt: LearntOffers,
  popularity: PopularityOptions,
): Model {
  const itemCounts = new Int32Array(baskets.itemCount);
  for (const item of baskets.items) itemCounts[item]++;
  return {
    meta,
    itemCodes: StringTable.from(orders.itemCodes),
    itemCounts,
    rules,
    insights,
    ...customers,
    popular: popularItems(orders, baskets, popularity),
    segmentNames: StringTable.from(orders.segmentNames),
    customerCodes: StringTable.from(orders.customerCodes.map((code) => code || null)),
    customerSegment: orders.customerSegment,
    purchases,
    ...learnt,
  };
}
