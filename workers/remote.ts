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
      resolve(
        new Error(`A worker thread crashed: ${cause instanceof Error ? cause.message : cause}`, { cause }),
      ),
    );
    worker.once('messageerror', (cause) => {
      resolve(new Error(`An answer of a worker thread could not be read: ${cause.message}`, { cause }));
      void worker.terminate();
    });
    worker.once('exit', (code) =>
      resolve(new PairwellError('unavailable', `A worker thread ended (exit code ${code}).`)),
    );
  });
  // Not Promise.race with `lost`: that would keep every call's result in memory until the thread ends.
  const waiting = new Set<(reason: Error) => void>();
  let gone: Error | undefined;
  void lost.then((reason) => {
    gone = reason;
    for (const reject of waiting) reject(reason);
  });
  return {
    call: (run) =>
      new Promise((resolve, reject) => {
        if (gone) throw gone;
        const running = run(api);
        waiting.add(reject);
        void running.then(resolve, reject).finally(() => waiting.delete(reject));
      }),
    lost,
    terminate: async () => {
      await worker.terminate();
    },
  };
}
