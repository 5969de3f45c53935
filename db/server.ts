import { createConnection, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { messageOf, PairwellError } from '../src/errors.ts';
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

/** Seconds before the next try to connect: more after each failure, but a server that is back is found at once. */
const backoff = (failures: number): number => Math.min(3 ** failures / 100, 1);

/** What postgres.js 3.4 passes to its option `socket`, which its types leave out. */
interface SocketOptions {
  readonly host: readonly string[];
  readonly port: readonly number[];
  /** Of a Unix socket, instead of host and port. */
  readonly path: string | false;
}

/**
 * Connects without Nagle's algorithm: with it the last bytes of each COPY wait for the server's delayed
 * acknowledgement, some 40 ms, twice. Several hosts are tried in turn, as postgres.js does by itself.
 */
function promptSockets(): (options: SocketOptions) => Socket {
  let next = 0;
  return ({ host: hosts, port: ports, path }) => {
    if (path) return createConnection({ path });
    const host = hosts[next % hosts.length];
    const port = ports[next++ % ports.length];
    // The driver reads the host to check a certificate against.
    return Object.assign(createConnection({ host, port, noDelay: true }), { host });
  };
}

/**
 * Opens a database on a PostgreSQL server (15 or later).
 *
 * @throws PairwellError `unavailable` when that is not possible
 */
export async function openServer(url: string): Promise<Database> {
  const settings = { onnotice: () => undefined, connect_timeout: 10, backoff, socket: promptSockets() };
  const client = postgres(url, { ...settings, max: 8 });
  try {
    await client`select 1`;
  } catch (error) {
    await client.end({ timeout: 0 });
    const { host, pathname } = new URL(url);
    throw new PairwellError(
      'unavailable',
      `The database ${pathname.slice(1)} at ${host} cannot be opened: ${messageOf(error)}. Check DATABASE_URL.`,
    );
  }
  const transaction = async <T>(run: (session: Session) => Promise<T>) =>
    (await client.begin((inner) => run(session(inner as unknown as postgres.Sql, client.options)))) as T;

  // postgres.js 3.4 sends other queries down a connection that copies, and they fail. So COPY gets one to itself: a
  // transaction's, or one that is not the pool's. The same goes for a lock that is held for long.
  const connectionApart = () =>
    postgres(url, { ...settings, max: 1, max_lifetime: null, fetch_types: false });
  return {
    kind: 'server',
    ...session(client, client.options),
    copyIn: (...copy) => transaction((within) => within.copyIn(...copy)),
    transaction,
    async *copyOut(query) {
      const connection = connectionApart();
      try {
        yield* await connection.unsafe(`copy (${query}) to stdout`).readable();
      } finally {
        await connection.end({ timeout: 0 });
      }
    },
    exclusively: async (name, work) => {
      const connection = connectionApart();
      try {
        await connection`select pg_advisory_lock(${lockKey(name)})`;
        return await work();
      } finally {
        // The server gives the lock back with the connection.
        await connection.end({ timeout: 0 });
      }
    },
    listen: async (channel, onMessage, onResumed) => {
      let connections = 0;
      let stopped = false;
      const { unlisten } = await client.listen(
        channel,
        (payload) => {
          if (!stopped) onMessage(payload);
        },
        () => {
          if (connections++ > 0 && !stopped) onResumed?.();
        },
      );
      return async () => {
        // After a lost connection postgres.js 3.4 no longer finds what to stop; without one there is nothing to stop.
        stopped = true;
        await unlisten().catch(() => undefined);
      };
    },
    close: () => client.end({ timeout: 5 }),
  };
}
