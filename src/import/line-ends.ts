const [lineFeed, carriageReturn, quote] = Buffer.from('\n\r"');

/** Files are put together of others, so their lines may end in CRLF and LF by turns. */
const usual = ['\r\n', '\n'];

/**
 * What ends the rows of comma-separated values. A CR by itself belongs to its field, unless the first line ends so.
 *
 * @param start the text's first bytes, UTF-8
 * @returns undefined when the first line does not end in them
 */
function endsIn(start: Buffer): string[] | undefined {
  let quoted = false;
  for (let i = 0; i < start.length; i++) {
    const byte = start[i];
    if (byte === quote) quoted = !quoted;
    else if (quoted) continue;
    else if (byte === lineFeed) return usual;
    else if (byte === carriageReturn) return start[i + 1] === lineFeed ? usual : [...usual, '\r'];
  }
  return undefined;
}

/** What ends the rows of a text, from the first chunk of `withFirstLine`. */
export const lineEnds = (start: Buffer): string[] => endsIn(start) ?? usual;

/**
 * The same bytes in chunks of which the first holds the whole first line, or all there is.
 *
 * @param limit after so many bytes a first line is not waited for
 */
export async function* withFirstLine(chunks: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Buffer> {
  let start: Buffer | null = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (start === null) {
      yield chunk;
      continue;
    }
    start = Buffer.concat([start, chunk]);
    // After a CR an LF may follow.
    const whole = start.at(-1) !== carriageReturn && endsIn(start) !== undefined;
    if (!whole && start.length <= limit) continue;
    yield start;
    start = null;
  }
  if (start !== null) yield start;
}
