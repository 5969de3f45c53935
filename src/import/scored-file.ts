import { PairwellError } from '../errors.ts';
import type { DecimalMark } from '../orders/numbers.ts';
import { chooseEncoding } from './encoding.ts';
import { inspect } from './inspect.ts';
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

/**
 * Reads a table of scored customers, plain or gzip-compressed.
 *
 * @throws PairwellError `bad-input`, naming the file, where it cannot be read, has not the columns, or no row can be used
 */
export async function readScoredFile(
  path: string,
  columns: ScoredColumns,
  { encoding: wish, delimiter: stated, decimal = '.' }: ScoredFileOptions = {},
): Promise<ScoredTable> {
  const source = await openSource(path);
  return about(source, async () => {
    const start = await readStart(source);
    const encoding = chooseEncoding(start, wish);
    // Says where text is of another encoding.
    await inspect(source, encoding);
    let table: ScoredRows | undefined;
    for await (const rows of tableRows(source, encoding, tableDelimiter(start, encoding, stated))) {
      for (const row of rows) {
        if (table) table.add(row);
        else table = new ScoredRows(row, columns, decimal);
      }
    }
    if (!table) throw new PairwellError('bad-input', 'The file has no heading line.');
    return table.table();
  });
}
