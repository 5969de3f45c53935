import { type SQL, sql } from 'drizzle-orm';
import type { RejectedRow } from '../../src/orders/batch.ts';
import { copyField, copyLine } from '../copy-text.ts';
import type { Database, Session } from '../database.ts';
import { recordset, textList } from '../json-parameters.ts';
import { orderDigests } from './forgotten.ts';

/** A code of the shop's and the key of its row. */
export interface Keyed {
  code: string;
  id: number;
}

export interface ProductFacts {
  name: string | null;
  price: number | null;
  cost: number | null;
  /** When the product was bought so, as ISO 8601; null when it was only returned. */
  seenAt: string | null;
  category: readonly string[] | null;
  attributes: Readonly<Record<string, string>> | null;
}

export interface NewProduct extends ProductFacts {
  code: string;
  nonProduct: boolean;
}

const factColumns =
  'name text, price numeric, cost numeric, "seenAt" timestamptz, category text[], attributes jsonb';

export interface CustomerFacts {
  code: string;
  /** ISO 8601. */
  firstSeen: string;
  channel: string | null;
  attributes: Readonly<Record<string, string>> | null;
}

export interface NewOrder {
  id: number;
  code: string;
  customerId: number | null;
  /** ISO 8601. */
  orderedAt: string;
  channel: string | null;
  importId: number | null;
}

export interface StoredOrder extends Keyed {
  importId: number | null;
  /** The customer's code; null on an anonymous order, and on one of a forgotten customer. */
  customer: string | null;
  /** The highest line number, 0 when there are no lines. */
  lastLine: number;
}

/** NaN stands for a number that is not known. */
export interface NewLine {
  orderId: number;
  lineNo: number;
  productId: number;
  quantity: number;
  unitPrice: number;
  unitCost: number;
  discount: number;
  promotion: string | null;
}

/** Those of the orders that are there, by the codes that were asked for. */
export async function findOrders(session: Session, codes: readonly string[]): Promise<StoredOrder[]> {
  const digests = await orderDigests(session, codes);
  const codeOf = new Map(Array.from(digests, ([code, digest]) => [digest, code]));
  const found = await session.rows<StoredOrder & Record<string, unknown>>(
    sql`select o.id, o.code, o.import_id as "importId",
          (select c.code from customers c where c.id = o.customer_id) as customer,
          coalesce((select max(line_no) from order_lines l where l.order_id = o.id), 0) as "lastLine"
        from orders o
        where o.code = any(${textList([...codes, ...codeOf.keys()])})`,
  );
  return found.map((order) => ({ ...order, code: codeOf.get(order.code) ?? order.code }));
}

/**
 * Keys for new orders, in ascending order: known before the orders are stored, their lines can be put into words.
 * From now on to the end of the transaction whoever looks for the last order waits, since one with a lower key may
 * still come.
 */
export async function reserveOrderIds(session: Session, count: number): Promise<number[]> {
  if (count === 0) return [];
  const [, [{ ids }]] = await Promise.all([
    session.rows(sql`lock table orders in row exclusive mode`),
    // In one value: a row for each would take longer than the numbers themselves.
    session.rows<{ ids: string }>(
      sql`select string_agg(nextval('orders_id_seq')::text, ',') as ids
          from generate_series(1, ${count}::integer)`,
    ),
  ]);
  return ids.split(',').map(Number);
}

/**
 * Stores orders that `findOrders` did not find.
 *
 * @throws the driver's unique violation when another process stored one of them meanwhile
 */
export async function copyOrders(session: Session, orders: readonly NewOrder[]): Promise<void> {
  if (orders.length === 0) return;
  const lines = orders.map(({ id, code, customerId, orderedAt, channel, importId }) =>
    copyLine([id, code, customerId, orderedAt, channel, importId]),
  );
  const columns = ['id', 'code', 'customer_id', 'ordered_at', 'channel', 'import_id'];
  await session.copyIn('orders', columns, lines.join(''));
}

/** The keys of products by their codes; those that are new are made, and the others stay as they are. */
export async function ensureProducts(session: Session, products: readonly NewProduct[]): Promise<Keyed[]> {
  if (products.length === 0) return [];
  // The update that changes nothing is there to return the keys of the known ones as well.
  return session.rows<Keyed & Record<string, unknown>>(
    sql`insert into products (code, non_product, name, price, price_seen_at, cost, category, attributes)
        select code, "nonProduct", name, price, case when price is not null then "seenAt" end, cost,
          coalesce(category, '{}'), coalesce(attributes, '{}')
        from ${recordset(products, `code text, "nonProduct" boolean, ${factColumns}`)}
        on conflict (code) do update set code = excluded.code
        returning id, code`,
  );
}

// A product whose price has no time has it from the shop itself, and order lines do not change it.
const stated = sql`(p.price is not null and p.price_seen_at is null)`;
const newer = sql`(p.price_seen_at <= v."seenAt" or (p.price_seen_at is null and p.price is null))`;

/** The newer knowledge, or the older where there is none. */
const latest = (column: string): SQL => {
  const [old, seen] = [sql.raw(`p.${column}`), sql.raw(`v.${column}`)];
  return sql`case when ${newer} then coalesce(${seen}, ${old}) else coalesce(${old}, ${seen}) end`;
};

/** What the columns become. */
const next = {
  name: latest('name'),
  price: latest('price'),
  cost: latest('cost'),
  category: sql`case when ${newer} or p.category = '{}' then coalesce(v.category, p.category) else p.category end`,
  attributes: sql`case when ${stated} then coalesce(v.attributes, '{}') || p.attributes
    else p.attributes || coalesce(v.attributes, '{}') end`,
};
const changed = sql`(${sql.join(Object.values(next), sql`, `)}) is distinct from
  (p.name, p.price, p.cost, p.category, p.attributes)`;

/**
 * Brings what is known of products up to date with purchases: name, price and cost of the latest purchase count,
 * whatever order the purchases come in; attributes are merged. What the shop itself stated stays.
 */
export async function updateProducts(
  session: Session,
  facts: readonly (ProductFacts & { code: string })[],
): Promise<void> {
  if (facts.length === 0) return;
  // Locked by code, as every writer of several products does: two of them never wait for each other in a circle.
  const codes = textList(facts.map(({ code }) => code));
  await session.rows(
    sql`select id from products where code = any(${codes}) order by code collate "C" for update`,
  );
  await session.rows(
    sql`update products p set
          name = ${next.name},
          price = ${next.price},
          cost = ${next.cost},
          category = ${next.category},
          attributes = ${next.attributes},
          price_seen_at = case when ${newer} and v.price is not null then v."seenAt" else p.price_seen_at end,
          updated_at = case when ${changed} then now() else p.updated_at end
        from ${recordset(facts, `code text, ${factColumns}`)}
        where p.code = v.code and (${newer} or ${changed})`,
  );
}

/** Makes customers, or merges what is new into those that are there. */
export async function upsertCustomers(
  session: Session,
  customers: readonly CustomerFacts[],
): Promise<Keyed[]> {
  if (customers.length === 0) return [];
  return session.rows<Keyed & Record<string, unknown>>(
    sql`insert into customers as c (code, first_seen, channel, attributes)
        select code, "firstSeen", channel, coalesce(attributes, '{}')
        from ${recordset(customers, 'code text, "firstSeen" timestamptz, channel text, attributes jsonb')}
        on conflict (code) do update set
          first_seen = least(c.first_seen, excluded.first_seen),
          channel = coalesce(c.channel, excluded.channel),
          attributes = c.attributes || excluded.attributes,
          updated_at = now()
        returning id, code`,
  );
}

const lineColumns = [
  'order_id',
  'line_no',
  'product_id',
  'quantity',
  'unit_price',
  'unit_cost',
  'discount',
  'promotion',
];

const numberText = (value: number): string => (Number.isNaN(value) ? '\\N' : String(value));

/**
 * A line in COPY's text format, without line end. Millions of lines come this way: `join` makes one flat string,
 * where concatenation makes a tree of parts that the garbage collector has to walk.
 */
export function lineText(line: NewLine): string {
  return [
    line.orderId,
    line.lineNo,
    line.productId,
    line.quantity,
    numberText(line.unitPrice),
    numberText(line.unitCost),
    numberText(line.discount),
    copyField(line.promotion),
  ].join('\t');
}

/** @param lines of `lineText` */
export async function copyLines(session: Session, lines: readonly string[]): Promise<void> {
  if (lines.length > 0) await session.copyIn('order_lines', lineColumns, `${lines.join('\n')}\n`);
}

/** Keeps rows that hold no order line as they stand in the file. */
export async function copyRejectedRows(
  session: Session,
  importId: number,
  rows: readonly RejectedRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const lines = rows.map(({ rowNo, reason, row }) => copyLine([importId, rowNo, reason, row]));
  await session.copyIn('rejected_rows', ['import_id', 'row_no', 'reason', 'row'], lines.join(''));
}

/** Refreshes the planner's figures, which the embedded database never does by itself. */
export async function analyzeOrders(database: Database): Promise<void> {
  await database.transaction(async (session) => {
    // A sample of 7,500 rows a table: what matters to the planner is how large the tables have become.
    await session.rows(sql`set local default_statistics_target = 25`);
    await session.rows(sql`analyze products, customers, orders, order_lines`);
  });
}
