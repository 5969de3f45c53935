import { PairwellError } from '../errors.ts';
import type { DecimalMark } from '../orders/numbers.ts';
import { chooseEncoding } from './encoding.ts';
import { inspect } from './inspect.ts';
import { type LabelledColumns, LabelledRows, type LabelledTable } from './labelled-rows.ts';
import { type ScoredColumns, ScoredRows, type ScoredTable } from './scored-rows.ts';
import { about, openSource } from './source.ts';
import { readStart, tableDelimiter, tableRows } from './table.ts';

export interface ScoredFileOptions {
  /** Any name of the WHATWG Encoding Standard; default UTF-8. A byte-order mark in the file goes before it. */
  readonly encoding?: string | undefined;
  /** One character, or `tab`, `blank` …; default by the heading line. */
  readonly delimiter?: string | undefined;
  /** Default a point. */
  readonly decimal?: DecimalMark | undefined;
}

/** What takes the rows of a table, one by one, and makes something of them. */
interface RowTaker<T> {
  add(row: readonly string[]): void;
  table(): T;
}

/**
 * Reads a table of scored customers, plain or gzip-compressed.
 *
 * @throws PairwellError `bad-input`, naming the file, where it cannot be read, has not the columns, or no row can be used
 */
export const readScoredFile = (
  path: string,
  columns: ScoredColumns,
  options: ScoredFileOptions = {},
): Promise<ScoredTable> =>
  readTable(path, options, (header, decimal) => new ScoredRows(header, columns, decimal));

/**
 * Reads a table of customers of whom it is known whether they left, plain or gzip-compressed.
 *
 * @throws PairwellError `bad-input`, naming the file, as {@link readScoredFile} does
 */
export const readLabelledFile = (
  path: string,
  columns: LabelledColumns,
  options: ScoredFileOptions = {},
): Promise<LabelledTable> =>
  readTable(path, options, (header, decimal) => new LabelledRows(header, columns, decimal));

async function readTable<T>(
  path: string,
  { encoding: wish, delimiter: stated, decimal = '.' }: ScoredFileOptions,
  open: (header: readonly string[], decimal: DecimalMark) => RowTaker<T>,
): Promise<T> {
  const source = await openSource(path);
  return about(source, async () => {
    const start = await readStart(source);
    const encoding = chooseEncoding(start, wish);
    // Says where text is of another encoding.
    await inspect(source, encoding);
    let taker: RowTaker<T> | undefined;
    for await (const rows of tableRows(source, encoding, tableDelimiter(start, encoding, stated))) {
      for (const row of rows) {
        if (taker) taker.add(row);
        else taker = open(row, decimal);
      }
    }
    if (!taker) throw new PairwellError('bad-input', 'The file has no heading line.');
    return taker.table();
  });
}
