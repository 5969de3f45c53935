import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { PairwellError } from '../errors.ts';
import type { createApp } from './app.ts';
import { together } from './together.ts';

export interface Listening {
  /** Such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Takes no new requests, lets those under way finish, then cuts what is left. */
  close(): Promise<void>;
}

/** How long requests under way may take when the server stops. */
const graceMs = 10_000;

/** How often connections without a request are looked for, once the server stops. */
const sweepMs = 50;

/**
 * @param port 0 for any free one
 * @throws PairwellError `conflict` when the port is taken, `bad-input` when the address cannot be used
 */
export async function listen(
  app: ReturnType<typeof createApp>,
  host: string,
  port: number,
): Promise<Listening> {
  const server = createAdaptorServer({ fetch: together(app.fetch) }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new PairwellError('conflict', `Port ${port} is taken. Set PORT, or --port, to another one.`)
          : new PairwellError('bad-input', `HOST ${host} and PORT ${port} cannot be used: ${error.message}.`),
      ),
    );
    server.listen(port, host, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), graceMs);
        // Again and again: a connection is kept for further requests when the one under way is answered.
        const sweep = setInterval(() => server.closeIdleConnections(), sweepMs);
        server.close(() => {
          clearTimeout(cut);
          clearInterval(sweep);
          resolve();
        });
      }),
  };
}
