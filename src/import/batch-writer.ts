import type { Database, Session } from '../../db/database.ts';
import { isUniqueViolation } from '../../db/errors.ts';
import { forgottenAmong, holdCustomers, orderDigests } from '../../db/queries/forgotten.ts';
import { checkpoint, type ImportRow } from '../../db/queries/imports.ts';
import {
  copyLines,
  copyOrders,
  copyRejectedRows,
  ensureProducts,
  findOrders,
  lineText,
  reserveOrderIds,
  updateProducts,
  upsertCustomers,
} from '../../db/queries/order-writer.ts';
import type { Batch, LineColumns, RejectedRow } from '../orders/batch.ts';
import { type CustomerSeen, type ProductSeen, ProductsSeen } from '../orders/facts.ts';
import { addTally, type Tally } from '../orders/outcomes.ts';

/** How many products and customers are remembered; with more, memory would grow with the file. */
const memoryLimit = 100_000;

/** Products updated by one statement. */
const updateSize = 10_000;

const maxAttempts = 3;

/** A product that lines of one file put into different categories. */
export interface TwoCategories {
  product: string;
  /** The one that counts, as the latest purchase says. */
  kept: readonly string[];
  other: readonly string[];
}

interface KnownCustomer {
  id: number;
  firstSeen: number;
  attributes: string;
}

const iso = (time: number): string => new Date(time).toISOString();

function byCode<T extends { code: string }>(found: Iterable<T>): T[] {
  return [...found].sort((a, b) => (a.code < b.code ? -1 : 1));
}

const productFacts = (seen: ProductSeen) => ({
  code: seen.code,
  nonProduct: seen.nonProduct,
  name: seen.name,
  price: seen.price,
  cost: seen.cost,
  seenAt: seen.seenAt === null ? null : iso(seen.seenAt),
  category: seen.category,
  attributes: seen.attributes,
});

/**
 * Stores the batches of one import, one transaction each, together with how far the import got. What the lines
 * tell about products is gathered and stored by `finish`: the products of a small range are on every batch again,
 * and writing them each time would take as long as writing the lines.
 */
export class BatchWriter {
  readonly #database: Database;
  readonly #importId: number;
  readonly #products = new ProductsSeen();
  readonly #customers = new Map<string, KnownCustomer>();
  readonly #inTwoCategories = new Map<string, TwoCategories>();
  #rowsCommitted: number;
  #tally: Tally;

  constructor(database: Database, { id, rowsCommitted, tally }: ImportRow) {
    this.#database = database;
    this.#importId = id;
    this.#rowsCommitted = rowsCommitted;
    this.#tally = tally;
  }

  get rowsCommitted(): number {
    return this.#rowsCommitted;
  }

  /** The outcomes of all rows committed so far, by earlier runs too. */
  get tally(): Tally {
    return this.#tally;
  }

  /** By product, of those that `finish` has stored. */
  get inTwoCategories(): ReadonlyMap<string, TwoCategories> {
    return this.#inTwoCategories;
  }

  /** @throws PairwellError `conflict` when another process is importing the same file */
  async write(batch: Batch): Promise<void> {
    if (this.#products.size > memoryLimit) await this.finish();
    if (this.#customers.size > memoryLimit) this.#customers.clear();
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#attempt(batch);
        return;
      } catch (error) {
        // Another process stored one of the orders after we looked: the next look finds it.
        if (!isUniqueViolation(error) || attempt === maxAttempts) throw error;
        // Keys of rows that were rolled back are void.
        this.#customers.clear();
        for (const product of this.#products.values()) product.id = 0;
      }
    }
  }

  /** Gathers again what a batch told that an earlier run has written: that run may have died before `finish`. */
  async revisit(batch: Batch): Promise<void> {
    if (this.#products.size > memoryLimit) await this.finish();
    await this.#findStored(this.#database, batch);
    for (const seen of batch.ownProducts()) this.#products.see(seen);
  }

  /** Stores what was gathered of the products, and forgets it; to be called after the last batch. */
  async finish(): Promise<void> {
    const products = [...this.#products.values()];
    for (let from = 0; from < products.length; from += updateSize) {
      const facts = products.slice(from, from + updateSize).map(productFacts);
      await this.#database.transaction((session) => updateProducts(session, facts));
    }
    for (const { code: product, category, otherCategory: other } of products) {
      if (other) this.#inTwoCategories.set(product, { product, kept: category!, other });
    }
    this.#products.clear();
  }

  async #attempt(batch: Batch): Promise<void> {
    const rowsBefore = this.#rowsCommitted;
    const rowsNow = rowsBefore + batch.rows;
    const tally: Tally = { ...this.#tally };
    await this.#database.transaction(async (session) => {
      await holdCustomers(session);
      await this.#findStored(session, batch);
      await passOverForgotten(session, batch);
      addTally(tally, batch.tally());
      await this.#writeOrders(session, batch);
      await copyRejectedRows(session, this.#importId, await withoutForgotten(session, batch.rejected));
      await checkpoint(session, { importId: this.#importId, rowsBefore, rowsNow, tally });
    });
    this.#rowsCommitted = rowsNow;
    this.#tally = tally;
  }

  /** Finds out which orders are there already, and whose they are. */
  async #findStored(session: Session, { orders }: Batch): Promise<void> {
    for (const order of orders.values()) order.id = 0;
    for (const { code, importId, ...stored } of await findOrders(session, [...orders.keys()])) {
      Object.assign(orders.get(code)!, stored, { storedElsewhere: importId !== this.#importId });
    }
  }

  async #writeOrders(session: Session, batch: Batch): Promise<void> {
    const orders = byCode(batch.ownOrders().filter(({ id }) => id === 0));
    // Customers, products, orders, each by code: all writers lock rows in this order, so none waits in a circle.
    const ofForgotten = orders.filter(({ isOfForgotten }) => isOfForgotten);
    const [, , digests, ids] = await Promise.all([
      this.#storeCustomers(session, batch.ownCustomers()),
      this.#storeProducts(session, batch.ownProducts()),
      orderDigests(
        session,
        ofForgotten.map(({ code }) => code),
      ),
      reserveOrderIds(session, orders.length),
    ]);
    orders.forEach((order, n) => {
      order.id = ids[n];
      order.lastLine = 0;
    });
    const rows = orders.map(({ id, code, customer, time, channel }) => ({
      id,
      code: digests.get(code) ?? code,
      customerId: customer === null ? null : this.#customers.get(customer)!.id,
      orderedAt: iso(time),
      channel,
      importId: this.#importId,
    }));
    const copying = copyOrders(session, rows);
    // The lines are put into words while the database takes the orders.
    const texts = this.#lineTexts(batch.lines);
    await copying;
    await copyLines(session, texts);
  }

  #lineTexts(lines: LineColumns): string[] {
    const texts: string[] = [];
    for (let line = 0; line < lines.length; line++) {
      const order = lines.orders[line];
      if (order.storedElsewhere) continue;
      texts.push(
        lineText({
          orderId: order.id,
          lineNo: ++order.lastLine,
          productId: lines.products[line].id,
          quantity: lines.quantity(line),
          unitPrice: lines.unitPrice(line),
          unitCost: lines.unitCost(line),
          discount: lines.discount(line),
          promotion: lines.promotions[line],
        }),
      );
    }
    return texts;
  }

  async #storeProducts(session: Session, products: Iterable<ProductSeen>): Promise<void> {
    const known = new Map([...products].map((seen) => [seen, this.#products.see(seen)]));
    const unknown = byCode([...known.values()].filter(({ id }) => id === 0));
    for (const { code, id } of await ensureProducts(session, unknown.map(productFacts))) {
      this.#products.get(code)!.id = id;
    }
    for (const [seen, { id }] of known) seen.id = id;
  }

  async #storeCustomers(session: Session, seen: Iterable<CustomerSeen>): Promise<void> {
    const news = new Map<string, CustomerSeen>();
    for (const customer of seen) {
      const known = this.#customers.get(customer.code);
      const more =
        !known ||
        customer.firstSeen < known.firstSeen ||
        JSON.stringify(customer.attributes) !== known.attributes;
      if (more) news.set(customer.code, customer);
    }
    const facts = byCode(news.values()).map((customer) => ({
      ...customer,
      firstSeen: iso(customer.firstSeen),
    }));
    for (const { code, id } of await upsertCustomers(session, facts)) {
      const { firstSeen, attributes } = news.get(code)!;
      const earlier = this.#customers.get(code)?.firstSeen ?? firstSeen;
      this.#customers.set(code, {
        id,
        firstSeen: Math.min(firstSeen, earlier),
        attributes: JSON.stringify(attributes),
      });
    }
  }
}

/** Orders of customers who were forgotten are anonymous. */
async function passOverForgotten(session: Session, batch: Batch): Promise<void> {
  const orders = batch.ownOrders();
  const customers = new Set(orders.flatMap(({ customer }) => customer ?? []));
  const forgotten = new Set(await forgottenAmong(session, [...customers]));
  for (const order of orders) {
    if (order.customer === null || !forgotten.has(order.customer)) continue;
    order.customer = null;
    order.isOfForgotten = true;
  }
}

/** Of rows that name a customer who was forgotten, in whichever field, number and reason are kept. */
async function withoutForgotten(session: Session, rows: readonly RejectedRow[]): Promise<RejectedRow[]> {
  const fieldsOf = (row: RejectedRow): string[] =>
    row.row.map((field) => field.trim().replace(/\.0$/, '')).filter((field) => field !== '');
  const fields = new Set(rows.flatMap(fieldsOf));
  const forgotten = new Set(await forgottenAmong(session, [...fields]));
  return rows.map((row) => (fieldsOf(row).some((field) => forgotten.has(field)) ? { ...row, row: [] } : row));
}
