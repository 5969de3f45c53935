import { sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { type CustomerUpdate, putCustomers } from '../../db/queries/customers.ts';
import { type NewOrder, storeOrder } from '../../db/queries/orders.ts';
import { type ProductUpdate, putProducts } from '../../db/queries/products.ts';
import { trainSettings } from '../../src/train/settings.ts';

export const shopProducts: readonly ProductUpdate[] = [
  { code: 'bread', name: 'Rye bread', category: ['food', 'bakery'], price: 3.2, cost: 1.1 },
  { code: 'butter', name: 'Butter', category: ['food', 'dairy'], price: 2.49, cost: 2.01, stock: 40 },
  { code: 'jam', name: 'Jam "Mûre"', category: ['food'], price: 4, attributes: { organic: true } },
  { code: 'tea', name: 'Tea', price: 5 },
  { code: 'sugar', name: null },
  { code: 'soap', name: 'Soap', price: 1 },
  { code: 'postage', name: 'Postage', nonProduct: true },
];

const shopCustomers: readonly CustomerUpdate[] = [
  { code: 'ann', attributes: { country: 'FR' } },
  { code: 'ben', attributes: { country: 'DE' } },
  { code: 'eva', attributes: { country: 'DE' } },
  { code: 'kim' },
];

function order(code: string, day: number, customer: string | null, ...products: string[]): NewOrder {
  return {
    code,
    customer,
    orderedAt: new Date(Date.UTC(2024, 3, day, 12)),
    lines: products.map((product) => ({ product, quantity: 1 })),
  };
}

export const shopOrders: readonly NewOrder[] = [
  order('o1', 1, 'ann', 'bread', 'butter'),
  order('o2', 2, 'ben', 'bread', 'butter', 'jam', 'postage'),
  order('o3', 3, 'eva', 'bread', 'butter', 'jam', 'bread'),
  order('o4', 4, 'kim', 'tea', 'sugar'),
  order('o5', 5, 'eva', 'tea', 'sugar'),
  order('o6', 6, 'ben', 'tea', 'soap'),
  order('o7', 7, null, 'soap', 'postage'),
  order('o8', 8, null, 'soap'),
  order('o9', 9, 'ann', 'bread', 'jam'),
  // A return, and a fee alone: no baskets.
  { ...order('r1', 10, 'ann'), lines: [{ product: 'butter', quantity: -1 }] },
  order('o10', 11, 'kim', 'postage'),
];

/** What the orders hold of products, by order: what is to be learned. */
export const shopBaskets: readonly (readonly string[])[] = shopOrders
  .map(({ lines }) => lines.filter(({ product, quantity }) => quantity > 0 && product !== 'postage'))
  .filter((lines) => lines.length > 0)
  .map((lines) => [...new Set(lines.map(({ product }) => product))]);

/** Settings under which so few orders make rules. */
export const shopTraining = { minSupport: 2, minConfidence: 0.1, minLift: 0, minSegmentOrders: 2 };

export const shopTrainSettings = trainSettings.parse(shopTraining);

/** Stores a handful of products, customers and orders, as a shop would one by one. */
export async function fillShop(database: Database): Promise<void> {
  await putProducts(database, shopProducts);
  await putCustomers(database, shopCustomers);
  for (const each of shopOrders) await storeOrder(database, each);
}

/** Leaves the tables as empty as they were made. */
export async function emptyShop(database: Database): Promise<void> {
  await database.rows(
    sql`truncate products, customers, orders, order_lines, events, contracts, retention_days, retention_actions, jobs, models, model_parts, shop, forgotten_customers, policies, placements, explanations restart identity`,
  );
}
