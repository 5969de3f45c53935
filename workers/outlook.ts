import { type OutlookStudent, type OutlookTeam, studyOutlook } from '../src/churn/outlook/study-outlook.ts';
import { churnLearners } from './churn-thread.ts';
import type { ComputeApi } from './compute-worker.ts';
import type { WorkerPool } from './pool.ts';
import { inSharedMemory } from './shared-data.ts';

/**
 * Studies who is about to leave on the threads of a pool, which stays the caller's to close: what has to be fitted to compare models is
 * fitted side by side. What is learnt is the same on any number of threads.
 *
 * @param threads how many of the pool's may share the work
 */
export function createOutlookStudent(pool: Pick<WorkerPool<ComputeApi>, 'run'>, threads = 1): OutlookStudent {
  return {
    studyOutlook: (input, { signal } = {}) => {
      const ledger = inSharedMemory(input.ledger);
      const team: OutlookTeam = {
        // One piece waits, so that no thread does.
        width: threads + 1,
        learners: churnLearners,
        windows: (options) => pool.run((api) => api.churnWindows(ledger, options), signal),
        fit: (rows, folds, task) => pool.run((api) => api.fitChurn(rows, folds, task), signal),
        judge: (rows, task) => pool.run((api) => api.judgeChurn(rows, task), signal),
        explain: (rows, task) => pool.run((api) => api.explainChurn(rows, task), signal),
        foretell: (windows, learnt, day) =>
          pool.run((api) => api.foretellChurn(ledger, windows, learnt, day), signal),
      };
      return studyOutlook(ledger.today, input.settings, team);
    },
  };
}
