import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { PairwellError } from '../errors.ts';

/** A file that can be read from its start as often as needed. */
export interface Source {
  readonly path: string;
  /** For messages. */
  readonly name: string;
  /** Size on disk, in bytes. */
  readonly size: number;
  readonly gzip: boolean;
}

/** Called with the bytes read from disk since the last call. */
export type OnBytes = (bytes: number) => void;

/** Names the file in what is wrong with it. */
export async function about<T>({ name }: Source, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PairwellError) || error.code !== 'bad-input') throw error;
    throw new PairwellError(error.code, `${name}: ${error.message}`, error.details);
  }
}

/** Small enough that the database's answers are not kept waiting while one chunk is parsed. */
const smallChunk = 64 * 1024;

const bad = (message: string): PairwellError => new PairwellError('bad-input', message);

const binaryKinds: readonly (readonly [string, string])[] = [
  ['PAR1', 'is a Parquet file, which is not supported yet'],
  ['PK\u0003\u0004', 'is a ZIP archive or an Excel workbook'],
  ['SQLite', 'is a database'],
];

/** Says in words why a file cannot be opened, as far as its path or its rights are the cause. */
function explain(error: NodeJS.ErrnoException, path: string): unknown {
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return bad(`There is no file ${path}.`);
    case 'EACCES':
    case 'EPERM':
      return bad(`${path} may not be read.`);
    case 'ELOOP':
      return bad(`${path} is a link that leads back to itself.`);
    case 'ENAMETOOLONG':
      return bad(`There is no file ${path.slice(0, 80)}…: the path is too long.`);
    case 'ERR_INVALID_ARG_VALUE':
      return bad(`There is no file ${path.replaceAll('\0', '\\0')}: a path holds no zero character.`);
    default:
      return error;
  }
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/**
 * Looks at a file before it is read.
 *
 * @throws PairwellError `bad-input` when it is missing, may not be read, is no plain file, empty, or of a kind that holds no text
 */
export async function openSource(path: string): Promise<Source> {
  const name = basename(path);
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw explain(error, path);
  });
  if (found.isDirectory()) throw bad(`${path} is a directory. Name the files in it.`);
  if (!found.isFile()) throw bad(`${path} is no plain file. It is read twice, so a pipe will not do.`);
  if (found.size === 0) throw bad(`${name} is empty.`);
  const start = await firstBytes(path).catch((error: NodeJS.ErrnoException) => {
    throw explain(error, path);
  });
  for (const [magic, what] of binaryKinds) {
    if (start.toString('latin1').startsWith(magic)) throw bad(`${name} ${what}: convert it to CSV first.`);
  }
  return { path, name, size: found.size, gzip: start[0] === 0x1f && start[1] === 0x8b };
}

function openBytes(source: Source, onBytes: OnBytes | undefined, chunkSize: number): Readable {
  const file = createReadStream(source.path, { highWaterMark: chunkSize });
  if (onBytes) file.on('data', (chunk) => onBytes(chunk.length));
  if (!source.gzip) return file;
  const gunzip = createGunzip({ chunkSize });
  // The reader of `gunzip` gets the error.
  pipeline(file, gunzip, () => undefined);
  return gunzip;
}

/**
 * The file's bytes, decompressed.
 *
 * @param chunkSize bytes at a time, of the file and of what is in it
 * @throws PairwellError `bad-input` for a gzip file that is cut short or damaged
 */
export async function* readBytes(
  source: Source,
  onBytes?: OnBytes,
  chunkSize = smallChunk,
): AsyncGenerator<Buffer> {
  try {
    yield* openBytes(source, onBytes, chunkSize) as AsyncIterable<Buffer>;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR') {
      throw bad('The compressed data ends early: the file is cut short. Fetch it again.');
    }
    if (code === 'Z_DATA_ERROR') throw bad('The compressed data is damaged. Fetch the file again.');
    throw error;
  }
}
