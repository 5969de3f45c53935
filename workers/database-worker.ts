import { PGlite, types } from '@electric-sql/pglite';
import * as Comlink from 'comlink';
import { embeddedSettings } from './embedded-settings.ts';
import { serve } from './serve.ts';

export interface QueryOptions {
  rowMode?: 'object' | 'array';
  /** What `COPY … FROM '/dev/blob'` reads. */
  input?: string;
}

export interface QueryAnswer {
  rows: never[];
  affectedRows?: number;
  /** What `COPY … TO '/dev/blob'` wrote. */
  output?: Uint8Array;
}

const asIs = (value: string): string => value;

let db: PGlite | undefined;

function opened(): PGlite {
  if (!db) throw new Error('The embedded database is not open.');
  return db;
}

/** The embedded database on a thread of its own: a long query does not hold up the requests. */
const api = {
  async open(dataDir: string | undefined): Promise<void> {
    db = await PGlite.create({
      ...(dataDir === undefined ? {} : { dataDir }),
      postgresqlconf: embeddedSettings,
      // The ORM parses these itself.
      parsers: {
        [types.TIMESTAMP]: asIs,
        [types.TIMESTAMPTZ]: asIs,
        [types.INTERVAL]: asIs,
        [types.DATE]: asIs,
      },
    });
  },
  async query(text: string, params: unknown[], options: QueryOptions = {}): Promise<QueryAnswer> {
    const { rows, affectedRows, blob } = await opened().query<never>(text, params, {
      rowMode: options.rowMode,
      ...(options.input === undefined ? {} : { blob: new Blob([options.input]) }),
    });
    if (!blob) return { rows, affectedRows };
    const output = new Uint8Array(await blob.arrayBuffer());
    return Comlink.transfer({ rows, affectedRows, output }, [output.buffer]);
  },
  async listen(channel: string, onMessage: (payload: string) => void): Promise<() => Promise<void>> {
    const stop = await opened().listen(channel, (payload) => void onMessage(payload));
    return Comlink.proxy(() => stop());
  },
  async close(): Promise<void> {
    await opened().close();
  },
};

export type DatabaseApi = typeof api;

serve(api);
