import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../db/database.ts';
import { putCustomers } from '../db/queries/customers.ts';
import { undoImport } from '../db/queries/imports.ts';
import { type NewOrder, storeOrder } from '../db/queries/orders.ts';
import { putProducts } from '../db/queries/products.ts';
import { type PurchaseReader, purchaseReader } from '../db/queries/purchases.ts';
import { imports } from '../db/schema.ts';
import { fullName, type NamedNodes } from '../src/taxonomy/category-tree.ts';
import { readPurchases } from '../src/train/read-purchases.ts';
import { readShopSales } from '../src/train/read-shop-sales.ts';
import { describeDatabases } from './support/databases.ts';
import { emptyShop } from './support/shop.ts';

/** A product, how many of it, and the promotion it was bought on. */
type Line = [product: string, quantity?: number, promotion?: string];

/** Days are those of January 1970, so the first is day 0. */
function order(
  code: string,
  date: number,
  customer: string | null,
  channel: string | null,
  ...lines: Line[]
): NewOrder {
  return {
    code,
    customer,
    channel,
    orderedAt: new Date(Date.UTC(1970, 0, date, 23, 59)),
    lines: lines.map(([product, quantity = 1, promotion]) => ({ product, quantity, promotion })),
  };
}

const shop: readonly NewOrder[] = [
  // The order that names "app" is no basket.
  order('return', 1, 'ann', 'app', ['bread', -1, 'summer']),
  order('b0', 2, 'ann', 'web', ['butter'], ['bread', 2, 'summer']),
  order('b1', 2, 'ben', null, ['bread'], ['jam', 1, 'summer'], ['tea', -1, 'summer']),
  order('fee', 3, 'ben', 'phone', ['postage', 1, 'free delivery']),
  order('b2', 4, null, 'app', ['tea', 1, ''], ['jam', 1, ' \t'], ['postage', 1, 'free delivery']),
  order('b3', 5, 'eva', ' ', ['mug', 1, 'winter'], ['mug', 3, 'summer'], ['soap']),
  order('b4', 5, null, ' web ', ['mug'], ['soap', 1, 'winter'], ['mug', 1, 'winter'], ['bread', 1, 'x']),
  order('b5', 9, 'ann', 'Store', ['bread']),
];

async function fill(database: Database, orders: readonly NewOrder[]): Promise<void> {
  await putProducts(database, [
    { code: 'bread', category: ['food', 'bakery'] },
    { code: 'butter', category: ['food', 'dairy'] },
    { code: 'jam', category: ['food'] },
    { code: 'mug', category: ['home', '', ' kitchen '] },
    { code: 'never bought', category: ['toys'] },
    { code: 'postage', category: ['fees'], nonProduct: true },
    { code: 'soap', category: ['', ' '] },
    { code: 'tea' },
  ]);
  await putCustomers(database, [
    { code: 'ann', attributes: { country: 'FR' } },
    { code: 'ben', attributes: { country: 'DE' } },
    { code: 'eva' },
  ]);
  for (const each of orders) await storeOrder(database, each);
}

/** Makes these orders look as if a file had brought them. */
async function importedOrders(database: Database, ...codes: string[]): Promise<number> {
  const [{ id }] = await database.orm
    .insert(imports)
    .values({ fileName: 'a.csv', digest: crypto.randomUUID(), format: 'csv', options: {}, status: 'running' })
    .returning({ id: imports.id });
  for (const code of codes)
    await database.rows(sql`update orders set import_id = ${id} where code = ${code}`);
  return id;
}

/** Everything in `shop` is earlier. */
const today = 30;

const namesOf = (tree: NamedNodes): string[] => tree.names.map((_, node) => fullName(tree, node));

describeDatabases('reading purchases', (opened) => {
  let database: Database;
  let reader: PurchaseReader;
  beforeEach(async () => {
    database = opened().database;
    reader = purchaseReader(database);
    await emptyShop(database);
  });

  describe('of a shop', () => {
    beforeEach(() => fill(database, shop));

    it('has baskets of what was bought, with day and customer', async () => {
      const { baskets, orders, newestOrder, lastOrderId } = await readPurchases(reader, 'country', today);
      expect(orders.itemCodes).toEqual(['bread', 'butter', 'jam', 'mug', 'soap', 'tea']);
      expect(baskets.itemCount).toBe(6);
      expect([...baskets.offsets]).toEqual([0, 2, 4, 6, 8, 11, 12]);
      expect([...baskets.items]).toEqual([0, 1, 0, 2, 2, 5, 3, 4, 0, 3, 4, 0]);
      expect([...orders.day]).toEqual([1, 1, 3, 4, 4, 8]);
      expect(orders.customerCodes).toEqual(['ann', 'ben', 'eva']);
      expect([...orders.customer]).toEqual([0, 1, -1, 2, -1, 0]);
      expect(orders.segmentNames).toEqual(['DE', 'FR']);
      expect([...orders.customerSegment]).toEqual([1, 0, -1]);
      expect(newestOrder).toBe('1970-01-09T23:59:00Z');
      expect(lastOrderId).toBe(shop.length);
    });

    it('knows day and channel of each basket; a blank channel is none', async () => {
      const { context } = await readPurchases(reader, 'country', today);
      expect([...context.day]).toEqual([1, 1, 3, 4, 4, 8]);
      expect(context.channelNames).toEqual(['Store', 'app', 'web']);
      expect([...context.channel]).toEqual([2, -1, 1, -1, 2, 0]);
    });

    it('knows what was bought on promotion, each product of a basket once', async () => {
      const { context, orders } = await readPurchases(reader, 'country', today);
      expect([...context.promotedBaskets]).toEqual([0, 1, 3, 4, 4, 4]);
      expect(Array.from(context.promotedItems, (item) => orders.itemCodes[item])).toEqual([
        'bread',
        'jam',
        'mug',
        'bread',
        'mug',
        'soap',
      ]);
    });

    it('tells an evaluation of the days of promotions', async () => {
      const { promoted, itemCodes } = (await readShopSales(reader, 'country', today)).sales;
      const lines = Array.from(promoted.items, (item, n) => `${itemCodes[item]} on ${promoted.days[n]}`);
      expect(lines).toEqual(['bread on 1', 'jam on 1', 'mug on 4', 'bread on 4', 'mug on 4', 'soap on 4']);
    });

    it('has the categories of what was bought; levels without a name are none', async () => {
      const { tree } = (await readPurchases(reader, 'country', today)).context;
      expect(namesOf(tree)).toEqual(['food', 'home', 'food > bakery', 'food > dairy', 'home > kitchen']);
      expect([...tree.levelStarts]).toEqual([0, 2, 5]);
      expect([...tree.productNodes]).toEqual([2, 3, 0, 4, -1, -1]);
    });

    it('leaves out orders whose import is taken back while it reads', async () => {
      // The only one that holds butter, and the last one.
      const imported = await importedOrders(database, 'b0', 'b5');
      const { baskets, orders, context } = await readPurchases(
        {
          ...reader,
          async *orders() {
            await undoImport(database, imported, 'malformed');
            yield* reader.orders();
          },
        },
        'country',
        today,
      );
      expect(orders.itemCodes).toEqual(['bread', 'jam', 'mug', 'soap', 'tea']);
      expect([...baskets.offsets]).toEqual([0, 2, 4, 6, 9]);
      expect([...baskets.items]).toEqual([0, 1, 1, 4, 2, 3, 0, 2, 3]);
      expect([...orders.customer]).toEqual([1, -1, 2, -1]);
      expect([...context.day]).toEqual([1, 3, 4, 4]);
      expect(context.channelNames).toEqual(['app', 'web']);
      expect([...context.promotedBaskets]).toEqual([0, 2, 3, 3, 3]);
      expect([...context.promotedItems]).toEqual([1, 2, 0, 2, 3]);
    });
  });

  it('reads a shop without channels, promotions and categories', async () => {
    await storeOrder(database, order('a', 1, null, null, ['x'], ['y']));
    const { context } = await readPurchases(reader, 'country', today);
    expect(context).toEqual({
      day: Int32Array.of(0),
      channel: Int32Array.of(-1),
      channelNames: [],
      promotedBaskets: new Int32Array(),
      promotedItems: new Int32Array(),
      tree: {
        names: [],
        parents: new Int32Array(),
        levelStarts: Int32Array.of(0),
        productNodes: Int32Array.of(-1, -1),
      },
    });
  });

  it('reads a shop where each order has a channel of its own', async () => {
    // More than a statement takes parameters.
    const count = 70_000;
    await putProducts(database, [{ code: 'x' }]);
    await database.rows(
      sql`insert into orders (code, ordered_at, channel)
          select n, '2024-01-01', 'till ' || lpad(n::text, 6, '0') from generate_series(1, ${count}::integer) as n`,
    );
    await database.rows(
      sql`insert into order_lines (order_id, line_no, product_id, quantity)
          select orders.id, 1, products.id, 1 from orders, products`,
    );
    const { context } = await readPurchases(reader, 'country', today);
    expect(context.channelNames).toHaveLength(count);
    expect(context.channelNames[count - 1]).toBe('till 070000');
    expect(context.channel).toEqual(Int32Array.from({ length: count }, (_, n) => n));
  });

  it('reads no lines of orders that come while it reads', async () => {
    await storeOrder(database, order('a', 1, 'ann', null, ['x']));
    const { baskets, ledger, lastOrderId } = await readPurchases(
      {
        ...reader,
        async *lines(lastOrder) {
          await storeOrder(database, order('b', 2, 'ben', null, ['x'], ['y']));
          yield* reader.lines(lastOrder);
        },
      },
      'country',
      today,
    );
    expect(lastOrderId).toBe(1);
    expect(baskets).toMatchObject({ itemCount: 1, items: Int32Array.of(0) });
    // The customer is there by now, without an order.
    expect(ledger.documents.offsets).toEqual(Int32Array.of(0, 1, 1));
  });

  it('refuses a shop that sold nothing', async () => {
    await fill(
      database,
      shop.filter(({ code }) => code === 'return' || code === 'fee'),
    );
    await expect(readPurchases(reader, 'country', today)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('no orders to learn from'),
    });
  });
});
