import { randomUUID } from 'node:crypto';
import type { Database } from '../../db/database.ts';
import { answerReader } from '../../db/queries/answers.ts';
import { finishJob, type JobRow, startJob, touchJob } from '../../db/queries/jobs.ts';
import { activeVersion, publishModel, readModelBytes } from '../../db/queries/models.ts';
import { purchaseReader } from '../../db/queries/purchases.ts';
import type { OutlookStudent } from '../churn/outlook/study-outlook.ts';
import type { ChurnStudent } from '../churn/study-churn.ts';
import type { CustomerStudent } from '../customers/study-customers.ts';
import { PairwellError } from '../errors.ts';
import type { Student } from '../insights/study.ts';
import { decodeModel } from '../model/model.ts';
import type { MiningEngine } from '../rules/engine.ts';
import type { PreviousModel } from './previous-model.ts';
import type { TrainSettings } from './settings.ts';
import { type TrainDependencies, type TrainHooks, train } from './train.ts';

export interface TrainJobsOptions {
  readonly database: Database;
  readonly engine: MiningEngine & Student;
  readonly student: CustomerStudent & ChurnStudent & OutlookStudent;
  readonly learner: TrainDependencies['learner'];
  readonly segmentBy: string;
  readonly now: () => Date;
  /** Told of failures that are defects, not expected errors. */
  readonly onDefect?: (error: unknown) => void;
  /** Called when a model was stored and made the active one; the job succeeds when this is done. */
  readonly onPublished?: () => Promise<void>;
}

/** A job that was started: its first state, and its end. */
export interface StartedJob {
  readonly job: JobRow;
  /** Resolves with the new model's version; rejects with what stopped the work. The job is recorded either way. */
  readonly done: Promise<number>;
}

const progressIntervalMs = 500;

/** Runs train jobs in this process and keeps their state in the database, where any process can follow it. */
export class TrainJobs {
  readonly #options: TrainJobsOptions;
  readonly #running = new Set<{ abort: AbortController; done: Promise<unknown> }>();

  constructor(options: TrainJobsOptions) {
    this.#options = options;
  }

  /**
   * Starts training; the job runs on after this returns.
   *
   * @throws PairwellError `conflict` while another train job runs
   */
  async start(settings: TrainSettings, hooks: TrainHooks = {}): Promise<StartedJob> {
    const job = await startJob(this.#options.database, randomUUID(), 'train');
    const abort = new AbortController();
    const signal = hooks.signal ? AbortSignal.any([hooks.signal, abort.signal]) : abort.signal;
    const done = this.#run(job.id, settings, { ...hooks, signal });
    const entry = { abort, done };
    this.#running.add(entry);
    // The caller may not look at the end; the job's row tells it as well.
    done.catch(() => undefined).finally(() => this.#running.delete(entry));
    return { job, done };
  }

  /** Cancels what runs and waits until it is recorded. */
  async close(): Promise<void> {
    for (const { abort } of this.#running) abort.abort();
    await Promise.allSettled([...this.#running].map(({ done }) => done));
  }

  async #run(id: string, settings: TrainSettings, { signal, onProgress }: TrainHooks): Promise<number> {
    const { database, engine, student, learner, segmentBy, now, onDefect, onPublished } = this.#options;
    let stage = 'starting';
    let progress = 0;
    // A lost update of the progress must not end the job.
    const beat = setInterval(
      () => touchJob(database, id, stage, progress).catch(() => undefined),
      progressIntervalMs,
    );
    try {
      const previous = () => modelInService(database);
      const purchases = purchaseReader(database);
      const answers = answerReader(database);
      const trained = await train(
        { purchases, answers, engine, student, learner, previous, segmentBy, now },
        settings,
        {
          signal,
          onProgress: (at, share) => {
            stage = at;
            progress = share;
            onProgress?.(at, share);
          },
        },
      );
      const { gate } = trained.evaluation;
      const { version, figures } = await publishModel(database, trained, gate.isOpen);
      if (gate.isOpen) await onPublished?.();
      await finishJob(database, id, {
        status: 'succeeded',
        result: { modelVersion: String(version), inService: gate.isOpen, gate: gate.text, ...figures },
      });
      return version;
    } catch (error) {
      const failure = signal?.aborted ? new PairwellError('cancelled', 'The job was cancelled.') : error;
      const expected = failure instanceof PairwellError ? failure : undefined;
      if (!expected) onDefect?.(failure);
      const { code, message } = expected ?? { code: 'internal', message: 'Internal error; see the log.' };
      // Where the database is gone, the heartbeat that stops tells of the end.
      await finishJob(database, id, {
        status: code === 'cancelled' ? 'cancelled' : 'failed',
        error: { code, message },
      }).catch((unrecorded) => onDefect?.(unrecorded));
      throw failure;
    } finally {
      clearInterval(beat);
    }
  }
}

/** Undefined where there is none, or one that this version cannot read. */
async function modelInService(database: Database): Promise<PreviousModel | undefined> {
  const version = await activeVersion(database);
  if (version === undefined) return undefined;
  const bytes = await readModelBytes(database, version);
  try {
    return { version, model: decodeModel(bytes) };
  } catch (error) {
    if (error instanceof PairwellError) return undefined;
    throw error;
  }
}
