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
