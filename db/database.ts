import type { SQL } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type * as schema from './schema.ts';

export type Orm = PgDatabase<PgQueryResultHKT, typeof schema>;

/** What can be asked of the database, inside a transaction or outside one. */
export interface Session {
  readonly orm: Orm;
  /** The rows of a hand-written query; the two drivers wrap them differently. */
  rows<Row extends Record<string, unknown>>(query: SQL): Promise<Row[]>;
  /**
   * Bulk write by COPY.
   *
   * @param lines rows in PostgreSQL's text format (see `copy-text.ts`), columns in the order given
   */
  copyIn(table: string, columns: readonly string[], lines: string): Promise<void>;
}

/** One shop's database, embedded or on a server: same schema, same code. */
export interface Database extends Session {
  readonly kind: 'embedded' | 'server';
  transaction<T>(run: (session: Session) => Promise<T>): Promise<T>;
  /** Bulk read by COPY: the text format's bytes of `query`, which must hold no outside values. */
  copyOut(query: string): AsyncIterable<Uint8Array>;
  /** Runs `work` while no other process does work under the same name; waits for its turn. */
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T>;
  /**
   * Calls `onMessage` for each message sent to `channel`, by any process, until the returned function is called.
   *
   * @param onResumed called when listening goes on after the connection was lost: messages may have been missed
   */
  listen(
    channel: string,
    onMessage: (payload: string) => void,
    onResumed?: () => void,
  ): Promise<() => Promise<void>>;
  /** Closes it once; again does nothing. */
  close(): Promise<void>;
}
