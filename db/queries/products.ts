import { inArray, sql } from 'drizzle-orm';
import { notifyChange } from '../changes.ts';
import type { Database, Session } from '../database.ts';
import { products } from '../schema.ts';

export type ProductRow = typeof products.$inferSelect;

/** What a shop may say of a product. A field that is absent stays as it is; null clears it. */
export interface ProductUpdate {
  code: string;
  name?: string | null;
  category?: string[];
  price?: number | null;
  cost?: number | null;
  stock?: number | null;
  active?: boolean;
  nonProduct?: boolean;
  attributes?: Record<string, unknown>;
}

/** Creates or updates products in one transaction; on return it is committed. */
export async function putProducts(
  database: Database,
  updates: readonly ProductUpdate[],
): Promise<ProductRow[]> {
  return database.transaction(async (session) => {
    // In order of code, so that two writers never wait for each other in a circle; the connection sends one
    // statement after the other without waiting for answers.
    const sorted = [...updates].sort((a, b) => (a.code < b.code ? -1 : 1));
    const rows = await Promise.all(
      sorted.map(async ({ code, ...given }) => {
        // A price that the shop states is no longer taken from orders.
        const stated = given.price === undefined ? given : { ...given, priceSeenAt: null };
        const [row] = await session.orm
          .insert(products)
          .values({ code, ...stated })
          .onConflictDoUpdate({ target: products.code, set: { ...stated, updatedAt: sql`now()` } })
          .returning();
        return row;
      }),
    );
    await notifyChange(session, { kind: 'products', codes: rows.map(({ code }) => code) });
    return rows;
  });
}

export async function allProducts({ orm }: Session): Promise<ProductRow[]> {
  return orm.select().from(products);
}

export async function productsByCode({ orm }: Session, codes: readonly string[]): Promise<ProductRow[]> {
  return codes.length === 0
    ? []
    : orm
        .select()
        .from(products)
        .where(inArray(products.code, [...codes]));
}

/** Makes sure that products with these codes exist, tells of those that are new, and returns the ids of all. */
export async function productIds(session: Session, codes: readonly string[]): Promise<Map<string, number>> {
  const distinct = [...new Set(codes)].sort();
  const made = await session.orm
    .insert(products)
    .values(distinct.map((code) => ({ code })))
    .onConflictDoNothing({ target: products.code })
    .returning({ code: products.code });
  if (made.length > 0) await notifyChange(session, { kind: 'products', codes: made.map(({ code }) => code) });
  const rows = await session.orm
    .select({ id: products.id, code: products.code })
    .from(products)
    .where(inArray(products.code, distinct));
  return new Map(rows.map(({ id, code }) => [code, id]));
}
