import { eq, sql } from 'drizzle-orm';
import { notifyChange } from '../changes.ts';
import type { Database, Session } from '../database.ts';
import { customers } from '../schema.ts';

export type CustomerRow = typeof customers.$inferSelect;

/** What a shop may say of a customer. A field that is absent stays as it is. */
export interface CustomerUpdate {
  code: string;
  channel?: string | null;
  firstSeen?: Date | null;
  attributes?: Record<string, unknown>;
}

/** Creates or updates customers in one transaction; on return it is committed. */
export async function putCustomers(database: Database, updates: readonly CustomerUpdate[]): Promise<void> {
  await database.transaction(async (session) => {
    const { orm } = session;
    for (const { code, ...given } of [...updates].sort((a, b) => (a.code < b.code ? -1 : 1))) {
      await orm
        .insert(customers)
        .values({ code, ...given })
        .onConflictDoUpdate({ target: customers.code, set: { ...given, updatedAt: sql`now()` } });
    }
    await notifyChange(session, { kind: 'customers', codes: updates.map(({ code }) => code) });
  });
}

/** The id of the customer, who is created on the first order. */
export async function customerId({ orm }: Session, code: string, firstSeen: Date): Promise<number> {
  await orm.insert(customers).values({ code, firstSeen }).onConflictDoNothing({ target: customers.code });
  const [row] = await orm.select({ id: customers.id }).from(customers).where(eq(customers.code, code));
  return row.id;
}
