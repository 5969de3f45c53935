import { and, eq, sql } from 'drizzle-orm';
import { PairwellError } from '../../src/errors.ts';
import type { ImportCounts, Tally } from '../../src/orders/outcomes.ts';
import { notifyChange } from '../changes.ts';
import type { Database, Session } from '../database.ts';
import { imports } from '../schema.ts';

export type ImportRow = typeof imports.$inferSelect;

export type NewImport = Pick<ImportRow, 'fileName' | 'digest' | 'format' | 'options' | 'startedAt'>;

/** The import of these very bytes and options: made when it is new, else as far as it got; running from now on. */
export async function openImport({ orm }: Session, wanted: NewImport): Promise<ImportRow> {
  await orm
    .insert(imports)
    .values({ ...wanted, status: 'running' })
    .onConflictDoNothing({ target: imports.digest });
  const [row] = await orm.select().from(imports).where(eq(imports.digest, wanted.digest));
  if (row.status === 'incomplete' || row.status === 'failed') {
    await orm.update(imports).set({ status: 'running', error: null }).where(eq(imports.id, row.id));
  }
  return row;
}

export interface Checkpoint {
  importId: number;
  /** Rows whose outcome was committed before, and is with this transaction. */
  rowsBefore: number;
  rowsNow: number;
  tally: Tally;
}

/**
 * Records how far an import got, in the transaction that writes the rows.
 *
 * @throws PairwellError `conflict` when another process brought the same import further
 */
export async function checkpoint({ orm }: Session, reached: Checkpoint): Promise<void> {
  const updated = await orm
    .update(imports)
    .set({ rowsCommitted: reached.rowsNow, tally: reached.tally })
    .where(and(eq(imports.id, reached.importId), eq(imports.rowsCommitted, reached.rowsBefore)))
    .returning({ id: imports.id });
  if (updated.length === 0) {
    throw new PairwellError('conflict', 'Another process is importing the same file. Run the import again.');
  }
}

export async function completeImport({ orm }: Session, importId: number): Promise<void> {
  await orm
    .update(imports)
    .set({ status: 'complete', finishedAt: sql`now()` })
    .where(eq(imports.id, importId));
}

/** Marks an import that stopped between two batches: the same file imported again goes on from there. */
export async function suspendImport({ orm }: Session, importId: number, error: string | null): Promise<void> {
  await orm.update(imports).set({ status: 'incomplete', error }).where(eq(imports.id, importId));
}

/**
 * Takes back all orders and kept-aside rows of an import whose file proved malformed: the corrected file is
 * another import, which could not add to orders of this one. Products and customers stay.
 */
export async function undoImport(database: Database, importId: number, error: string): Promise<void> {
  await database.transaction(async (session) => {
    await session.rows(
      sql`delete from order_lines where order_id in (select id from orders where import_id = ${importId})`,
    );
    await session.rows(sql`delete from orders where import_id = ${importId}`);
    await session.rows(sql`delete from rejected_rows where import_id = ${importId}`);
    await session.orm
      .update(imports)
      .set({ status: 'failed', rowsCommitted: 0, tally: {}, error })
      .where(eq(imports.id, importId));
  });
}

/**
 * Counts what an import holds in the database.
 *
 * @param now what is dated after this day, in the shop's clock, is counted apart
 */
export async function countImport(session: Session, importId: number, now: Date): Promise<ImportCounts> {
  type Figure = 'total' | 'purchases' | 'anonymous' | 'customers' | 'buying' | 'later';
  const tomorrow = new Date(
    Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1),
  ).toISOString();
  // By customer first: sorting all orders to count distinct customers takes longer than the rest.
  const [orders] = await session.rows<Record<Figure, string>>(
    sql`select coalesce(sum(orders), 0) as total,
          coalesce(sum(bought) filter (where customer_id is not null), 0) as purchases,
          coalesce(sum(bought) filter (where customer_id is null), 0) as anonymous,
          count(customer_id) as customers,
          count(customer_id) filter (where bought > 0) as buying,
          coalesce(sum(later), 0) as later
        from (
          select customer_id, count(*) as orders, count(*) filter (
            where exists (select from order_lines l where l.order_id = o.id and l.quantity > 0)
          ) as bought, count(*) filter (where ordered_at >= ${tomorrow}::timestamptz) as later
          from orders o where import_id = ${importId} group by customer_id
        ) as by_customer`,
  );
  const [products] = await session.rows<Record<'products' | 'non_products', string>>(
    sql`select count(*) filter (where not non_product) as products,
          count(*) filter (where non_product) as non_products
        from products where id in (
          select l.product_id from order_lines l join orders o on o.id = l.order_id where o.import_id = ${importId}
        )`,
  );
  const [total, purchases, anonymousPurchases] = [orders.total, orders.purchases, orders.anonymous].map(
    Number,
  );
  return {
    orders: { total, purchases, anonymousPurchases, returns: total - purchases - anonymousPurchases },
    customers: { total: Number(orders.customers), buying: Number(orders.buying) },
    ordersAfterToday: Number(orders.later),
    products: Number(products.products),
    nonProducts: Number(products.non_products),
  };
}

/** How the database stood at a moment. */
export interface ChangeMark {
  at: string;
  lastOrderId: number;
}

export async function changeMark(session: Session): Promise<ChangeMark> {
  const [mark] = await session.rows<ChangeMark & Record<string, unknown>>(
    sql`select now()::text as at, coalesce((select max(id) from orders), 0) as "lastOrderId"`,
  );
  return mark;
}

/** Tells the processes that serve the shop which products and orders are new since `mark`. */
export async function announceChanges(session: Session, { at, lastOrderId }: ChangeMark): Promise<void> {
  const changed = await session.rows<{ code: string }>(
    sql`select code from products where updated_at >= ${at}::timestamptz`,
  );
  if (changed.length > 0) {
    await notifyChange(session, { kind: 'products', codes: changed.map(({ code }) => code) });
  }
  const [{ more }] = await session.rows<{ more: boolean }>(
    sql`select exists (select from orders where id > ${lastOrderId}) as more`,
  );
  if (more) await notifyChange(session, { kind: 'orders', afterId: lastOrderId });
}
