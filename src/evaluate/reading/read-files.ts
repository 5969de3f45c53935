import { PairwellError } from '../../errors.ts';
import { planReading, type ReadingOptions } from '../../import/reading.ts';
import { about, type OnBytes, openSource, type Source } from '../../import/source.ts';
import type { OrderLine } from '../../orders/order-line.ts';
import type { RejectReason } from '../../orders/outcomes.ts';
import type { Sales } from '../sales.ts';
import { SalesBuilder } from './sales-builder.ts';

/** Where the rows of files went; the parts add up to `read`. */
export interface RowCounts {
  read: number;
  /** Lines that sales are made of. */
  purchases: number;
  returns: number;
  /** Postage, fees, vouchers …. */
  nonProducts: number;
  /** Rows of orders that an earlier file holds: they were passed over. */
  ofEarlierFiles: number;
  /** Rows kept aside, by reason. */
  rejected: Partial<Record<RejectReason, number>>;
}

export interface ReadSales {
  readonly sales: Sales;
  readonly rows: RowCounts;
}

/**
 * Reads files of orders as `import` does, into memory. An order that two files hold is taken from the first; files of baskets, whose
 * orders have no numbers, hold none in common.
 *
 * @param onProgress gets the share of the bytes that were read
 * @throws PairwellError `bad-input` for a file that cannot be read or understood, and where nothing was bought
 */
export async function readSalesFiles(
  paths: readonly string[],
  options: ReadingOptions,
  onProgress: (share: number) => void = () => undefined,
): Promise<ReadSales> {
  const sources = await Promise.all(paths.map(openSource));
  const size = sources.reduce((sum, source) => sum + source.size, 0);
  let bytesRead = 0;
  const reader = new FileReader(options, (bytes) => {
    bytesRead += bytes;
    onProgress(Math.min(1, bytesRead / size));
  });
  for (const source of sources) await about(source, () => reader.read(source));
  if (reader.rows.purchases === 0) {
    const rejected = JSON.stringify(reader.rows.rejected);
    throw new PairwellError(
      'bad-input',
      `Of ${reader.rows.read} rows none is a purchase (kept aside: ${rejected}).`,
    );
  }
  return { sales: reader.builder.build(), rows: reader.rows };
}

class FileReader {
  readonly builder = new SalesBuilder();
  readonly rows: RowCounts = {
    read: 0,
    purchases: 0,
    returns: 0,
    nonProducts: 0,
    ofEarlierFiles: 0,
    rejected: {},
  };
  readonly #options: ReadingOptions;
  readonly #onBytes: OnBytes;
  readonly #orders = new Map<string, { readonly number: number; readonly file: number }>();
  #currency: string | null = null;
  #file = 0;

  constructor(options: ReadingOptions, onBytes: OnBytes) {
    this.#options = options;
    this.#onBytes = onBytes;
  }

  async read(source: Source): Promise<void> {
    this.#file++;
    const reading = await planReading(source, this.#options);
    this.#currency ??= reading.currency.stated ?? reading.currency.first;
    const orderPrefix = `file ${this.#file}`;
    const clean = reading.cleaner(orderPrefix, 0, this.#currency);
    let rowNo = 0;
    for await (const rows of reading.rows(orderPrefix, this.#onBytes))
      for (const row of rows) this.#take(clean(row, ++rowNo));
  }

  #take(line: OrderLine | RejectReason): void {
    const { rows } = this;
    rows.read++;
    if (typeof line === 'string') {
      rows.rejected[line] = (rows.rejected[line] ?? 0) + 1;
      return;
    }
    const order = this.#orderOf(line);
    if (order === undefined) rows.ofEarlierFiles++;
    else if (line.quantity < 0) rows.returns++;
    else if (line.nonProduct) rows.nonProducts++;
    else {
      rows.purchases++;
      const isPromoted = line.promotion !== null;
      this.builder.addLine(order, { item: line.product, ...moneyOf(line), isPromoted });
    }
  }

  /** The number of the line's order; undefined for one of an earlier file. */
  #orderOf({ order: code, time, customer }: OrderLine): number | undefined {
    let order = this.#orders.get(code);
    if (!order) {
      order = { number: this.builder.openOrder(time), file: this.#file };
      this.#orders.set(code, order);
    }
    if (order.file !== this.#file) return undefined;
    this.builder.setCustomer(order.number, customer);
    return order.number;
  }
}

function moneyOf({ quantity, unitPrice, unitCost, discount }: OrderLine): {
  revenue: number;
  profit: number;
} {
  const revenue = (unitPrice ?? Number.NaN) * quantity - (discount ?? 0);
  return { revenue, profit: revenue - (unitCost ?? Number.NaN) * quantity };
}
