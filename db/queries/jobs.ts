import { and, eq, lt, sql } from 'drizzle-orm';
import { PairwellError } from '../../src/errors.ts';
import type { Database } from '../database.ts';
import { isUniqueViolation } from '../errors.ts';
import { jobs } from '../schema.ts';

export type JobRow = typeof jobs.$inferSelect;

/** A running job that has not been heard of for so long has lost its process. */
const heartbeatTimeoutSeconds = 60;

/**
 * Opens a job.
 *
 * @throws PairwellError `conflict` while another of its kind runs, in any process
 */
export async function startJob(database: Database, id: string, kind: string): Promise<JobRow> {
  await failLostJobs(database);
  try {
    const [row] = await database.orm
      .insert(jobs)
      .values({ id, kind, status: 'running', stage: 'starting' })
      .returning();
    return row;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const [running] = await database.orm
      .select({ id: jobs.id })
      .from(jobs)
      .where(and(eq(jobs.kind, kind), eq(jobs.status, 'running')));
    throw new PairwellError(
      'conflict',
      `A ${kind} job is running already (${running?.id}). Wait for it to end.`,
      {
        jobId: running?.id,
      },
    );
  }
}

/** Marks jobs whose process died as failed. */
export async function failLostJobs({ orm }: Database): Promise<void> {
  await orm
    .update(jobs)
    .set({
      status: 'failed',
      finishedAt: sql`now()`,
      error: { code: 'unavailable', message: 'The process that ran this job ended.' },
    })
    .where(
      and(
        eq(jobs.status, 'running'),
        lt(jobs.heartbeatAt, sql`now() - make_interval(secs => ${heartbeatTimeoutSeconds})`),
      ),
    );
}

/** Records progress, which is a sign of life too. */
export async function touchJob(
  { orm }: Database,
  id: string,
  stage: string,
  progress: number,
): Promise<void> {
  await orm
    .update(jobs)
    .set({ stage, progress, heartbeatAt: sql`now()` })
    .where(and(eq(jobs.id, id), eq(jobs.status, 'running')));
}

export type JobEnd = Pick<JobRow, 'status'> & Partial<Pick<JobRow, 'result' | 'error'>>;

export async function finishJob({ orm }: Database, id: string, end: JobEnd): Promise<void> {
  const done = end.status === 'succeeded' ? { progress: 1, stage: 'done' } : {};
  await orm
    .update(jobs)
    .set({ ...end, ...done, finishedAt: sql`now()` })
    .where(eq(jobs.id, id));
}

/**
 * A job as it stands; one that has lost its process is failed.
 *
 * @throws PairwellError `not-found`
 */
export async function readJob(database: Database, id: string): Promise<JobRow> {
  await failLostJobs(database);
  const [row] = await database.orm.select().from(jobs).where(eq(jobs.id, id));
  if (!row) throw new PairwellError('not-found', `There is no job ${id}.`);
  return row;
}
