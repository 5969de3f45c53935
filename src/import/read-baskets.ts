import { TransactionsBuilder } from '../baskets/builder.ts';
import { Dictionary } from '../baskets/dictionary.ts';
import { FimiParser } from '../baskets/fimi.ts';
import type { Transactions } from '../baskets/transactions.ts';
import { PairwellError } from '../errors.ts';
import { planReading, type ReadingOptions } from './reading.ts';
import { openSource, readBytes, type Source } from './source.ts';

/** Baskets of a file, in shared memory, with the names of their items. */
export interface NamedBaskets {
  readonly transactions: Transactions;
  /** The name of each item, as it stood in the file. */
  readonly names: readonly string[];
}

async function readNumbers(source: Source): Promise<NamedBaskets> {
  const parser = new FimiParser();
  for await (const bytes of readBytes(source)) parser.push(bytes);
  const { transactions, numbers } = parser.finish();
  return { transactions, names: numbers.map(String) };
}

/** The products of each order, and nothing else: orders of returns alone and rows that cannot be used make no basket. */
async function readOrders(source: Source, options: ReadingOptions): Promise<NamedBaskets> {
  // Baskets need no time; a file without a column for it is as good.
  const reading = await planReading(source, { ...options, time: options.time ?? new Date(0) });
  const clean = reading.cleaner('', 0);
  const products = new Dictionary();
  const baskets = new Map<string, number[]>();
  let rowNo = 0;
  for await (const rows of reading.rows('')) {
    for (const row of rows) {
      const line = clean(row, ++rowNo);
      if (typeof line === 'string' || line.quantity <= 0 || line.nonProduct) continue;
      const item = products.intern(line.product);
      const basket = baskets.get(line.order);
      if (basket) basket.push(item);
      else baskets.set(line.order, [item]);
    }
  }
  const builder = new TransactionsBuilder();
  for (const basket of baskets.values()) builder.add(basket);
  const names = Array.from({ length: products.size }, (_, id) => products.nameOf(id));
  return { transactions: builder.build(), names };
}

/**
 * Reads a file for mining alone: it goes into memory, not into the database.
 *
 * @throws PairwellError `bad-input` for a file that cannot be read or understood
 */
export async function readBaskets(path: string, options: ReadingOptions): Promise<NamedBaskets> {
  const source = await openSource(path);
  try {
    return await (options.format === 'fimi' ? readNumbers(source) : readOrders(source, options));
  } catch (error) {
    if (!(error instanceof PairwellError) || error.code !== 'bad-input') throw error;
    throw new PairwellError('bad-input', `${source.name}: ${error.message}`, error.details);
  }
}
