import { createWriteStream } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { messageOf, PairwellError } from '../errors.ts';

/** In place of a path. */
export const stdout = '-';

const refusal = (out: string, why: string): PairwellError =>
  new PairwellError('bad-input', `Cannot write to ${out}: ${why}.`);

const directory = 'it is a directory; name a file in it';

/** Says in words why the system refuses; other errors are defects and stay as they are. */
function explain(error: unknown, out: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return refusal(out, `there is no directory ${dirname(out)}`);
    case 'EISDIR':
      return refusal(out, directory);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return refusal(out, 'that is not permitted');
    case 'ENOSPC':
    case 'EDQUOT':
      return refusal(out, 'no space is left');
    default:
      return syscall === undefined ? error : refusal(out, messageOf(error));
  }
}

/**
 * Finds out, before long work, whether its result can be written. Nothing is opened: should the work fail, what stands in
 * the file stays, and where there is no file none is left behind.
 *
 * @param out a path, or `-`
 * @throws PairwellError `bad-input`, saying why not
 */
export async function checkWritable(out: string): Promise<void> {
  if (out === stdout) return;
  const fail = (error: unknown): never => {
    throw explain(error, out);
  };
  const found = await stat(out).catch((error) => (error.code === 'ENOENT' ? undefined : fail(error)));
  if (found?.isDirectory()) throw refusal(out, directory);
  await access(found ? out : dirname(out), constants.W_OK).catch(fail);
}

/**
 * Writes no faster than `out` takes it, so that memory stays small. Whoever reads a pipe may stop at any time, as `head`
 * does; that is no failure, and the rest is not written.
 *
 * @param out a path, or `-`
 * @throws PairwellError `bad-input` when it cannot be written
 */
export async function writeChunks(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  out: string,
): Promise<void> {
  try {
    const sink: Writable = out === stdout ? process.stdout : createWriteStream(out);
    await pipeline(Readable.from(chunks), sink, { end: out !== stdout });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE')
      throw explain(error, out === stdout ? 'stdout' : out);
  }
}
