import type { Database } from '../../db/database.ts';
import { openDatabase } from '../../db/open.ts';
import { type Config, readConfig } from '../config.ts';

/** Runs `work` with the configured database, and closes it whatever happens. */
export async function withDatabase<T>(work: (database: Database, config: Config) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  const database = await openDatabase({ url: config.DATABASE_URL, folder: config.PAIRWELL_DATA });
  try {
    return await work(database, config);
  } finally {
    await database.close();
  }
}

/**
 * Runs `work` with a signal that fires on SIGINT or SIGTERM, so that it can stop in order. A second signal ends
 * the process at once.
 */
export async function untilSignalled<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = (): void => {
    controller.abort();
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}
