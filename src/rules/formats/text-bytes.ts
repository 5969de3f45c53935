import { TextDecoder } from 'node:util';
import { PairwellError } from '../../errors.ts';

/** The usual length of a chunk in UTF-16 units. */
const chunkLength = 128 * 1024;

/** Text as UTF-8, in chunks of some 128 kB that whoever gets them may keep. Half a surrogate pair becomes U+FFFD. */
export function* utf8Chunks(pieces: Iterable<string>): Generator<Uint8Array> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < chunkLength) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

/**
 * The text of a file, without a byte-order mark.
 *
 * @param input text, or bytes in UTF-8
 * @throws PairwellError `bad-input` for bytes that are no such text, or more than one string can hold
 */
export function textOf(input: string | Uint8Array): string {
  return typeof input === 'string' ? withoutMark(input) : decode(decoderOf('utf-8'), input, false);
}

/**
 * The same piece by piece.
 *
 * @param encoding of bytes: a label of the WHATWG Encoding Standard
 * @throws PairwellError `bad-input` for bytes that are no such text, and for an unknown encoding
 */
export function* textPieces(input: string | Uint8Array, encoding: string): Generator<string> {
  if (typeof input === 'string') {
    yield withoutMark(input);
    return;
  }
  const decoder = decoderOf(encoding);
  for (let from = 0; from < input.length; from += chunkLength) {
    const to = from + chunkLength;
    yield decode(decoder, input.subarray(from, to), to < input.length);
  }
}

const withoutMark = (text: string): string => (text.startsWith('\uFEFF') ? text.slice(1) : text);

function decoderOf(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new PairwellError('bad-input', `The file is in "${encoding}", which is no known encoding.`);
  }
}

function decode(decoder: TextDecoder, bytes: Uint8Array, stream: boolean): string {
  try {
    return decoder.decode(bytes, { stream });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_STRING_TOO_LONG') {
      throw new PairwellError(
        'bad-input',
        `The file has ${bytes.length} bytes, more than can be read at once.`,
      );
    }
    throw new PairwellError('bad-input', `The file is not text in ${decoder.encoding}.`);
  }
}
