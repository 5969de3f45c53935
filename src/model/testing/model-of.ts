import fc from 'fast-check';
import { TransactionsBuilder } from '../../baskets/builder.ts';
import { Dictionary } from '../../baskets/dictionary.ts';
import { type Transactions, transactionCount } from '../../baskets/transactions.ts';
import { fpGrowth } from '../../mining/fp-growth.ts';
import { generateRules } from '../../rules/generate.ts';
import { buildModel } from '../build-model.ts';
import type { Model } from '../model.ts';
import type { OrderTable } from '../order-table.ts';
import type { PopularityOptions } from '../popularity.ts';

/** An order as tests write it; without a customer it is anonymous. */
export interface OrderLiteral {
  items: readonly string[];
  customer?: string;
  /** Default 0. */
  day?: number;
}

export interface ModelLiteral {
  orders: readonly OrderLiteral[];
  /** Customers' segments, by customer; customers named here need no order. */
  segments?: Readonly<Record<string, string>>;
  popularity?: Partial<PopularityOptions>;
  minConfidence?: number;
  maxLength?: number;
}

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

/** A model of a few orders, with every rule there is unless a least confidence is given. */
export function modelOf({ popularity, minConfidence = 0, maxLength = 3, ...literal }: ModelLiteral): Model {
  const { orders, baskets } = orderTableOf(literal);
  const itemsets = fpGrowth(baskets, { minSupport: 1, maxLength });
  const rules = generateRules(itemsets, transactionCount(baskets), { minConfidence });
  const meta = {
    trainedAt: '2024-05-01T00:00:00.000Z',
    dataUntil: '2024-04-30T12:00:00Z',
    lastOrderId: literal.orders.length,
    settings: { minSupport: 1, maxLength, minConfidence },
  };
  return buildModel(meta, orders, baskets, rules, {
    recentDays: 90,
    today: 30_000,
    listLength: 100,
    minSegmentOrders: 1,
    ...popularity,
  });
}

/** Any few orders of a handful of items, customers and days. */
export function anyOrders(): fc.Arbitrary<OrderLiteral[]> {
  const letters = (text: string) => fc.constantFrom(...text);
  return fc.array(
    fc.record(
      {
        items: fc.array(letters('abcdef'), { maxLength: 5 }),
        customer: letters('XYZ'),
        day: fc.integer({ min: 19_000, max: 19_010 }),
      },
      { requiredKeys: ['items', 'day'] },
    ),
    { maxLength: 12 },
  );
}

/** Any segments of some of the customers of {@link anyOrders}. */
export function anySegments(): fc.Arbitrary<Record<string, string>> {
  const segment = fc.constantFrom('red', 'blue');
  return fc.record({ X: segment, Y: segment, W: segment }, { requiredKeys: [] });
}
