import { eq, inArray, sql } from 'drizzle-orm';
import type { Session } from '../database.ts';
import { customers, events, orderLines, orders, products } from '../schema.ts';

/** What the shop said of a customer. */
export interface StatedCustomer {
  readonly id: number;
  readonly attributes: Record<string, unknown>;
  readonly firstSeen: Date | null;
  readonly channel: string | null;
}

export async function customerByCode({ orm }: Session, code: string): Promise<StatedCustomer | undefined> {
  const { id, attributes, firstSeen, channel } = customers;
  const [row] = await orm
    .select({ id, attributes, firstSeen, channel })
    .from(customers)
    .where(eq(customers.code, code));
  return row;
}

/** Something that a customer did, or that happened to one. */
export interface TimelineEntry {
  readonly type: 'order' | 'event';
  /** Among those of its type. */
  readonly id: number;
  /** ISO 8601 in UTC, to the microsecond. */
  readonly at: string;
}

const isoTime = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`);

/**
 * A customer's orders and events, the newest first.
 *
 * @param before only what comes after this one in that order
 */
export async function timelineEntries(
  session: Session,
  customerId: number,
  limit: number,
  before?: TimelineEntry,
): Promise<TimelineEntry[]> {
  const later = before
    ? sql`where (at, type, id) < (${before.at}::timestamptz, ${before.type}::text, ${before.id}::bigint)`
    : sql``;
  return session.rows<TimelineEntry & Record<string, unknown>>(sql`
    select type, id::float8 as id, ${isoTime('at')} as at from (
      select 'order'::text as type, id::bigint as id, ordered_at as at from orders where customer_id = ${customerId}
      union all
      select 'event', id, at from events where customer_id = ${customerId}
    ) as entries ${later}
    order by entries.at desc, type desc, id desc limit ${limit}`);
}

/** A customer's orders and return documents, the oldest first, at most `limit`. */
export async function firstOrders({ orm }: Session, customerId: number, limit: number): Promise<number[]> {
  const rows = await orm
    .select({ id: orders.id })
    .from(orders)
    .where(eq(orders.customerId, customerId))
    .orderBy(orders.orderedAt, orders.id)
    .limit(limit);
  return rows.map(({ id }) => id);
}

export interface StoredLine {
  readonly productId: number;
  readonly code: string;
  readonly name: string | null;
  readonly nonProduct: boolean;
  /** By the catalogue. */
  readonly cost: number | null;
  /** As it was stated. */
  readonly kilograms: string | null;
  /** Negative for a return. */
  readonly quantity: number;
  readonly unitPrice: number | null;
  readonly unitCost: number | null;
  readonly discount: number | null;
  readonly promotion: string | null;
}

export interface StoredDocument {
  readonly id: number;
  readonly code: string;
  readonly channel: string | null;
  /** Since 1970-01-01, in the shop's clock. */
  readonly seconds: number;
  readonly lines: readonly StoredLine[];
}

/** Orders and return documents with their lines, in the order of time. */
export async function storedDocuments({ orm }: Session, ids: readonly number[]): Promise<StoredDocument[]> {
  if (ids.length === 0) return [];
  const documents = await orm
    .select({
      id: orders.id,
      code: orders.code,
      channel: orders.channel,
      seconds: sql<number>`extract(epoch from ${orders.orderedAt})::float8`,
    })
    .from(orders)
    .where(inArray(orders.id, [...ids]))
    .orderBy(orders.orderedAt, orders.id);
  const lines = await orm
    .select({
      orderId: orderLines.orderId,
      productId: orderLines.productId,
      code: products.code,
      name: products.name,
      nonProduct: products.nonProduct,
      cost: products.cost,
      kilograms: sql<
        string | null
      >`coalesce(${products.attributes} ->> 'kilograms', ${products.attributes} ->> 'weight')`,
      quantity: orderLines.quantity,
      unitPrice: orderLines.unitPrice,
      unitCost: orderLines.unitCost,
      discount: orderLines.discount,
      promotion: orderLines.promotion,
    })
    .from(orderLines)
    .innerJoin(products, eq(products.id, orderLines.productId))
    .where(inArray(orderLines.orderId, [...ids]))
    .orderBy(orderLines.orderId, orderLines.lineNo);
  const byOrder = new Map<number, StoredLine[]>(documents.map(({ id }) => [id, []]));
  for (const { orderId, ...line } of lines) byOrder.get(orderId)?.push(line);
  return documents.map((document) => ({ ...document, lines: byOrder.get(document.id)! }));
}

export interface StoredEvent {
  readonly id: number;
  readonly kind: string;
  /** The sender's own id. */
  readonly code: string | null;
  /** Without a name where the catalogue has none, or not the product. */
  readonly product: { readonly code: string; readonly name: string | null } | null;
  readonly recommendationId: string | null;
  readonly placement: string | null;
  readonly position: number | null;
  readonly payload: Record<string, unknown>;
}

/** A product that the catalogue has had only since the event came. */
const productSince = sql`(select p.id from products p where p.code = ${events.productCode})`;

export async function storedEvents({ orm }: Session, ids: readonly number[]): Promise<StoredEvent[]> {
  if (ids.length === 0) return [];
  const rows = await orm
    .select({
      id: events.id,
      kind: events.kind,
      code: events.code,
      productCode: sql<string | null>`coalesce(${products.code}, ${events.productCode})`,
      name: products.name,
      recommendationId: events.recommendationId,
      placement: events.placement,
      position: events.position,
      payload: events.payload,
    })
    .from(events)
    .leftJoin(products, sql`${products.id} = coalesce(${events.productId}, ${productSince})`)
    .where(inArray(events.id, [...ids]));
  return rows.map(({ productCode, name, ...event }) => ({
    ...event,
    product: productCode === null ? null : { code: productCode, name },
  }));
}

/** Events of a kind that are charged to an order; an event of several products counts once. */
export interface ChargedEvents {
  readonly orderId: number;
  readonly kind: string;
  readonly count: number;
}

/**
 * To which of a customer's orders events of these kinds are charged: to the last one up to their day or, where there is none, to the
 * first. Without events of a customer who has no order.
 */
export async function chargedEvents(
  session: Session,
  customerId: number,
  kinds: readonly string[],
): Promise<ChargedEvents[]> {
  if (kinds.length === 0) return [];
  const wanted = sql.join(
    kinds.map((kind) => sql`${kind}::text`),
    sql`, `,
  );
  return session.rows<ChargedEvents & Record<string, unknown>>(sql`
    with bought as materialized (
      select id, ordered_at, floor(extract(epoch from ordered_at) / 86400) as day from orders
      where customer_id = ${customerId}
        and exists (select from order_lines where order_id = orders.id and quantity > 0)
    ), charged as (
      select kind, coalesce(
        (select id from bought where day <= floor(extract(epoch from events.at) / 86400)
          order by ordered_at desc, id desc limit 1),
        (select id from bought order by ordered_at, id limit 1)
      ) as order_id
      from events where customer_id = ${customerId} and line_no = 1 and kind in (${wanted})
    )
    select order_id as "orderId", kind, count(*)::int as count from charged
    where order_id is not null group by order_id, kind order by order_id, kind`);
}
