import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { customers, products } from '../schema.ts';

/** What the train job reads, in bulk. Day numbers are days since 1970-01-01. */
export interface PurchaseReader {
  /** The highest order id so far; no order below it can come any more. */
  lastOrder(): Promise<number>;
  /** Columns: order id, customer id or NULL, day. */
  orders(): AsyncIterable<Uint8Array>;
  /** Columns: order id, product id, of lines that were bought (not returned) and are products (not fees). */
  lines(): AsyncIterable<Uint8Array>;
  products(): Promise<{ id: number; code: string }[]>;
  /** @param segmentBy the attribute that names the customer's segment */
  customers(segmentBy: string): Promise<{ id: number; code: string; segment: string | null }[]>;
  newestOrder(): Promise<string | null>;
}

export function purchaseReader(database: Database): PurchaseReader {
  return {
    lastOrder: () =>
      database.transaction(async (session) => {
        // Ids are given out before their orders are committed: the lock waits for those under way, and holds up
        // new ones for the moment it takes to look.
        await session.rows(sql`lock table orders in share mode`);
        const [row] = await session.rows<{ last: number }>(
          sql`select coalesce(max(id), 0) as last from orders`,
        );
        return row.last;
      }),
    orders: () =>
      database.copyOut(
        `select id, customer_id, floor(extract(epoch from ordered_at) / 86400)::integer from orders order by id`,
      ),
    lines: () =>
      database.copyOut(
        `select l.order_id, l.product_id from order_lines l join products p on p.id = l.product_id
         where l.quantity > 0 and not p.non_product`,
      ),
    products: () => database.orm.select({ id: products.id, code: products.code }).from(products),
    customers: (segmentBy) =>
      database.orm
        .select({
          id: customers.id,
          code: customers.code,
          segment: sql<string | null>`${customers.attributes} ->> ${segmentBy}`,
        })
        .from(customers),
    newestOrder: async () => {
      const [row] = await database.rows<{ newest: string | null }>(
        sql`select to_char(max(ordered_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as newest from orders`,
      );
      return row.newest;
    },
  };
}
