import type { Worker } from 'node:worker_threads';
import * as Comlink from 'comlink';
import { PairwellError } from '../src/errors.ts';
import { nodeEndpoint } from './endpoint.ts';

/** A thread's API as seen from the thread that started it. */
export interface RemoteWorker<Api> {
  /**
   * Runs one or more calls on the thread. Rejects when the thread dies before they end: a bare Comlink call
   * would wait for ever.
   */
  call<T>(run: (api: Comlink.Remote<Api>) => Promise<T>): Promise<T>;
  /** Resolves when the thread is gone, with the reason; never rejects. */
  readonly lost: Promise<Error>;
  terminate(): Promise<void>;
}

/** Wraps a started worker that called `serve(api)`. */
export function connect<Api>(worker: Worker): RemoteWorker<Api> {
  const api = Comlink.wrap<Api>(nodeEndpoint(worker));
  const lost = new Promise<Error>((resolve) => {
    worker.once('error', (cause) =>
      resolve(new Error(`A worker thread crashed: ${cause instanceof Error ? cause.message : cause}`, { cause })),
    );
    worker.once('exit', (code) => resolve(new PairwellError('unavailable', `A worker thread ended (exit code ${code}).`)));
  });
  return {
    call: (run) =>
      Promise.race([
        run(api),
        lost.then((reason) => {
          throw reason;
        }),
      ]),
    lost,
    terminate: async () => {
      await worker.terminate();
    },
  };
}
