import { type OutlookStudent, type OutlookTeam, studyOutlook } from '../src/churn/outlook/study-outlook.ts';
import { createChurnTeam } from './churn-team.ts';
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
        ...createChurnTeam(pool, threads, signal),
        windows: (options) => pool.run((api) => api.churnWindows(ledger, options), signal),
        foretell: (windows, learnt, day) =>
          pool.run((api) => api.foretellChurn(ledger, windows, learnt, day, input.gone), signal),
      };
      return studyOutlook(ledger.today, input.settings, team);
    },
  };
}
