import { TextDecoder } from 'node:util';
import { PairwellError } from '../errors.ts';

const boms: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** The encoding that a byte-order mark at the start of a file names. */
function encodingOfMark(start: Buffer): string | undefined {
  return boms.find(([, mark]) => mark.every((byte, i) => start[i] === byte))?.[0];
}

/**
 * A decoder that throws on bytes that are none of its encoding, and drops a byte-order mark.
 *
 * @param label any name of the WHATWG Encoding Standard
 * @throws PairwellError `bad-input` for a name that is none
 */
export function strictDecoder(label: string): TextDecoder {
  try {
    return new TextDecoder(label, { fatal: true });
  } catch {
    throw new PairwellError(
      'bad-input',
      `"${label}" is no known encoding. Examples: utf-8, windows-1252, iso-8859-2, gb18030, big5, shift_jis, utf-16le.`,
    );
  }
}

/**
 * The encoding to read a file in: that of its byte-order mark, else the one asked for, else UTF-8.
 *
 * @returns the encoding's standard name
 * @throws PairwellError `bad-input` for a name that is no encoding
 */
export function chooseEncoding(start: Buffer, wish: string | undefined): string {
  const asked = strictDecoder(wish ?? 'utf-8').encoding;
  return encodingOfMark(start) ?? asked;
}

/** The same text as UTF-8 without a byte-order mark. Expects bytes that were found valid before. */
export async function* toUtf8(chunks: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  if (encoding === 'utf-8') {
    yield* withoutMark(chunks);
    return;
  }
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

async function* withoutMark(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let first = true;
  for await (const chunk of chunks) {
    yield first && encodingOfMark(chunk) === 'utf-8' ? chunk.subarray(3) : chunk;
    first = false;
  }
}
