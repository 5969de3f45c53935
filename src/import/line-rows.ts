import { PairwellError } from '../errors.ts';

/** The longest record or line, in characters. */
export const recordLimit = 1024 * 1024;

/**
 * The rows of a text in which every line stands for itself.
 *
 * @param split the rows of a line, of which the number (from 1) is given; empty lines are left out
 * @throws PairwellError `bad-input` for a line that never ends
 */
export async function* lineRows(
  chunks: AsyncIterable<Buffer>,
  split: (line: string, lineNo: number) => string[][],
): AsyncGenerator<string[][]> {
  const decoder = new TextDecoder();
  let rest = '';
  let lineNo = 0;
  const rowsOf = (lines: readonly string[]): string[][] =>
    lines.flatMap((line) => {
      lineNo++;
      const text = line.trim();
      return text === '' ? [] : split(text, lineNo);
    });
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop()!;
    if (rest.length > recordLimit) throw tooLong(lineNo + 1);
    yield rowsOf(lines);
  }
  yield rowsOf([rest]);
}

const tooLong = (lineNo: number): PairwellError =>
  new PairwellError('bad-input', `Line ${lineNo} is longer than ${recordLimit} characters.`);
