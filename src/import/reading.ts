import { PairwellError } from '../errors.ts';
import { rowCleaner } from '../orders/clean-row.ts';
import { type ColumnUse, type ColumnWishes, resolveColumns } from '../orders/columns.ts';
import type { DecimalMark } from '../orders/numbers.ts';
import type { OrderLine } from '../orders/order-line.ts';
import type { RejectReason } from '../orders/outcomes.ts';
import { generalRules } from '../orders/row-rules.ts';
import { parseDateFormat, proposeDateOrder } from '../orders/times.ts';
import { blanks, parseDelimiter } from './delimiter.ts';
import { chooseEncoding, toUtf8 } from './encoding.ts';
import { currencySetting, type FileCurrency, firstCurrency, statedCurrency } from './file-currency.ts';
import { lineRows } from './line-rows.ts';
import { type OnBytes, readBytes, type Source } from './source.ts';
import { readStart, tableDelimiter, tableRows } from './table.ts';

/** `csv`: rows under a heading line; `basket`: one basket of item names a line; `fimi`: of item numbers. */
export const fileFormats = ['csv', 'basket', 'fimi'] as const;
export type FileFormat = (typeof fileFormats)[number];

/** How to read a file; what is not given is found out from the file. */
export interface ReadingOptions extends ColumnWishes {
  /** Default `csv`. */
  format?: FileFormat | undefined;
  /** Any name of the WHATWG Encoding Standard; default UTF-8. A byte-order mark in the file goes before it. */
  encoding?: string | undefined;
  /** One character, or `tab`, `blank` …. */
  delimiter?: string | undefined;
  decimal?: DecimalMark | undefined;
  /** Such as `DD/MM/YYYY`: what dates with slashes, dots or hyphens mean. */
  dateFormat?: string | undefined;
  /** What all amounts are in, unless a row says otherwise. */
  currency?: string | undefined;
}

/** A file whose every question of meaning is settled. */
export interface Reading {
  readonly format: FileFormat;
  readonly encoding: string;
  /** The preset whose meaning the columns have, if any. */
  readonly preset: string | null;
  readonly currency: FileCurrency;
  /** All that, besides its bytes, decides what is stored; plain JSON. */
  readonly settings: Readonly<Record<string, unknown>>;
  /**
   * The file's rows, without the heading line.
   *
   * @param orderPrefix what order numbers start with where the file has none
   * @throws PairwellError `bad-input`, naming the line, for a file that is malformed
   */
  rows(orderPrefix: string, onBytes?: OnBytes): AsyncIterable<string[][]>;
  /**
   * @param startedAt the orders' time when neither the file nor the options say, in milliseconds since 1970
   * @param currency the shop's; without one, what rows are in does not matter
   */
  cleaner(
    orderPrefix: string,
    startedAt: number,
    currency?: string | null,
  ): (row: string[], rowNo: number) => OrderLine | RejectReason;
}

/** Enough rows to see a day of the month above 12 in most files, read in a few milliseconds. */
const sampleRows = 5000;

async function readSample(rows: AsyncIterable<string[][]>): Promise<string[][]> {
  const sample: string[][] = [];
  for await (const some of rows) {
    sample.push(...some);
    if (sample.length > sampleRows) break;
  }
  return sample;
}

async function* withoutFirst(rows: AsyncIterable<string[][]>): AsyncGenerator<string[][]> {
  let dropped = false;
  for await (const some of rows) {
    yield dropped ? some : some.slice(1);
    dropped ||= some.length > 0;
  }
}

async function planCsv(
  source: Source,
  options: ReadingOptions,
  encoding: string,
  start: Buffer,
): Promise<Reading> {
  const delimiter = tableDelimiter(start, encoding, options.delimiter);
  const allRows = (onBytes?: OnBytes): AsyncIterable<string[][]> =>
    tableRows(source, encoding, delimiter, onBytes);
  const [header, ...sample] = await readSample(allRows());
  if (!header) throw new PairwellError('bad-input', 'The file has no heading line.');
  const { preset, dialect, uses } = resolveColumns(header, options);
  const time = options.time?.getTime();
  const times = uses.find(({ field }) => field === 'time')?.index;
  const dateOrder =
    options.dateFormat === undefined
      ? proposeDateOrder(
          time !== undefined || times === undefined ? [] : sample.map((row) => (row[times] ?? '').trim()),
        )
      : parseDateFormat(options.dateFormat);
  const decimal = options.decimal ?? '.';
  const currencies = uses.find(({ field }) => field === 'currency')?.index;
  const stated = statedCurrency(options.currency);
  const columns = uses.map(({ field, index }) => `${header[index].trim()}=${field}`);
  return {
    format: 'csv',
    encoding,
    preset,
    currency: {
      stated,
      first: firstCurrency(sample, currencies),
      column: currencies === undefined ? null : header[currencies].trim(),
    },
    settings: {
      format: 'csv',
      encoding,
      delimiter,
      decimal,
      dateOrder,
      time: time ?? null,
      preset,
      columns,
      ...currencySetting(stated),
    },
    rows: (_, onBytes) => withoutFirst(allRows(onBytes)),
    cleaner: (orderPrefix, _, currency) =>
      rowCleaner({
        dialect,
        uses,
        columnCount: header.length,
        decimal,
        dateOrder,
        orderPrefix,
        time,
        currency,
      }),
  };
}

const itemNumber = /^\d+$/;

function splitItemNumbers(line: string, lineNo: number): string[] {
  const items = line.split(/\s+/);
  const odd = items.find((item) => !itemNumber.test(item));
  if (odd === undefined) return items;
  throw new PairwellError(
    'bad-input',
    `Line ${lineNo}: "${odd.slice(0, 40)}" is no item number. A file with item names is --format basket.`,
  );
}

function splitItemNames(delimiter: string): (line: string) => string[] {
  const separator = delimiter === blanks ? /\s+/ : delimiter;
  return (line) =>
    line
      .split(separator)
      .map((item) => item.trim())
      .filter((item) => item !== '');
}

/** A row for each item of a basket: its order and the item. */
function planBaskets(
  source: Source,
  format: 'basket' | 'fimi',
  options: ReadingOptions,
  encoding: string,
): Reading {
  const names = format === 'basket';
  const delimiter = names ? parseDelimiter(options.delimiter ?? ',') : blanks;
  const split = names ? splitItemNames(delimiter) : splitItemNumbers;
  const uses: ColumnUse[] = [
    { index: 0, field: 'order' },
    { index: 1, field: 'product' },
  ];
  if (names) uses.push({ index: 1, field: 'name' });
  const time = options.time?.getTime();
  const stated = statedCurrency(options.currency);
  return {
    format,
    encoding,
    preset: null,
    currency: { stated, first: null, column: null },
    settings: { format, encoding, delimiter, time: time ?? null, ...currencySetting(stated) },
    rows: (orderPrefix, onBytes) =>
      lineRows(toUtf8(readBytes(source, onBytes), encoding), (line, lineNo) => {
        const order = `${orderPrefix}:${lineNo}`;
        return split(line, lineNo).map((item) => [order, item]);
      }),
    cleaner: (orderPrefix, startedAt) =>
      rowCleaner({
        dialect: { rules: generalRules },
        uses,
        columnCount: 2,
        decimal: '.',
        dateOrder: null,
        orderPrefix,
        time: time ?? startedAt,
      }),
  };
}

/**
 * Settles how a file is read, from the options and the start of the file.
 *
 * @throws PairwellError `bad-input` when the options do not fit the file, or leave open what a date means
 */
export async function planReading(source: Source, options: ReadingOptions): Promise<Reading> {
  const start = await readStart(source);
  const encoding = chooseEncoding(start, options.encoding);
  return options.format === 'basket' || options.format === 'fimi'
    ? planBaskets(source, options.format, options, encoding)
    : planCsv(source, options, encoding, start);
}
