import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { customers, products } from '../schema.ts';

/** What the train job reads, in bulk: columns as PostgreSQL's COPY text, NULL where something is not known. */
export interface PurchaseReader {
  /** The highest order id so far; no order below it can come any more. */
  lastOrder(): Promise<number>;
  /** Columns: order id, customer id, seconds since 1970-01-01 in the shop's clock, channel. */
  orders(): AsyncIterable<Uint8Array>;
  /**
   * Columns: order id, product id, quantity, price, cost and discount, of all lines. A product id with a minus in front was
   * on promotion: a column of its own would be as long as the lines.
   *
   * @param lastOrder the order id up to which they are wanted
   */
  lines(lastOrder: number): AsyncIterable<Uint8Array>;
  /**
   * `category`: from the widest to the narrowest, empty for none. `kilograms`: the attribute `kilograms`, or `weight` where there is
   * none, as it was stated.
   */
  products(): Promise<ProductRow[]>;
  /**
   * In the order of their codes, so that they have the same numbers again; the forgotten, whose code is empty, come last.
   *
   * @param segmentBy the attribute that names the customer's segment
   */
  customers(segmentBy: string): Promise<{ id: number; code: string; segment: string | null }[]>;
  /**
   * Columns: customer id, JSON object of attributes; without customers of whom nothing is stated. Where a customer came from is the
   * attribute `channel`, unless another is stated.
   */
  attributes(): AsyncIterable<Uint8Array>;
  /**
   * Columns: customer id, seconds since 1970-01-01 in the shop's clock, kind, the number that it says (`payload.score` or
   * `payload.value`), `payload.reason`, `payload.offer` of a `winback-offer`, and of a `complaint` `payload.solvedAt`, or `true` where
   * `payload.solved` is; of events of known customers; one of several products counts once. Without impressions: what was shown to
   * customers is not what they did, and there is more of it than of all else.
   */
  events(): AsyncIterable<Uint8Array>;
  /**
   * Columns: customer id, the first day and the first day after it, since 1970-01-01, money a month, plan, why it ended, and 1 or 0
   * for whether the customer ended it.
   */
  contracts(): AsyncIterable<Uint8Array>;
  newestOrder(): Promise<string | null>;
}

interface ProductRow {
  readonly id: number;
  readonly code: string;
  readonly name: string | null;
  readonly category: string[];
  readonly nonProduct: boolean;
  readonly cost: number | null;
  readonly kilograms: string | null;
}

const lineQuery = (afterOrder: number, lastOrder: number): string =>
  `select order_id, case when promotion ~ '\\S' then -product_id else product_id end,
     quantity, unit_price, unit_cost, discount
   from order_lines where order_id > ${afterOrder} and order_id <= ${lastOrder}`;

/** Some ten thousand lines of most shops: written in a few hundredths of a second. */
const ordersAtOnce = 4096;

/**
 * All lines, some orders at a time. The embedded database puts a COPY together before it gives it away, and does nothing else
 * meanwhile: of all lines that would be the larger part of the memory of training, and a wait for every request. The next part is
 * written while whoever reads takes in the last.
 */
async function* linesInParts(database: Database, lastOrder: number): AsyncGenerator<Uint8Array> {
  const part = async (after: number): Promise<Uint8Array[]> => {
    const chunks: Uint8Array[] = [];
    if (after >= lastOrder) return chunks;
    for await (const chunk of database.copyOut(lineQuery(after, Math.min(after + ordersAtOnce, lastOrder))))
      chunks.push(chunk);
    return chunks;
  };
  let next = part(0);
  for (let after = ordersAtOnce; after < lastOrder + ordersAtOnce; after += ordersAtOnce) {
    const chunks = await next;
    next = part(after);
    // Its failure is met at the next `await`, if there is one.
    next.catch(() => undefined);
    yield* chunks;
  }
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
      database.copyOut('select id, customer_id, extract(epoch from ordered_at), channel from orders'),
    lines: (lastOrder) =>
      database.kind === 'embedded'
        ? linesInParts(database, lastOrder)
        : database.copyOut(lineQuery(0, lastOrder)),
    products: () =>
      database.orm
        .select({
          id: products.id,
          code: products.code,
          name: products.name,
          category: products.category,
          nonProduct: products.nonProduct,
          cost: products.cost,
          kilograms: sql<
            string | null
          >`coalesce(${products.attributes} ->> 'kilograms', ${products.attributes} ->> 'weight')`,
        })
        .from(products),
    customers: (segmentBy) =>
      database.orm
        .select({
          id: customers.id,
          code: sql<string>`coalesce(${customers.code}, '')`,
          segment: sql<string | null>`${customers.attributes} ->> ${segmentBy}`,
        })
        .from(customers)
        .orderBy(sql`${customers.code} collate "C" nulls last`, customers.id),
    attributes: () =>
      database.copyOut(
        `select id, case when channel is null then attributes
           else jsonb_build_object('channel', channel) || attributes end
         from customers where channel is not null or attributes <> '{}'`,
      ),
    events: () =>
      database.copyOut(
        `select customer_id, extract(epoch from at), kind,
           case when jsonb_typeof(payload -> 'score') = 'number' then payload ->> 'score'
             when jsonb_typeof(payload -> 'value') = 'number' then payload ->> 'value' end,
           case when jsonb_typeof(payload -> 'reason') = 'string' then nullif(trim(payload ->> 'reason'), '') end,
           case when kind = 'winback-offer' and jsonb_typeof(payload -> 'offer') = 'string'
             then nullif(trim(payload ->> 'offer'), '') end,
           case when kind <> 'complaint' then null
             when jsonb_typeof(payload -> 'solvedAt') = 'string' then nullif(trim(payload ->> 'solvedAt'), '')
             when payload -> 'solved' = 'true' then 'true' end
         from events
         where customer_id is not null and line_no = 1 and kind <> 'impression' and kind ~ '\\S'`,
      ),
    contracts: () =>
      database.copyOut(
        `select customer_id, starts_on - date '1970-01-01', ends_on - date '1970-01-01', amount, plan, end_reason,
           is_voluntary::int
         from contracts`,
      ),
    newestOrder: async () => {
      const [row] = await database.rows<{ newest: string | null }>(
        sql`select to_char(max(ordered_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as newest from orders`,
      );
      return row.newest;
    },
  };
}
