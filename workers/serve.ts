import { parentPort } from 'node:worker_threads';
import * as Comlink from 'comlink';
import { nodeEndpoint } from './endpoint.ts';

/** Offers `api` to the thread that started this one: the last line of every thread entry. */
export function serve(api: object): void {
  if (!parentPort) throw new Error('This module is a worker thread entry; start it with spawn().');
  // Left alone, the call that it was would wait for ever.
  parentPort.once('messageerror', (cause) => {
    throw new Error(`A call could not be read: ${cause.message}`, { cause });
  });
  Comlink.expose(api, nodeEndpoint(parentPort));
}
