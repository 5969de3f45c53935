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
 * @param encoding of bytes: a label of the WHATWG Encoding Standard
 * @throws PairwellError `bad-input` for bytes that are no such text, or more than one string can hold
 */
export function textOf(input: string | Uint8Array, encoding = 'utf-8'): string {
  if (typeof input === 'string') return input.startsWith('\uFEFF') ? input.slice(1) : input;
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(input);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      throw new PairwellError('bad-input', `The file is not text in ${encoding}.`);
    }
    if (code === 'ERR_ENCODING_NOT_SUPPORTED') {
      throw new PairwellError('bad-input', `The file is in "${encoding}", which is no known encoding.`);
    }
    if (code === 'ERR_STRING_TOO_LONG') {
      throw new PairwellError(
        'bad-input',
        `The file has ${input.length} bytes, more than can be read at once.`,
      );
    }
    throw error;
  }
}
