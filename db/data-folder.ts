import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
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

async function takeLock(file: string): Promise<void> {
  for (;;) {
    try {
      await writeFile(file, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = Number(await readFile(file, 'utf8').catch(() => ''));
    if (owner > 0 && isAlive(owner)) {
      throw new PairwellError(
        'conflict',
        `The data folder is in use by process ${owner} (${file}). The embedded database serves one process: ` +
          'stop that one, ask it over HTTP (POST /v1/models trains), or set DATABASE_URL to use a PostgreSQL server.',
      );
    }
    await rm(file, { force: true });
  }
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
  const lock = join(folder, 'pairwell.lock');
  await takeLock(lock);
  const database = join(folder, 'postgres');
  if (!existsSync(database) && existsSync(template)) {
    // Copied aside first: a copy cut short must not pass for a database.
    const partial = `${database}.partial`;
    await rm(partial, { recursive: true, force: true });
    await cp(template, partial, { recursive: true });
    await rename(partial, database);
  }
  return { database, release: () => rm(lock, { force: true }) };
}
