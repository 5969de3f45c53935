import type { Remote } from 'comlink';
import { PairwellError } from '../src/errors.ts';
import { connect, type RemoteWorker } from './remote.ts';
import { spawn } from './spawn.ts';

export interface PoolOptions {
  /** The thread entry, as `spawn` takes it. */
  entry: string;
  /** How many threads run at most; they start when first needed. */
  size: number;
  /** How many tasks may wait; one more is refused. */
  queueLimit: number;
}

interface Task<Api> {
  start(worker: RemoteWorker<Api>): Promise<void>;
  reject(reason: unknown): void;
}

const cancelled = (): PairwellError => new PairwellError('cancelled', 'The work was cancelled.');

/**
 * A fixed number of threads and a bounded queue before them. A task that is cancelled while it runs takes its
 * thread with it, as does a crash; the next task gets a new thread.
 */
export class WorkerPool<Api> {
  readonly #options: PoolOptions;
  readonly #idle: RemoteWorker<Api>[] = [];
  readonly #all = new Set<RemoteWorker<Api>>();
  readonly #queue: Task<Api>[] = [];
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** Threads alive now. */
  get threads(): number {
    return this.#all.size;
  }

  /**
   * Runs `task` on the next free thread.
   *
   * @throws PairwellError `busy` when the queue is full, `cancelled` when `signal` fires or the pool closes,
   *   `unavailable` when the thread ends early
   */
  run<T>(task: (api: Remote<Api>) => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (this.#closed) return Promise.reject(new PairwellError('unavailable', 'The worker pool is closed.'));
    if (signal?.aborted) return Promise.reject(cancelled());
    if (this.#queue.length >= this.#options.queueLimit) {
      return Promise.reject(
        new PairwellError('busy', `${this.#queue.length} tasks are waiting already; try again later.`),
      );
    }
    return new Promise<T>((resolve, reject) => {
      const entry: Task<Api> = {
        reject,
        start: async (worker) => {
          const abort = (): void => {
            reject(cancelled());
            void worker.terminate();
          };
          signal?.removeEventListener('abort', leaveQueue);
          signal?.addEventListener('abort', abort, { once: true });
          try {
            resolve(await worker.call(task));
          } catch (reason) {
            reject(reason);
          } finally {
            signal?.removeEventListener('abort', abort);
          }
        },
      };
      const leaveQueue = (): void => {
        const at = this.#queue.indexOf(entry);
        if (at >= 0) this.#queue.splice(at, 1);
        reject(cancelled());
      };
      signal?.addEventListener('abort', leaveQueue, { once: true });
      this.#queue.push(entry);
      this.#dispatch();
    });
  }

  /** Stops every thread; what runs or waits is rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const task of this.#queue.splice(0)) task.reject(cancelled());
    await Promise.all([...this.#all].map((worker) => worker.terminate()));
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const worker = this.#idle.pop() ?? this.#grow();
      if (!worker) return;
      const task = this.#queue.shift()!;
      void task.start(worker).then(() => {
        if (this.#all.has(worker)) this.#idle.push(worker);
        this.#dispatch();
      });
    }
  }

  #grow(): RemoteWorker<Api> | undefined {
    if (this.#all.size >= this.#options.size) return undefined;
    const worker = connect<Api>(spawn(this.#options.entry));
    this.#all.add(worker);
    void worker.lost.then(() => {
      this.#all.delete(worker);
      const at = this.#idle.indexOf(worker);
      if (at >= 0) this.#idle.splice(at, 1);
      this.#dispatch();
    });
    return worker;
  }
}
