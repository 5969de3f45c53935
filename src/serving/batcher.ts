import { PairwellError } from '../errors.ts';

export interface BatcherOptions<Job, Answer> {
  /** Does several jobs together, in the order they came; one answer each. */
  readonly work: (jobs: readonly Job[]) => Promise<readonly Answer[]>;
  readonly sizeOf: (job: Job) => number;
  /** A batch takes jobs up to this size together; a larger job goes alone. */
  readonly batchSize: number;
  /** So much may wait. */
  readonly queueSize: number;
  /** Whether a failure has nothing to do with what the jobs hold: then all of a batch fail, and none is tried alone. */
  readonly isGeneral: (error: unknown) => boolean;
}

interface Waiting<Job, Answer> {
  readonly job: Job;
  readonly size: number;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Does one batch of jobs at a time; what comes meanwhile is the next one. The first job waits for nothing, and the busier it gets
 * the more of them share the cost of one batch.
 */
export class Batcher<Job, Answer> {
  readonly #options: BatcherOptions<Job, Answer>;
  #queue: Waiting<Job, Answer>[] = [];
  #queued = 0;
  #isWorking = false;

  constructor(options: BatcherOptions<Job, Answer>) {
    this.#options = options;
  }

  /** @throws PairwellError `busy` when too much is waiting; otherwise what the work throws */
  run(job: Job): Promise<Answer> {
    const size = this.#options.sizeOf(job);
    const { queueSize } = this.#options;
    if (this.#queued > 0 && this.#queued + size > queueSize) {
      return Promise.reject(
        new PairwellError('busy', 'More is waiting to be stored than can be taken in. Send it again later.', {
          queueSize,
        }),
      );
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({ job, size, resolve, reject });
      this.#queued += size;
      if (!this.#isWorking) void this.#workOff();
    });
  }

  async #workOff(): Promise<void> {
    this.#isWorking = true;
    while (this.#queue.length > 0) await this.#settle(this.#takeBatch());
    this.#isWorking = false;
  }

  #takeBatch(): Waiting<Job, Answer>[] {
    const queue = this.#queue;
    let count = 1;
    let size = queue[0].size;
    while (count < queue.length && size + queue[count].size <= this.#options.batchSize) {
      size += queue[count++].size;
    }
    this.#queue = queue.slice(count);
    for (let n = 0; n < count; n++) this.#queued -= queue[n].size;
    return queue.slice(0, count);
  }

  async #settle(batch: readonly Waiting<Job, Answer>[]): Promise<void> {
    try {
      const answers = await this.#options.work(batch.map(({ job }) => job));
      for (const [n, { resolve }] of batch.entries()) resolve(answers[n]);
    } catch (error) {
      if (batch.length === 1 || this.#options.isGeneral(error)) for (const { reject } of batch) reject(error);
      // What one of them holds must not be the failure of the others.
      else for (const waiting of batch) await this.#settle([waiting]);
    }
  }
}
