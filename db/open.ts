import { join } from 'node:path';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import { packageRoot } from '../src/package-root.ts';
import type { Database } from './database.ts';
import { openEmbedded } from './embedded.ts';
import { openServer } from './server.ts';

export interface DatabaseLocation {
  /** A PostgreSQL server's address; without it the embedded database is used. */
  url?: string | undefined;
  /** The embedded database's folder. */
  folder: string;
}

/** Brings the schema up to date, one process at a time. */
export async function migrateDatabase(database: Database): Promise<void> {
  const migrationsFolder = join(packageRoot(), 'db', 'migrations');
  // Both drivers' migrators are the same few lines over the ORM's common part.
  await database.exclusively('pairwell-migrate', () => migrate(database.orm as never, { migrationsFolder }));
}

/** Opens the database and brings its schema up to date. */
export async function openDatabase(location: DatabaseLocation): Promise<Database> {
  const database = location.url ? await openServer(location.url) : await openEmbedded(location.folder);
  try {
    await migrateDatabase(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}
