import type { PurchaseReader } from '../../db/queries/purchases.ts';
import type { Transactions } from '../baskets/transactions.ts';
import { PairwellError } from '../errors.ts';
import type { OrderContext } from '../insights/order-context.ts';
import type { OrderTable } from '../model/order-table.ts';
import { type CategoryTree, treeFromPaths } from '../taxonomy/category-tree.ts';
import { boughtLines } from './bought-lines.ts';
import { numberChannels } from './channels.ts';
import { absent, readIntegerColumns } from './copy-integers.ts';
import { distinctIds, numbering } from './numbering.ts';

export interface Purchases {
  readonly orders: OrderTable;
  /** Basket b holds the products of order b; in shared memory, ready for threads. */
  readonly baskets: Transactions;
  readonly context: OrderContext;
  readonly newestOrder: string | null;
  readonly lastOrderId: number;
}

type People = Awaited<ReturnType<PurchaseReader['customers']>>;
type Products = Awaited<ReturnType<PurchaseReader['products']>>;

/**
 * Reads all purchases into integer columns.
 *
 * @param segmentBy the customer attribute that makes segments
 * @throws PairwellError `bad-input` when there is nothing to learn from, `conflict` when orders were taken back meanwhile
 */
export async function readPurchases(reader: PurchaseReader, segmentBy: string): Promise<Purchases> {
  // Orders that come from here on may be read as well: whoever serves the model takes them for unknown, which does
  // no harm, while one that is taken for known and is not would be lost.
  const lastOrderId = await reader.lastOrder();
  // Lines first: whatever order they belong to is then among the orders, even if one arrives in between. Missing are
  // those of an import that was taken back meanwhile, and they are no baskets then.
  const [lineOrders, lineProducts] = await readIntegerColumns(reader.lines(), 2);
  const [orderIds, customerIds, days, channelOrders] = await readIntegerColumns(reader.orders(), 4);
  const rows = numbering(orderIds);
  const { baskets, basketIds, itemIds, ...promoted } = boughtLines(lineOrders, lineProducts, rows);
  if (basketIds.length === 0) {
    throw new PairwellError(
      'bad-input',
      'There are no orders to learn from. Import some first: pairwell import FILE (or POST /v1/orders).',
    );
  }
  const ofBaskets = (column: Int32Array): Int32Array => basketIds.map((id) => column[rows.numberOf[id]]);
  const day = ofBaskets(days);
  const namers = ofBaskets(channelOrders);
  const [products, people, newestOrder, names] = await Promise.all([
    reader.products(),
    reader.customers(segmentBy),
    reader.newestOrder(),
    reader.channels(distinctIds(namers.filter((id) => id !== absent))),
  ]);
  const items = productsOf(itemIds, products);
  const { customer, ...customers } = customerColumns(ofBaskets(customerIds), people);
  return {
    baskets,
    newestOrder,
    lastOrderId,
    orders: { day, customer, ...customers, itemCodes: items.map(({ code }) => code) },
    context: { day, ...numberChannels(namers, names), ...promoted, tree: categoryTree(items) },
  };
}

function productsOf(itemIds: Int32Array, products: Products): Products {
  const byId = new Map(products.map((product) => [product.id, product]));
  return Array.from(itemIds, (id) => byId.get(id)!);
}

/** @param customerIds by basket, −1 for an anonymous one */
function customerColumns(customerIds: Int32Array, people: People): Omit<OrderTable, 'day' | 'itemCodes'> {
  const { numberOf } = numbering(Int32Array.from(people, ({ id }) => id));
  const segmentNames = [...new Set(people.flatMap(({ segment }) => segment ?? []))].sort();
  const segmentNumber = new Map(segmentNames.map((name, n) => [name, n]));
  return {
    customer: customerIds.map((id) => (id === absent ? absent : numberOf[id])),
    customerCodes: people.map(({ code }) => code),
    customerSegment: Int32Array.from(people, ({ segment }) =>
      segment === null ? absent : segmentNumber.get(segment)!,
    ),
    segmentNames,
  };
}

/** Levels without a name are left out and space around names is dropped, as when files are imported. */
function categoryTree(items: Products): CategoryTree {
  const rows = items.map(({ code, category }) => ({
    product: code,
    path: category.map((level) => level.trim()).filter((level) => level !== ''),
  }));
  return treeFromPaths(
    rows.map(({ product }) => product),
    rows,
  );
}
