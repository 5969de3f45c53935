import { type CustomerSeen, CustomersSeen, type ProductSeen, ProductsSeen } from './facts.ts';
import type { OrderLine } from './order-line.ts';
import { count, type LineOutcome, type RejectReason, type Tally } from './outcomes.ts';

/** An order as far as its lines in one batch tell. */
export interface OrderSeen {
  readonly code: string;
  /** Of its first line; milliseconds since 1970. */
  readonly time: number;
  customer: string | null;
  readonly channel: string | null;
  /** Its key in the database; 0 until it is stored. */
  id: number;
  /** The number of its last line; 0 when there is none. */
  lastLine: number;
  /** Whether its customer was forgotten: then it has none. */
  isOfForgotten: boolean;
  /** Whether another import or the API has stored it, so that it is left alone. */
  storedElsewhere: boolean;
}

export interface RejectedRow {
  /** From 1. */
  readonly rowNo: number;
  readonly reason: RejectReason;
  /** As it stands in the file. */
  readonly row: readonly string[];
}

/** The numbers of a line, in the order in which `LineColumns` keeps them. */
const numbersPerLine = 4;

/**
 * Order lines in columns: kept as objects until they are written, hundreds of thousands of them would be copied
 * about by the garbage collector. NaN stands for a number that is not known.
 */
export class LineColumns {
  readonly orders: OrderSeen[] = [];
  readonly products: ProductSeen[] = [];
  readonly promotions: (string | null)[] = [];
  #numbers = new Float64Array(1024 * numbersPerLine);

  get length(): number {
    return this.orders.length;
  }

  add(order: OrderSeen, product: ProductSeen, line: OrderLine): void {
    const at = this.length * numbersPerLine;
    if (at === this.#numbers.length) {
      const wider = new Float64Array(2 * at);
      wider.set(this.#numbers);
      this.#numbers = wider;
    }
    this.#numbers[at] = line.quantity;
    this.#numbers[at + 1] = line.unitPrice ?? Number.NaN;
    this.#numbers[at + 2] = line.unitCost ?? Number.NaN;
    this.#numbers[at + 3] = line.discount ?? Number.NaN;
    this.orders.push(order);
    this.products.push(product);
    this.promotions.push(line.promotion);
  }

  quantity(line: number): number {
    return this.#numbers[line * numbersPerLine];
  }

  unitPrice(line: number): number {
    return this.#numbers[line * numbersPerLine + 1];
  }

  unitCost(line: number): number {
    return this.#numbers[line * numbersPerLine + 2];
  }

  discount(line: number): number {
    return this.#numbers[line * numbersPerLine + 3];
  }

  outcome(line: number): LineOutcome {
    if (this.orders[line].storedElsewhere) return 'alreadyStored';
    if (this.quantity(line) < 0) return 'returns';
    return this.orders[line].customer === null ? 'anonymousPurchases' : 'purchases';
  }
}

/** Rows that are stored in one transaction, with all that can be known of them without the database. */
export class Batch {
  readonly lines = new LineColumns();
  readonly orders = new Map<string, OrderSeen>();
  readonly products = new ProductsSeen();
  readonly customers = new CustomersSeen();
  readonly rejected: RejectedRow[] = [];
  /** How many rows there are in all. */
  rows = 0;
  /** The number of the last row in the file. */
  lastRow = 0;

  /** @param rowNo the row's number in the file, from 1 */
  add(row: readonly string[], rowNo: number, outcome: OrderLine | RejectReason): void {
    this.rows++;
    this.lastRow = rowNo;
    if (typeof outcome === 'string') {
      this.rejected.push({ rowNo, reason: outcome, row });
      return;
    }
    this.lines.add(this.#orderOf(outcome), this.products.seeLine(outcome), outcome);
    this.customers.seeLine(outcome);
  }

  #orderOf({ order: code, time, customer, channel }: OrderLine): OrderSeen {
    // Mostly the order of the line before.
    const last = this.lines.orders.at(-1);
    let order = last?.code === code ? last : this.orders.get(code);
    if (!order) {
      const unstored = { id: 0, lastLine: 0, isOfForgotten: false, storedElsewhere: false };
      order = { code, time, customer, channel, ...unstored };
      this.orders.set(code, order);
    }
    order.customer ??= customer;
    return order;
  }

  /** What became of the rows; to be asked when it is known which orders are stored elsewhere. */
  tally(): Tally {
    const tally: Tally = {};
    for (const { reason } of this.rejected) count(tally, `rejected:${reason}`);
    for (let line = 0; line < this.lines.length; line++) count(tally, this.lines.outcome(line));
    return tally;
  }

  /** The orders that this import stores. */
  ownOrders(): OrderSeen[] {
    return [...this.orders.values()].filter(({ storedElsewhere }) => !storedElsewhere);
  }

  /** The customers of `ownOrders`. */
  ownCustomers(): CustomerSeen[] {
    const codes = new Set(this.ownOrders().map(({ customer }) => customer));
    return [...this.customers.values()].filter(({ code }) => codes.has(code));
  }

  /** The products on the lines of `ownOrders`. */
  ownProducts(): Set<ProductSeen> {
    const { orders, products } = this.lines;
    return new Set(products.filter((_, line) => !orders[line].storedElsewhere));
  }
}

export interface BatchOptions {
  clean(row: string[], rowNo: number): OrderLine | RejectReason;
  /** Rows in a batch, except that rows read together stay together. */
  size: number;
  /** A row number after which a batch ends in any case: how far an earlier run came. */
  cutAt: number;
}

/** Cleans rows as they are read, and puts them together into batches. */
export async function* cutBatches(
  chunks: AsyncIterable<string[][]>,
  { clean, size, cutAt }: BatchOptions,
): AsyncGenerator<Batch> {
  let rowNo = 0;
  let batch = new Batch();
  for await (const rows of chunks) {
    for (const row of rows) {
      rowNo++;
      batch.add(row, rowNo, clean(row, rowNo));
      if (rowNo === cutAt) {
        yield batch;
        batch = new Batch();
      }
    }
    if (batch.rows >= size) {
      yield batch;
      batch = new Batch();
    }
  }
  if (batch.rows > 0) yield batch;
}
