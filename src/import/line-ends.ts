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

/**
 * The same text in which every line ends in LF or CRLF: a CR by itself, which ends lines of old Macs, becomes an LF.
 * Bytes that hold no such CR are handed on as they are.
 *
 * @param chunks UTF-8, cut anywhere
 */
export async function* withoutLoneReturns(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let afterReturn = false;
  for await (const chunk of chunks) {
    if (chunk.length === 0) continue;
    // The line was ended with the chunk before.
    yield fed(afterReturn && chunk[0] === lineFeed ? chunk.subarray(1) : chunk);
    afterReturn = chunk.at(-1) === carriageReturn;
  }
}

/** The same bytes with an LF for each CR that none follows. */
function fed(bytes: Buffer): Buffer {
  let changed: Buffer | undefined;
  for (let at = bytes.indexOf(carriageReturn); at >= 0; at = bytes.indexOf(carriageReturn, at + 1)) {
    if (bytes[at + 1] === lineFeed) continue;
    changed ??= Buffer.from(bytes);
    changed[at] = lineFeed;
  }
  return changed ?? bytes;
}
