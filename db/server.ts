import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import type { Database, Orm, Session } from './database.ts';
import * as schema from './schema.ts';

/**
 * Sends `lines` to a COPY statement and waits for the server's verdict. When the server refuses the data after
 * its last byte, postgres.js 3.4 leaves the stream open and drops the error; it does call the query's `reject`,
 * so that is where we listen.
 */
async function writeCopy(statement: postgres.PendingQuery<postgres.Row[]>, lines: string): Promise<void> {
  const refusal = new Promise<never>((_, reject) => {
    const inner = statement as unknown as { reject(reason: unknown): void };
    const original = inner.reject;
    inner.reject = (reason) => {
      original.call(statement, reason);
      reject(reason);
    };
  });
  await Promise.race([
    refusal,
    statement.writable().then((sink) => pipeline(Readable.from([Buffer.from(lines)]), sink)),
  ]);
}

/** Table and column names come from this code base alone, never from outside. */
function session(client: postgres.Sql, options: postgres.Sql['options']): Session {
  // A transaction's client lacks `options`, which drizzle reads to set its type parsers.
  const orm = drizzle(
    'options' in client ? client : (Object.assign(client as object, { options }) as postgres.Sql),
    {
      schema,
    },
  ) as unknown as Orm;
  return {
    orm,
    rows: async <Row extends Record<string, unknown>>(statement: SQL) =>
      (await orm.execute(statement)) as unknown as Row[],
    copyIn: (table, columns, lines) =>
      writeCopy(client.unsafe(`copy ${table} (${columns.join(', ')}) from stdin`), lines),
  };
}

/** A 32-bit key for PostgreSQL's advisory locks (FNV-1a). */
function lockKey(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash | 0;
}

/** Opens a database on a PostgreSQL server (15 or later). */
export async function openServer(url: string): Promise<Database> {
  const client = postgres(url, { max: 8, onnotice: () => undefined, connect_timeout: 10 });
  try {
    await client`select 1`;
  } catch (error) {
    await client.end({ timeout: 0 });
    throw error;
  }
  return {
    kind: 'server',
    ...session(client, client.options),
    transaction: async <T>(run: (session: Session) => Promise<T>) =>
      (await client.begin((inner) => run(session(inner as unknown as postgres.Sql, client.options)))) as T,
    async *copyOut(query) {
      yield* await client.unsafe(`copy (${query}) to stdout`).readable();
    },
    exclusively: async (name, work) => {
      const connection = await client.reserve();
      const key = lockKey(name);
      try {
        await connection`select pg_advisory_lock(${key})`;
        try {
          return await work();
        } finally {
          await connection`select pg_advisory_unlock(${key})`;
        }
      } finally {
        connection.release();
      }
    },
    listen: async (channel, onMessage, onResumed) => {
      let connections = 0;
      const { unlisten } = await client.listen(channel, onMessage, () => {
        if (connections++ > 0) onResumed?.();
      });
      return unlisten;
    },
    close: () => client.end({ timeout: 5 }),
  };
}
