import { PairwellError } from '../errors.ts';
import { blanks, detectDelimiter, parseDelimiter } from './delimiter.ts';
import { toUtf8 } from './encoding.ts';
import { lineRows } from './line-rows.ts';
import { type OnBytes, readBytes, type Source } from './source.ts';

/** Enough for the heading line. */
const startBytes = 64 * 1024;

/**
 * The start of a file, its heading line for the most part.
 *
 * @throws PairwellError `bad-input` for an empty file
 */
export async function readStart(source: Source): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of readBytes(source)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= startBytes) break;
  }
  if (length === 0) throw new PairwellError('bad-input', 'The file is empty.');
  return Buffer.concat(chunks);
}

const headingLine = (start: Buffer, encoding: string): string =>
  new TextDecoder(encoding)
    .decode(start)
    .trimStart()
    .split(/[\r\n]/, 1)[0];

/**
 * What sets the columns of a table apart: as wished, else by its heading line.
 *
 * @throws PairwellError `bad-input` for a wish that is no delimiter
 */
export const tableDelimiter = (start: Buffer, encoding: string, wish: string | undefined): string =>
  wish === undefined ? detectDelimiter(headingLine(start, encoding)) : parseDelimiter(wish);

/**
 * The rows of a table, the heading line among them, as many at a time as a chunk completes.
 *
 * @throws PairwellError `bad-input`, naming the line, for a file that is malformed
 */
export async function* tableRows(
  source: Source,
  encoding: string,
  delimiter: string,
  onBytes?: OnBytes,
): AsyncGenerator<string[][]> {
  const text = toUtf8(readBytes(source, onBytes), encoding);
  if (delimiter === blanks) {
    yield* lineRows(text, (line) => [line.split(/\s+/)]);
    return;
  }
  // Loaded when it is used: its parser takes longer to load than some files to read.
  const { csvRows } = await import('./csv-rows.ts');
  yield* csvRows(text, delimiter);
}
