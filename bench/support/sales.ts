import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Dictionary } from '../../src/baskets/dictionary.ts';
import { fromPairs } from '../../src/baskets/from-pairs.ts';
import type { Transactions } from '../../src/baskets/transactions.ts';
import { csvRows } from '../../src/import/csv-rows.ts';
import { toUtf8 } from '../../src/import/encoding.ts';
import { planReading } from '../../src/import/reading.ts';
import { openSource, readBytes } from '../../src/import/source.ts';
import type { OrderLine } from '../../src/orders/order-line.ts';
import { packageRoot } from '../../src/package-root.ts';

/** The purchases of a shop, in memory: an entry for each basket in the columns. */
export interface Sales {
  readonly baskets: Transactions;
  /** By item. */
  readonly names: readonly string[];
  /** Days since 1970-01-01, in the shop's clock. */
  readonly day: Int32Array;
  /** A position in `storeNames`. */
  readonly store: Int32Array;
  readonly storeNames: readonly string[];
  /** 1 where a line was sold on promotion. */
  readonly isPromoted: Uint8Array;
}

const msPerDay = 86_400_000;

/** Every line that buys a product, as an import cleans them. */
async function* purchases(path: string, preset: string): AsyncGenerator<OrderLine> {
  const reading = await planReading(await openSource(path), { preset });
  const clean = reading.cleaner('', 0);
  let rowNo = 0;
  for await (const rows of reading.rows('')) {
    for (const row of rows) {
      const line = clean(row, ++rowNo);
      if (typeof line !== 'string' && line.quantity > 0 && !line.nonProduct) yield line;
    }
  }
}

/** The names that an item goes by: some lines of a shop have another product's, or a remark. */
class NameTally {
  readonly #seen: Map<string, number>[] = [];

  see(item: number, name: string): void {
    this.#seen[item] ??= new Map();
    this.#seen[item].set(name, (this.#seen[item].get(name) ?? 0) + 1);
  }

  mostSeen(item: number): string | undefined {
    const names = [...(this.#seen[item] ?? [])];
    return names.toSorted((a, b) => b[1] - a[1])[0]?.[0];
  }
}

/** @param itemOf the item that a line is about; its code unless told otherwise */
async function readSales(
  path: string,
  preset: string,
  itemOf = ({ product }: OrderLine): string => product,
): Promise<Sales> {
  const items = new Dictionary();
  const orders = new Dictionary();
  const stores = new Dictionary();
  const lineOrders: number[] = [];
  const lineItems: number[] = [];
  const names = new NameTally();
  const day: number[] = [];
  const store: number[] = [];
  const promoted: number[] = [];
  for await (const line of purchases(path, preset)) {
    const item = items.intern(itemOf(line));
    const order = orders.intern(line.order);
    lineOrders.push(order);
    lineItems.push(item);
    if (line.name !== null) names.see(item, line.name);
    day[order] = Math.floor(line.time / msPerDay);
    store[order] = stores.intern(line.channel ?? 'the shop');
    promoted[order] = line.promotion === null && !promoted[order] ? 0 : 1;
  }
  return {
    baskets: fromPairs(Int32Array.from(lineOrders), Int32Array.from(lineItems), orders.size, items.size),
    names: Array.from({ length: items.size }, (_, item) => names.mostSeen(item) ?? items.nameOf(item)),
    day: Int32Array.from(day),
    store: Int32Array.from(store),
    storeNames: Array.from({ length: stores.size }, (_, s) => stores.nameOf(s)),
    isPromoted: Uint8Array.from(promoted),
  };
}

/** UCI Online Retail, which is part of the project. */
export function onlineRetail(): Promise<Sales> {
  return readSales(
    join(packageRoot(), 'db', 'seed', 'online-retail', 'online_retail.csv.gz'),
    'online-retail',
  );
}

/**
 * FoodMart's sales of 1997, by subcategory: of its 1,559 products no two are often together. Undefined where the folder lacks
 * its files, `sales_1997.csv.gz` and `products.csv.gz`.
 */
export async function foodMart(folder: string): Promise<Sales | undefined> {
  const [sales, products] = ['sales_1997.csv.gz', 'products.csv.gz'].map((file) => join(folder, file));
  if (!existsSync(sales) || !existsSync(products)) return undefined;
  const subcategories = await subcategoriesIn(products);
  return readSales(sales, 'foodmart', ({ product }) => subcategories.get(product) ?? product);
}

async function subcategoriesIn(path: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const rows of csvRows(toUtf8(readBytes(await openSource(path)), 'utf-8'), ',')) {
    for (const [product, , , subcategory] of rows) found.set(product, subcategory);
  }
  return found;
}
