import { TransactionsBuilder } from '../baskets/builder.ts';
import { Dictionary } from '../baskets/dictionary.ts';
import { FimiParser } from '../baskets/fimi.ts';
import { PairwellError } from '../errors.ts';
import { BasketLineParser, type NamedBaskets } from './basket-lines.ts';
import { toUtf8 } from './encoding.ts';
import { withoutLoneReturns } from './line-ends.ts';
import { planReading, type Reading, type ReadingOptions } from './reading.ts';
import { openSource, readBytes, type Source } from './source.ts';

/** Nothing else waits for this thread while a file is read for mining. */
const largeChunk = 256 * 1024;

export type { NamedBaskets } from './basket-lines.ts';

async function readNumbers(text: AsyncIterable<Buffer>): Promise<NamedBaskets> {
  const parser = new FimiParser();
  for await (const bytes of withoutLoneReturns(text)) parser.push(bytes);
  const { transactions, numbers, names } = parser.finish();
  return { transactions, names: numbers.map((number) => names.get(number) ?? String(number)) };
}

async function readNames(
  text: AsyncIterable<Buffer>,
  delimiter: string,
  reading: Reading,
): Promise<NamedBaskets> {
  const clean = reading.cleaner('', 0);
  const parser = new BasketLineParser(delimiter, (field) => {
    const line = clean(['1', field], 1);
    return typeof line === 'string' ? undefined : line.product;
  });
  for await (const bytes of text) parser.push(bytes);
  return parser.finish();
}

/** The products of each order, and nothing else: orders of returns alone and rows that cannot be used make no basket. */
async function readOrders(reading: Reading): Promise<NamedBaskets> {
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

async function read(source: Source, options: ReadingOptions): Promise<NamedBaskets> {
  // Baskets need no time; a file without a column for it is as good.
  const reading = await planReading(source, { ...options, time: options.time ?? new Date(0) });
  const text = (): AsyncIterable<Buffer> =>
    toUtf8(readBytes(source, undefined, largeChunk), reading.encoding);
  if (reading.format === 'fimi') return readNumbers(text());
  const { delimiter } = reading.settings as { delimiter: string };
  const quick = reading.format === 'basket' && delimiter.charCodeAt(0) < 0x80;
  return quick ? readNames(text(), delimiter, reading) : readOrders(reading);
}

/**
 * Reads a file for mining alone: it goes into memory, not into the database.
 *
 * @throws PairwellError `bad-input` for a file that cannot be read or understood
 */
export async function readBaskets(path: string, options: ReadingOptions): Promise<NamedBaskets> {
  const source = await openSource(path);
  try {
    return await read(source, options);
  } catch (error) {
    if (!(error instanceof PairwellError) || error.code !== 'bad-input') throw error;
    throw new PairwellError('bad-input', `${source.name}: ${error.message}`, error.details);
  }
}
