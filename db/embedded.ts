import type { PGlite } from '@electric-sql/pglite';
import * as Comlink from 'comlink';
import type { SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import type { DatabaseApi, QueryAnswer, QueryOptions } from '../workers/database-worker.ts';
import { connect, type RemoteWorker } from '../workers/remote.ts';
import { spawn } from '../workers/spawn.ts';
import { openDataFolder } from './data-folder.ts';
import type { Database, Orm, Session } from './database.ts';
import { Mutex } from './mutex.ts';
import * as schema from './schema.ts';

type Query = (text: string, params?: unknown[], options?: QueryOptions) => Promise<QueryAnswer>;

/** The part of PGlite that its drizzle driver uses, so that the driver works over a thread boundary. */
function drizzleClient(
  query: Query,
  transaction: (run: (client: unknown) => Promise<unknown>) => Promise<unknown>,
) {
  return {
    query: (text: string, params: unknown[], { rowMode }: QueryOptions = {}) =>
      query(text, params, { rowMode }),
    transaction,
  };
}

function session(orm: Orm, query: Query): Session {
  return {
    orm,
    rows: async <Row extends Record<string, unknown>>(statement: SQL) =>
      ((await orm.execute(statement)) as unknown as { rows: Row[] }).rows,
    copyIn: async (table, columns, lines) => {
      await query(`copy ${table} (${columns.join(', ')}) from '/dev/blob'`, [], { input: lines });
    },
  };
}

const nested = (): never => {
  throw new Error('Nested transactions are not used here.');
};

function overThread(thread: RemoteWorker<DatabaseApi>, release: () => Promise<void>): Database {
  // One connection: transactions and single queries take turns.
  const turns = new Mutex();
  const locks = new Map<string, Mutex>();
  const direct: Query = (text, params = [], options) =>
    thread.call((api) => api.query(text, params, options));
  const queued: Query = (...query) => turns.run(() => direct(...query));

  // After a failed statement PostgreSQL answers a commit with a rollback, and without an error.
  const failures: unknown[] = [];
  const watched: Query = (...query) =>
    direct(...query).catch((error) => {
      failures.push(error);
      throw error;
    });

  const inTransaction = <T>(run: () => Promise<T>): Promise<T> =>
    turns.run(async () => {
      failures.length = 0;
      await direct('begin');
      try {
        const result = await run();
        if (failures.length > 0) throw failures[0];
        await direct('commit');
        return result;
      } catch (error) {
        await direct('rollback');
        throw error;
      }
    });

  const ormOver = (client: unknown): Orm => drizzle(client as PGlite, { schema }) as unknown as Orm;
  const withinClient = drizzleClient(watched, nested);
  const within = session(ormOver(withinClient), watched);
  const outer = ormOver(drizzleClient(queued, (run) => inTransaction(() => run(withinClient))));

  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    try {
      await turns.run(() => thread.call((api) => api.close()));
    } finally {
      await thread.terminate();
      await release();
    }
  };

  return {
    kind: 'embedded',
    ...session(outer, queued),
    transaction: (run) => inTransaction(() => run(within)),
    async *copyOut(query) {
      const { output } = await queued(`copy (${query}) to '/dev/blob'`);
      if (output) yield output;
    },
    exclusively: (name, work) => {
      const lock = locks.get(name) ?? new Mutex();
      locks.set(name, lock);
      return lock.run(work);
    },
    listen: async (channel, onMessage) => {
      const stop = await turns.run(() => thread.call((api) => api.listen(channel, Comlink.proxy(onMessage))));
      return () => turns.run(() => thread.call(() => stop()));
    },
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}

/**
 * Opens the embedded PostgreSQL (PGlite) in `folder`, made when it is not there.
 *
 * @throws PairwellError `conflict` when another process has the folder open
 */
export async function openEmbedded(folder: string, template?: string): Promise<Database> {
  const data = await openDataFolder(folder, template);
  const thread = connect<DatabaseApi>(spawn('database-worker'));
  try {
    await thread.call((api) => api.open(data.database));
  } catch (error) {
    await thread.terminate();
    await data.release();
    throw error;
  }
  return overThread(thread, data.release);
}
