import { sql } from 'drizzle-orm';
import type { Session } from '../database.ts';
import { orders, shop } from '../schema.ts';

/** What the shop's money is in; null when nothing has said. */
export async function shopCurrency({ orm }: Session): Promise<string | null> {
  const [row] = await orm.select({ currency: shop.currency }).from(shop);
  return row?.currency ?? null;
}

/**
 * Makes `wanted` the shop's currency if it has none yet, or not a single order.
 *
 * @returns the shop's currency from now on
 */
export async function settleCurrency({ orm }: Session, wanted: string): Promise<string> {
  const [row] = await orm
    .insert(shop)
    .values({ currency: wanted })
    .onConflictDoUpdate({
      target: shop.id,
      set: {
        currency: sql`case when exists (select from ${orders}) then coalesce(${shop.currency}, ${wanted}) else ${wanted} end`,
      },
    })
    .returning({ currency: shop.currency });
  return row.currency!;
}
