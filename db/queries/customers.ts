import { eq, sql } from 'drizzle-orm';
import { notifyChange } from '../changes.ts';
import type { Database, Session } from '../database.ts';
import { customers } from '../schema.ts';
import { forgottenAmong, holdCustomers, isForgotten } from './forgotten.ts';

export type CustomerRow = typeof customers.$inferSelect;

/** What a shop may say of a customer. A field that is absent stays as it is. */
export interface CustomerUpdate {
  code: string;
  channel?: string | null;
  firstSeen?: Date | null;
  attributes?: Record<string, unknown>;
}

/**
 * Creates or updates customers in one transaction; on return it is committed.
 *
 * @returns the ids of those who were forgotten, of whom nothing is stored
 */
export async function putCustomers(
  database: Database,
  updates: readonly CustomerUpdate[],
): Promise<string[]> {
  return database.transaction(async (session) => {
    const { orm } = session;
    await holdCustomers(session);
    const forgotten = await forgottenAmong(
      session,
      updates.map(({ code }) => code),
    );
    const wanted = updates.filter(({ code }) => !forgotten.includes(code));
    for (const { code, ...given } of wanted.sort((a, b) => (a.code < b.code ? -1 : 1))) {
      await orm
        .insert(customers)
        .values({ code, ...given })
        .onConflictDoUpdate({ target: customers.code, set: { ...given, updatedAt: sql`now()` } });
    }
    await notifyChange(session, { kind: 'customers', codes: wanted.map(({ code }) => code) });
    return forgotten;
  });
}

/** The id of the customer, who is created on the first order; null of one who was forgotten. */
export async function customerId(session: Session, code: string, firstSeen: Date): Promise<number | null> {
  const { orm } = session;
  await session.rows(
    sql`insert into customers (code, first_seen)
        select v.code, ${firstSeen.toISOString()}::timestamptz from (select ${code}::text as code) as v
        where not ${isForgotten(sql`v.code`)}
        on conflict (code) do nothing`,
  );
  const [row] = await orm.select({ id: customers.id }).from(customers).where(eq(customers.code, code));
  return row?.id ?? null;
}
