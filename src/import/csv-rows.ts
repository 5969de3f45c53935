import { CsvError, Parser } from 'csv-parse';
import { PairwellError } from '../errors.ts';
import { lineEnds, withFirstLine } from './line-ends.ts';
import { recordLimit } from './line-rows.ts';

const bad = (message: string): PairwellError => new PairwellError('bad-input', message);

/** Rows go to an array: the queue of an object stream costs a share of the parsing itself. */
class RowParser extends Parser {
  rows: string[][] = [];
  /** The line after the last whole record. */
  nextLine = 1;

  override push(row: string[] | null): boolean {
    // The end of the stream comes as null.
    if (row === null) return super.push(null);
    // An empty line. The parser can leave them out too, but asks every byte for it.
    if (row.length > 1 || row[0] !== '') this.rows.push(row);
    this.nextLine = this.info.lines + 1;
    return true;
  }

  takeRows(): string[][] {
    const { rows } = this;
    this.rows = [];
    return rows;
  }
}

function explain(error: unknown, startLine: number): unknown {
  if (!(error instanceof CsvError)) return error;
  switch (error.code) {
    case 'CSV_MAX_RECORD_SIZE':
      return bad(
        `The row that starts on line ${startLine} is longer than ${recordLimit} characters: either a quote that ` +
          'opens there is never closed, or this is no such table.',
      );
    case 'CSV_QUOTE_NOT_CLOSED':
      return bad(`The row that starts on line ${startLine} opens a quote that is never closed.`);
    case 'INVALID_OPENING_QUOTE':
      return bad(
        `Line ${error.lines}: a quote stands inside a field that does not start with one. Quote the whole field ` +
          'and double the quote in it.',
      );
    case 'CSV_INVALID_CLOSING_QUOTE':
      return bad(
        `Line ${error.lines}: a quoted field does not end where its quote closes. Double the quotes inside it, or ` +
          `close the quote in the row that starts on line ${startLine}.`,
      );
    default:
      return bad(`Line ${error.lines}: ${error.message}`);
  }
}

function openParser(delimiter: string, start: Buffer): RowParser {
  const parser = new RowParser({
    delimiter,
    record_delimiter: lineEnds(start),
    relax_column_count: true,
    max_record_size: recordLimit,
  });
  // `write` and `end` hand on what goes wrong.
  parser.on('error', () => undefined);
  return parser;
}

/**
 * The rows of comma-separated values, the heading line among them, as many at a time as a chunk completes. Empty
 * lines are no rows; rows may differ in length.
 *
 * @param chunks UTF-8
 * @throws PairwellError `bad-input`, naming the line, for a broken quote or a row that never ends
 */
export async function* csvRows(chunks: AsyncIterable<Buffer>, delimiter: string): AsyncGenerator<string[][]> {
  let parser: RowParser | undefined;
  const settled = (start: (done: (error?: Error | null) => void) => void): Promise<void> =>
    new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())));
  try {
    for await (const chunk of withFirstLine(chunks, recordLimit)) {
      const opened = parser ?? openParser(delimiter, chunk);
      parser = opened;
      await settled((done) => opened.write(chunk, done));
      yield opened.takeRows();
    }
    const opened = parser;
    if (!opened) return;
    await settled((done) => opened.end(done));
    yield opened.takeRows();
  } catch (error) {
    throw explain(error, parser?.nextLine ?? 1);
  } finally {
    parser?.destroy();
  }
}
