import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PairwellError } from '../src/errors.ts';
import { packageRoot } from '../src/package-root.ts';

/** A fresh, empty database made by the build: copying it takes milliseconds where making one takes seconds. */
export function templateFolder(): string {
  return join(packageRoot(), 'dist', 'embedded');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * The locks that this process holds. One with its number that is not among them was left behind: in a container
 * every start may get the same process number.
 */
const held = new Set<string>();

function inUse(owner: number, file: string): PairwellError {
  return new PairwellError(
    'conflict',
    `The data folder is in use by process ${owner} (${file}). The embedded database serves one process: ` +
      'stop that one, ask it over HTTP (POST /v1/models trains), or set DATABASE_URL to use a PostgreSQL server.',
  );
}

async function writeLock(file: string): Promise<void> {
  for (;;) {
    try {
      await writeFile(file, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = Number(await readFile(file, 'utf8').catch(() => ''));
    if (owner > 0 && owner !== process.pid && isAlive(owner)) throw inUse(owner, file);
    await rm(file, { force: true });
  }
}

async function takeLock(file: string): Promise<void> {
  if (held.has(file)) throw inUse(process.pid, file);
  held.add(file);
  try {
    await writeLock(file);
  } catch (error) {
    held.delete(file);
    throw error;
  }
}

async function releaseLock(file: string): Promise<void> {
  await rm(file, { force: true });
  held.delete(file);
}

export interface DataFolder {
  /** Where the embedded database lives. */
  readonly database: string;
  release(): Promise<void>;
}

/**
 * Makes the data folder ready and keeps other processes out of it.
 *
 * @throws PairwellError `conflict` when another process has it
 */
export async function openDataFolder(folder: string, template = templateFolder()): Promise<DataFolder> {
  await mkdir(folder, { recursive: true });
  const lock = join(await realpath(folder), 'pairwell.lock');
  await takeLock(lock);
  const database = join(folder, 'postgres');
  try {
    if (!existsSync(database) && existsSync(template)) {
      // Copied aside first: a copy cut short must not pass for a database.
      const partial = `${database}.partial`;
      await rm(partial, { recursive: true, force: true });
      await cp(template, partial, { recursive: true });
      await rename(partial, database);
    }
  } catch (error) {
    await releaseLock(lock);
    throw error;
  }
  return { database, release: () => releaseLock(lock) };
}
