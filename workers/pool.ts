import type { Remote } from 'comlink';
import { PairwellError } from '../src/errors.ts';
import { connect, type RemoteWorker } from './remote.ts';
import { spawn } from './spawn.ts';

export interface PoolOptions {
  /** The thread entry, as `spawn` takes it. */
  entry: string;
  /** How many threads run at most; they start when first needed. */
  size: number;
  /** How many tasks may wait while all threads are busy; one more is refused. */
  queueLimit: number;
  /** How long a cancelled task may take to end by itself before its thread is stopped. Default 0. */
  cancelGraceMs?: number;
}

interface Task<Api> {
  run(api: Remote<Api>): Promise<unknown>;
  isSpent(value: unknown): boolean;
  resolve(value: unknown): void;
  reject(reason: unknown): void;
  /** Stops the task's thread when it does not end by itself; set when it is cancelled while it runs. */
  deadline?: NodeJS.Timeout;
}

const cancelled = (): PairwellError => new PairwellError('cancelled', 'The work was cancelled.');

/**
 * A fixed number of threads and a bounded queue before them. A task that is cancelled while it runs and does not
 * end in time takes its thread with it, as does a crash; the next task gets a new thread.
 */
export class WorkerPool<Api> {
  readonly #options: PoolOptions;
  readonly #all = new Set<RemoteWorker<Api>>();
  readonly #idle: RemoteWorker<Api>[] = [];
  readonly #running = new Map<Task<Api>, RemoteWorker<Api>>();
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
   * @param isSpent whether the thread is to be ended after the task, which is all that gives its memory back for certain;
   *   asked with what the task returned, or with nothing when it failed
   * @throws PairwellError `busy` when the queue is full, `cancelled` when `signal` fires or the pool closes,
   *   `unavailable` when the thread exits early or the pool is closed already; a plain Error when the thread crashes
   */
  async run<T>(
    task: (api: Remote<Api>) => Promise<T>,
    signal?: AbortSignal,
    isSpent: (value: T | undefined) => boolean = () => false,
  ): Promise<T> {
    if (this.#closed) throw new PairwellError('unavailable', 'The worker pool is closed.');
    if (signal?.aborted) throw cancelled();
    const busy = this.#idle.length === 0 && this.#all.size >= this.#options.size;
    if (busy && this.#queue.length >= this.#options.queueLimit) {
      throw new PairwellError('busy', `${this.#queue.length} tasks are waiting already; try again later.`);
    }
    let entry!: Task<Api>;
    const result = new Promise<T>((resolve, reject) => {
      entry = { run: task, isSpent: (value) => isSpent(value as T | undefined), resolve, reject };
    });
    const abort = (): void => this.#abandon(entry);
    signal?.addEventListener('abort', abort);
    this.#queue.push(entry);
    this.#dispatch();
    try {
      return await result;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  /** Stops every thread; what runs or waits is rejected as `cancelled`. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const task of [...this.#running.keys(), ...this.#queue.splice(0)]) task.reject(cancelled());
    await Promise.all([...this.#all].map((worker) => worker.terminate()));
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const worker = this.#idle.pop() ?? this.#grow();
      if (!worker) return;
      void this.#work(this.#queue.shift()!, worker);
    }
  }

  async #work(task: Task<Api>, worker: RemoteWorker<Api>): Promise<void> {
    this.#running.set(task, worker);
    let value: unknown;
    const settle = await worker.call(task.run).then(
      (result) => {
        value = result;
        return () => task.resolve(result);
      },
      (reason) => () => task.reject(reason),
    );
    this.#running.delete(task);
    clearTimeout(task.deadline);
    if (task.isSpent(value)) void worker.terminate();
    // Free before the caller goes on: its next task may be meant for this thread.
    else if (this.#all.has(worker)) this.#idle.push(worker);
    settle();
    this.#dispatch();
  }

  #abandon(task: Task<Api>): void {
    task.reject(cancelled());
    const place = this.#queue.indexOf(task);
    if (place >= 0) this.#queue.splice(place, 1);
    const worker = this.#running.get(task);
    if (worker) task.deadline = setTimeout(() => void worker.terminate(), this.#options.cancelGraceMs ?? 0);
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
