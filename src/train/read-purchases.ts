import type { PurchaseReader } from '../../db/queries/purchases.ts';
import { fromPairs } from '../baskets/from-pairs.ts';
import type { Transactions } from '../baskets/transactions.ts';
import { PairwellError } from '../errors.ts';
import type { OrderTable } from '../model/order-table.ts';
import { absent, readIntegerColumns } from './copy-integers.ts';

export interface Purchases {
  readonly orders: OrderTable;
  /** Basket b holds the products of order b; in shared memory, ready for threads. */
  readonly baskets: Transactions;
  readonly newestOrder: string | null;
  readonly lastOrderId: number;
}

/** Numbers `ids` in the order given: `numberOf[id]` is the position, or −1. */
function numbering(ids: Iterable<number>): { numberOf: Int32Array; count: number } {
  const list = Int32Array.from(ids);
  const numberOf = new Int32Array(list.reduce((most, id) => Math.max(most, id), 0) + 1).fill(absent);
  for (let n = 0; n < list.length; n++) numberOf[list[n]] = n;
  return { numberOf, count: list.length };
}

/** The distinct ids of a column, ascending. */
function distinct(column: Int32Array): Int32Array {
  const sorted = column.slice().sort();
  return sorted.filter((id, i) => i === 0 || id !== sorted[i - 1]);
}

/**
 * Reads all purchases into integer columns.
 *
 * @param segmentBy the customer attribute that makes segments
 * @throws PairwellError `bad-input` when there is nothing to learn from
 */
export async function readPurchases(reader: PurchaseReader, segmentBy: string): Promise<Purchases> {
  // Orders that come from here on may be read as well: whoever serves the model takes them for unknown, which does
  // no harm, while one that is taken for known and is not would be lost.
  const lastOrderId = await reader.lastOrder();
  // Lines first: whatever order they belong to is then among the orders, even if one arrives in between.
  const [lineOrders, lineProducts] = await readIntegerColumns(reader.lines(), 2);
  if (lineOrders.length === 0) {
    throw new PairwellError(
      'bad-input',
      'There are no orders to learn from. Import some first: pairwell import FILE (or POST /v1/orders).',
    );
  }
  const [orderIds, customerIds, days] = await readIntegerColumns(reader.orders(), 3);
  const [products, people, newestOrder] = await Promise.all([
    reader.products(),
    reader.customers(segmentBy),
    reader.newestOrder(),
  ]);

  // Items are the products that were bought; baskets are the orders that hold one.
  const productCode = new Map(products.map(({ id, code }) => [id, code]));
  const itemIds = distinct(lineProducts);
  const items = numbering(itemIds);
  const bought = numbering(distinct(lineOrders));
  const baskets = fromPairs(
    lineOrders.map((id) => bought.numberOf[id]),
    lineProducts.map((id) => items.numberOf[id]),
    bought.count,
    items.count,
  );

  const customers = numbering(people.map(({ id }) => id));
  const segmentNames = [...new Set(people.flatMap(({ segment }) => segment ?? []))].sort();
  const segmentNumber = new Map(segmentNames.map((name, n) => [name, n]));
  const day = new Int32Array(bought.count);
  const customer = new Int32Array(bought.count);
  for (let row = 0; row < orderIds.length; row++) {
    const order = bought.numberOf[orderIds[row]] ?? absent;
    // An order of returns or fees alone is no basket.
    if (order === absent) continue;
    day[order] = days[row];
    customer[order] = customerIds[row] === absent ? absent : customers.numberOf[customerIds[row]];
  }
  return {
    baskets,
    newestOrder,
    lastOrderId,
    orders: {
      day,
      customer,
      customerCodes: people.map(({ code }) => code),
      customerSegment: Int32Array.from(people, ({ segment }) =>
        segment === null ? absent : segmentNumber.get(segment)!,
      ),
      segmentNames,
      itemCodes: Array.from(itemIds, (id) => productCode.get(id)!),
    },
  };
}
