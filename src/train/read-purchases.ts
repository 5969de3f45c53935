import type { PurchaseReader } from '../../db/queries/purchases.ts';
import type { Transactions } from '../baskets/transactions.ts';
import { PairwellError } from '../errors.ts';
import type { OrderContext } from '../insights/order-context.ts';
import type { OrderTable } from '../model/order-table.ts';
import { type CategoryTree, treeFromPaths } from '../taxonomy/category-tree.ts';
import { boughtLines } from './bought-lines.ts';
import { withSolutions } from './complaint-solutions.ts';
import { absent, readColumns } from './copy-columns.ts';
import { attributeColumns } from './customer-attributes.ts';
import type { ReadContracts } from './ledger-contracts.ts';
import { numberNames } from './names.ts';
import { isNumbered, type Numbering, numbering } from './numbering.ts';
import {
  type LedgerWithAsides,
  ledgerFrom,
  type ReadEvents,
  type ReadLines,
  secondsPerDay,
} from './read-ledger.ts';

/** One picture of the shop in two forms: items and customers have the same numbers in `orders` and in `ledger`. */
export interface Purchases extends LedgerWithAsides {
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
 * Reads all that was bought into columns.
 *
 * @param segmentBy the customer attribute that makes segments
 * @param today days since 1970-01-01, in the shop's clock: the ledger leaves out what is dated later
 * @throws PairwellError `bad-input` when there is nothing to learn from
 */
export async function readPurchases(
  reader: PurchaseReader,
  segmentBy: string,
  today: number,
): Promise<Purchases> {
  const lastOrderId = await reader.lastOrder();
  // Lines first, and what they are about afterwards: whatever order, product and customer they belong to is then there. Missing are
  // orders of an import that was taken back meanwhile: none of their lines counts.
  const lines = await readLines(reader.lines(lastOrderId));
  const [orderIds, customerIds, seconds, channel] = await readColumns(reader.orders(), [
    'integer',
    'integer',
    'decimal',
    'text',
  ]);
  const [products, people, newestOrder, [statedOf, stated], events, contracts] = await Promise.all([
    reader.products(),
    reader.customers(segmentBy),
    reader.newestOrder(),
    readColumns(reader.attributes(), ['integer', 'text']),
    readEvents(reader.events()),
    readContracts(reader.contracts()),
  ]);
  const rows = numbering(orderIds);
  const { baskets, basketIds, itemIds, ...promoted } = boughtLines(...boughtOf(lines, products), rows);
  if (basketIds.length === 0) {
    throw new PairwellError(
      'bad-input',
      'There are no orders to learn from. Import some first: pairwell import FILE (or POST /v1/orders).',
    );
  }
  const customers = numbering(Int32Array.from(people, ({ id }) => id));
  const numbered = (ids: Int32Array): Int32Array => ids.map((id) => numberOf(customers, id));
  const customerOf = numbered(customerIds);
  const items = productsOf(itemIds, products);
  const tree = categoryTree(items);

  const basketRows = basketIds.map((id) => rows.numberOf[id]);
  const day = basketRows.map((row) => Math.floor(seconds[row] / secondsPerDay));
  const channels = numberNames({
    values: basketRows.map((row) => channel.values[row]),
    names: channel.names,
  });
  return {
    baskets,
    newestOrder,
    lastOrderId,
    orders: {
      day,
      customer: basketRows.map((row) => customerOf[row]),
      ...customerColumns(people),
      itemCodes: items.map(({ code }) => code),
    },
    context: { day, channel: channels.values, channelNames: channels.names, ...promoted, tree },
    ...ledgerFrom({
      lines,
      orderRows: rows,
      orders: { customer: customerOf, seconds, channel },
      events: { ...events, customer: numbered(events.customer) },
      contracts: { ...contracts, customer: numbered(contracts.customer) },
      products,
      itemIds,
      tree,
      customerCount: people.length,
      attributes: attributeColumns(stated, numbered(statedOf), people.length),
      today,
    }),
  };
}

async function readLines(chunks: AsyncIterable<Uint8Array>): Promise<ReadLines> {
  const [orders, products, quantity, price, cost, discount] = await readColumns(chunks, [
    'integer',
    'integer',
    'decimal',
    'decimal',
    'decimal',
    'decimal',
  ]);
  return { orders, products, quantity, price, cost, discount };
}

/** By the ids of customers, as contracts are below. */
async function readEvents(chunks: AsyncIterable<Uint8Array>): Promise<ReadEvents> {
  const [customer, seconds, kind, value, reason, offer, solved] = await readColumns(chunks, [
    'integer',
    'decimal',
    'text',
    'decimal',
    'text',
    'text',
    'text',
  ]);
  return withSolutions({ customer, seconds, kind, value, reason, offer }, solved);
}

async function readContracts(chunks: AsyncIterable<Uint8Array>): Promise<ReadContracts> {
  const [customer, start, end, amount, plan, reason, isVoluntary] = await readColumns(chunks, [
    'integer',
    'integer',
    'integer',
    'decimal',
    'text',
    'text',
    'integer',
  ]);
  return { customer, start, end, amount, plan, reason, isVoluntary };
}

const numberOf = (known: Numbering, id: number): number =>
  id !== absent && isNumbered(known, id) ? known.numberOf[id] : absent;

/** The lines of products, not fees, that were bought, not returned. */
function boughtOf(
  { orders, products, quantity }: ReadLines,
  catalogue: Products,
): [orders: Int32Array, products: Int32Array] {
  const { numberOf: wanted } = numbering(
    Int32Array.from(
      catalogue.filter(({ nonProduct }) => !nonProduct),
      ({ id }) => id,
    ),
  );
  const kept: [Int32Array, Int32Array] = [new Int32Array(orders.length), new Int32Array(orders.length)];
  let count = 0;
  for (let line = 0; line < orders.length; line++) {
    if (quantity[line] > 0 && wanted[Math.abs(products[line])] >= 0) {
      kept[0][count] = orders[line];
      kept[1][count++] = products[line];
    }
  }
  return [kept[0].subarray(0, count), kept[1].subarray(0, count)];
}

function productsOf(itemIds: Int32Array, products: Products): Products {
  const byId = new Map(products.map((product) => [product.id, product]));
  return Array.from(itemIds, (id) => byId.get(id)!);
}

function customerColumns(
  people: People,
): Pick<OrderTable, 'customerCodes' | 'customerSegment' | 'segmentNames'> {
  const segmentNames = [...new Set(people.flatMap(({ segment }) => segment ?? []))].sort();
  const segmentNumber = new Map(segmentNames.map((name, n) => [name, n]));
  return {
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
