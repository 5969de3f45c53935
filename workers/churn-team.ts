import type { ChurnTeam } from '../src/churn/prediction/team.ts';
import { churnLearners } from './churn-thread.ts';
import type { ComputeApi } from './compute-worker.ts';
import type { WorkerPool } from './pool.ts';

/**
 * Learns who leaves on the threads of a pool, to the same end as alone. Rows in shared memory go to them without a copy.
 *
 * @param threads how many of the pool's may share the work
 */
export function createChurnTeam(
  pool: Pick<WorkerPool<ComputeApi>, 'run'>,
  threads: number,
  signal?: AbortSignal | undefined,
): ChurnTeam {
  return {
    // One piece waits, so that no thread does.
    width: threads + 1,
    learners: churnLearners,
    fit: (rows, folds, task) => pool.run((api) => api.fitChurn(rows, folds, task), signal),
    judge: (rows, task) => pool.run((api) => api.judgeChurn(rows, task), signal),
    explain: (rows, task) => pool.run((api) => api.explainChurn(rows, task), signal),
  };
}
