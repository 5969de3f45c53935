import fc from 'fast-check';
import { TransactionsBuilder } from '../../baskets/builder.ts';
import { Dictionary } from '../../baskets/dictionary.ts';
import { type Transactions, transactionCount } from '../../baskets/transactions.ts';
import type { OrderContext } from '../../insights/order-context.ts';
import { type StudySettings, study } from '../../insights/study.ts';
import { fpGrowth } from '../../mining/fp-growth.ts';
import { generateRules } from '../../rules/generate.ts';
import { treeFromPaths } from '../../taxonomy/category-tree.ts';
import { buildModel, nobodyStudied, nothingLearnt } from '../build-model.ts';
import type { Model } from '../model.ts';
import type { OrderTable } from '../order-table.ts';
import type { PopularityOptions } from '../popularity.ts';
import { customerPurchases } from '../purchases.ts';

/** An order as tests write it; without a customer it is anonymous. */
export interface OrderLiteral {
  items: readonly string[];
  customer?: string;
  /** Default 0. */
  day?: number;
  channel?: string;
  /** Those of the items that were on promotion. */
  promoted?: readonly string[];
}

export interface ModelLiteral {
  orders: readonly OrderLiteral[];
  /** Customers' segments, by customer; customers named here need no order. */
  segments?: Readonly<Record<string, string>>;
  /** Products' categories, from the widest to the narrowest, by product. */
  categories?: Readonly<Record<string, readonly string[]>>;
  popularity?: Partial<PopularityOptions>;
  study?: Partial<StudySettings>;
  minConfidence?: number;
  maxLength?: number;
}

/** Settings under which a few orders are enough. */
export const studySettings: StudySettings = {
  alpha: 0.05,
  laterShare: 0.2,
  maxStudied: 1000,
  periods: [],
  relatedItems: 100,
  matrixItems: 100,
  minCategorySupport: 1,
  minCategoryConfidence: 0,
};

/** Orders as training reads them: items, customers and segments are numbered in the order they first appear. */
export function orderTableOf({ orders, segments = {} }: Pick<ModelLiteral, 'orders' | 'segments'>): {
  orders: OrderTable;
  baskets: Transactions;
} {
  const [items, customers, names] = [new Dictionary(), new Dictionary(), new Dictionary()];
  const builder = new TransactionsBuilder();
  for (const order of orders) builder.add(order.items.map((code) => items.intern(code)));
  const customer = Int32Array.from(orders, (order) =>
    order.customer === undefined ? -1 : customers.intern(order.customer),
  );
  for (const code of Object.keys(segments)) customers.intern(code);
  const customerCodes = Array.from({ length: customers.size }, (_, n) => customers.nameOf(n));
  const customerSegment = Int32Array.from(customerCodes, (code) =>
    segments[code] === undefined ? -1 : names.intern(segments[code]),
  );
  return {
    orders: {
      day: Int32Array.from(orders, ({ day = 0 }) => day),
      customer,
      customerCodes,
      customerSegment,
      segmentNames: Array.from({ length: names.size }, (_, n) => names.nameOf(n)),
      itemCodes: Array.from({ length: items.size }, (_, n) => items.nameOf(n)),
    },
    baskets: builder.build(),
  };
}

/** What is known of the orders besides, with items numbered as in {@link orderTableOf}. */
export function contextOf({
  orders,
  categories = {},
  itemCodes,
}: Pick<ModelLiteral, 'orders' | 'categories'> & { itemCodes: readonly string[] }): OrderContext {
  const promoted = orders.flatMap(({ promoted = [] }, basket) => promoted.map((code) => ({ basket, code })));
  const channelNames = [...new Set(orders.flatMap(({ channel = [] }) => channel))].sort();
  return {
    day: Int32Array.from(orders, ({ day = 0 }) => day),
    channel: Int32Array.from(orders, ({ channel }) =>
      channel === undefined ? -1 : channelNames.indexOf(channel),
    ),
    channelNames,
    promotedBaskets: Int32Array.from(promoted, ({ basket }) => basket),
    promotedItems: Int32Array.from(promoted, ({ code }) => itemCodes.indexOf(code)),
    tree: treeFromPaths(
      itemCodes,
      Object.entries(categories).map(([product, path]) => ({ product, path })),
    ),
  };
}

/** A model of a few orders, with every rule there is unless a least confidence is given. */
export function modelOf({
  popularity,
  minConfidence = 0,
  maxLength = 3,
  study: settings,
  ...literal
}: ModelLiteral): Model {
  const { orders, baskets } = orderTableOf(literal);
  const itemsets = fpGrowth(baskets, { minSupport: 1, maxLength });
  const rules = generateRules(itemsets, transactionCount(baskets), { minConfidence });
  const meta = {
    trainedAt: '2024-05-01T00:00:00.000Z',
    dataUntil: '2024-04-30T12:00:00Z',
    lastOrderId: literal.orders.length,
    settings: { minSupport: 1, maxLength, minConfidence },
  };
  const insights = study({
    baskets,
    itemsets,
    rules,
    context: contextOf({ ...literal, itemCodes: orders.itemCodes }),
    settings: { ...studySettings, minCategoryConfidence: minConfidence, ...settings },
  });
  return buildModel(
    meta,
    orders,
    baskets,
    rules,
    insights,
    nobodyStudied,
    customerPurchases(orders, baskets),
    nothingLearnt,
    {
      recentDays: 90,
      today: 30_000,
      listLength: 100,
      minSegmentOrders: 1,
      ...popularity,
    },
  );
}

/** Any few orders of a handful of items, customers and days. */
export function anyOrders(): fc.Arbitrary<OrderLiteral[]> {
  const letters = (text: string) => fc.constantFrom(...text);
  const order = fc.record(
    {
      items: fc.array(letters('abcdef'), { maxLength: 5 }),
      customer: letters('XYZ'),
      day: fc.integer({ min: 19_000, max: 19_010 }),
      channel: letters('mn'),
    },
    { requiredKeys: ['items', 'day'] },
  );
  const promoted = order.map((one) => ({ ...one, promoted: one.items.slice(0, 1) }));
  return fc.array(fc.oneof(order, promoted), { maxLength: 12 });
}

/** Any segments of some of the customers of {@link anyOrders}. */
export function anySegments(): fc.Arbitrary<Record<string, string>> {
  const segment = fc.constantFrom('red', 'blue');
  return fc.record({ X: segment, Y: segment, W: segment }, { requiredKeys: [] });
}

/** Any categories of some of the items of {@link anyOrders}. */
export function anyCategories(): fc.Arbitrary<Record<string, string[]>> {
  const path = fc.array(fc.constantFrom('food', 'home'), { minLength: 1, maxLength: 2 });
  return fc.dictionary(fc.constantFrom(...'abcdef'), path);
}
