import { and, eq, gt, isNotNull, or, sql } from 'drizzle-orm';
import { PairwellError } from '../../src/errors.ts';
import { notifyChange } from '../changes.ts';
import type { Database, Session } from '../database.ts';
import { customers, orderLines, orders, products } from '../schema.ts';
import { customerId } from './customers.ts';
import { orderDigest } from './forgotten.ts';
import { productIds } from './products.ts';
import { settleCurrency } from './shop.ts';

export interface NewOrderLine {
  product: string;
  /** Negative for a return. */
  quantity: number;
  unitPrice?: number | null;
  unitCost?: number | null;
  /** Taken off the whole line, in money. */
  discount?: number | null;
  promotion?: string | null;
}

export interface NewOrder {
  code: string;
  customer?: string | null;
  orderedAt: Date;
  channel?: string | null;
  /** Of all its money, as `parseCurrency` writes it; without it the shop's. */
  currency?: string | undefined;
  lines: readonly NewOrderLine[];
}

export interface StoredOrder {
  readonly id: number;
  /** False when the same order was stored before. */
  readonly created: boolean;
  /** Whether the customer was forgotten: the order is anonymous. */
  readonly isOfForgotten: boolean;
}

/** A statement takes at most 65,535 parameters, and a line has eight. */
const linesAtOnce = 5000;

/**
 * Stores an order; on return it is committed. Sending the same order again changes nothing.
 *
 * @throws PairwellError `conflict` when another order has the same code, `bad-input` for a currency that is not the shop's
 */
export async function storeOrder(database: Database, order: NewOrder): Promise<StoredOrder> {
  return database.transaction(async (session) => {
    const { orm } = session;
    if (order.currency !== undefined) await checkCurrency(session, order.currency);
    const customer = order.customer ? await customerId(session, order.customer, order.orderedAt) : null;
    const isOfForgotten = Boolean(order.customer) && customer === null;
    const ids = await productIds(
      session,
      order.lines.map(({ product }) => product),
    );
    const lines = order.lines.map(({ product, ...line }, n) => ({
      ...line,
      lineNo: n + 1,
      productId: ids.get(product)!,
    }));
    const digest = orderDigest(sql`v.code`);
    const [row] = await session.rows<{ id: number }>(
      sql`insert into orders (code, customer_id, ordered_at, channel)
          select case when ${isOfForgotten} then ${digest} else v.code end, ${customer}::integer,
            ${order.orderedAt.toISOString()}::timestamptz, ${order.channel ?? null}::text
          from (select ${order.code}::text as code) as v
          where not exists (select from orders where code = ${digest})
          on conflict (code) do nothing returning id`,
    );
    if (!row) {
      const id = await sameOrder(session, order.code, customer, lines);
      return { id, created: false, isOfForgotten };
    }
    for (let from = 0; from < lines.length; from += linesAtOnce) {
      const some = lines.slice(from, from + linesAtOnce);
      await orm.insert(orderLines).values(some.map((line) => ({ ...line, orderId: row.id })));
    }
    await notifyChange(session, { kind: 'orders', afterId: row.id - 1 });
    return { id: row.id, created: true, isOfForgotten };
  });
}

async function checkCurrency(session: Session, wanted: string): Promise<void> {
  const currency = await settleCurrency(session, wanted);
  if (currency === wanted) return;
  const message = `The order is in ${wanted}, and the shop keeps its books in ${currency}: send its money in ${currency}.`;
  throw new PairwellError('bad-input', message, { wanted, currency });
}

type LineValues = Pick<typeof orderLines.$inferSelect, 'lineNo' | 'productId' | 'quantity'>;

async function sameOrder(
  { orm }: Session,
  code: string,
  customer: number | null,
  lines: readonly LineValues[],
): Promise<number> {
  const [stored] = await orm
    .select()
    .from(orders)
    .where(or(eq(orders.code, code), eq(orders.code, orderDigest(sql`${code}::text`))));
  const storedLines = await orm
    .select()
    .from(orderLines)
    .where(eq(orderLines.orderId, stored.id))
    .orderBy(orderLines.lineNo);
  // Of a forgotten customer's order nobody knows any more whose it was.
  const isHidden = stored.code !== code;
  const same =
    (isHidden || stored.customerId === customer) &&
    storedLines.length === lines.length &&
    storedLines.every(
      (line, n) => line.productId === lines[n].productId && line.quantity === lines[n].quantity,
    );
  if (same) return stored.id;
  throw new PairwellError('conflict', `Another order with the id ${code} is stored already.`, {
    orderId: code,
  });
}

export interface CustomerOrder {
  readonly id: number;
  readonly customer: string;
  readonly products: string[];
}

/** Orders of known customers with an id above `afterId`, with the products bought, in the order they came. */
export async function ordersAfter({ orm }: Session, afterId: number): Promise<CustomerOrder[]> {
  return orm
    .select({
      id: orders.id,
      customer: sql<string>`${customers.code}`,
      products: sql<string[]>`array_agg(${products.code} order by ${orderLines.lineNo})`,
    })
    .from(orders)
    .innerJoin(customers, eq(customers.id, orders.customerId))
    .innerJoin(orderLines, eq(orderLines.orderId, orders.id))
    .innerJoin(products, eq(products.id, orderLines.productId))
    .where(
      and(
        gt(orders.id, afterId),
        isNotNull(customers.code),
        gt(orderLines.quantity, 0),
        eq(products.nonProduct, false),
      ),
    )
    .groupBy(orders.id, customers.code)
    .orderBy(orders.id);
}
