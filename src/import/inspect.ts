import { isAscii } from 'node:buffer';
import { createHash } from 'node:crypto';
import { PairwellError } from '../errors.ts';
import { strictDecoder } from './encoding.ts';
import { type OnBytes, readBytes, type Source } from './source.ts';

const others = ['utf-8', 'windows-1252', 'gb18030', 'big5', 'utf-16le'];

/**
 * Where text stops to be valid: the byte at which a decoder gives up, from 1, and its line.
 *
 * @param validBytes how many bytes at the start are known to be valid
 */
async function locateFault(
  source: Source,
  encoding: string,
  validBytes: number,
): Promise<{ byte: number; line: number }> {
  const decoder = strictDecoder(encoding);
  let byte = 0;
  let line = 1;
  try {
    for await (const chunk of readBytes(source)) {
      const valid = Math.max(0, Math.min(chunk.length, validBytes - byte));
      line += decoder.decode(chunk.subarray(0, valid), { stream: true }).split('\n').length - 1;
      byte += valid;
      for (let i = valid; i < chunk.length; i++) {
        byte++;
        const text = decoder.decode(chunk.subarray(i, i + 1), { stream: true });
        if (text === '\0') return { byte, line };
        if (text === '\n') line++;
      }
    }
    decoder.decode();
  } catch (error) {
    if (error instanceof PairwellError) throw error;
  }
  return { byte, line };
}

async function invalidText(source: Source, encoding: string, validBytes: number): Promise<PairwellError> {
  const { byte, line } = await locateFault(source, encoding, validBytes);
  const suggestions = others.filter((other) => other !== encoding).map((other) => `--encoding ${other}`);
  return new PairwellError(
    'bad-input',
    `Byte ${byte}, on line ${line}, is no ${encoding} text. ` +
      `Name the encoding the file was written in, for example ${suggestions.join(', ')}.`,
    { byte, line, encoding },
  );
}

/**
 * Reads the whole file once, before anything of it is stored.
 *
 * @returns the SHA-256 of its decompressed bytes, to which more may be added
 * @throws PairwellError `bad-input` when it cannot be read to its end, is empty, or is no text in `encoding`
 * @throws PairwellError `cancelled` when `signal` fires
 */
export async function inspect(
  source: Source,
  encoding: string,
  { onBytes, signal }: { onBytes?: OnBytes | undefined; signal?: AbortSignal | undefined } = {},
): Promise<{ digest: string }> {
  const hash = createHash('sha256');
  const decoder = strictDecoder(encoding);
  let length = 0;
  let plainSoFar = true;
  const isText = (chunk?: Buffer): boolean => {
    // Most files are ASCII for the most part, which need not be decoded to be known good UTF-8.
    const plain = encoding === 'utf-8' && (chunk === undefined || (isAscii(chunk) && !chunk.includes(0)));
    if (plain && plainSoFar) return true;
    // A character may begin in a chunk that is not plain and end in the next.
    plainSoFar = plain;
    try {
      // A database text holds no zero character, and files with one are binary or UTF-16.
      return !decoder.decode(chunk, { stream: chunk !== undefined }).includes('\0');
    } catch {
      return false;
    }
  };
  for await (const chunk of readBytes(source, onBytes)) {
    if (signal?.aborted) throw new PairwellError('cancelled', 'Stopped; nothing was stored.');
    hash.update(chunk);
    if (!isText(chunk)) throw await invalidText(source, encoding, length);
    length += chunk.length;
  }
  if (!isText()) throw await invalidText(source, encoding, length);
  if (length === 0) throw new PairwellError('bad-input', 'The file is empty.');
  return { digest: hash.digest('hex') };
}
