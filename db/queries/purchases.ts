import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { customers, products } from '../schema.ts';

/** What the train job reads, in bulk. Day numbers are days since 1970-01-01. */
export interface PurchaseReader {
  /** The highest order id so far; no order below it can come any more. */
  lastOrder(): Promise<number>;
  /**
   * Columns: order id, customer id or NULL, day, and the id of some order with the same channel, the same one for all
   * of them, or NULL without a channel. That order names the channel, see {@link channels}.
   */
  orders(): AsyncIterable<Uint8Array>;
  /** The channels of these orders as they are stored; without the orders that are gone or have none. */
  channels(orderIds: Iterable<number>): Promise<{ id: number; channel: string }[]>;
  /**
   * Columns: order id, product id, of lines that were bought (not returned) and are products (not fees). A product id
   * with a minus in front was bought on promotion: a column of its own would be as long as the lines.
   */
  lines(): AsyncIterable<Uint8Array>;
  /** `category`: from the widest to the narrowest, empty for none. */
  products(): Promise<{ id: number; code: string; category: string[] }[]>;
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
        // Channels are told apart here, so that no text is read for each order.
        `select o.id, o.customer_id, floor(extract(epoch from o.ordered_at) / 86400)::integer, c.id
         from orders o left join (
           select channel, min(id) as id from orders where channel is not null group by channel
         ) c on c.channel = o.channel`,
      ),
    channels: (orderIds) =>
      // As one text: both drivers take one, while they differ in how they take arrays, and a list has its limit.
      database.rows<{ id: number; channel: string }>(
        sql`select id, channel from orders
            where channel is not null
              and id = any(string_to_array(${[...orderIds].join(',')}::text, ',')::integer[])`,
      ),
    lines: () =>
      database.copyOut(
        `select l.order_id, case when l.promotion ~ '\\S' then -l.product_id else l.product_id end
         from order_lines l join products p on p.id = l.product_id
         where l.quantity > 0 and not p.non_product`,
      ),
    products: () =>
      database.orm
        .select({ id: products.id, code: products.code, category: products.category })
        .from(products),
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
