import type { RankingLearner } from '../src/ranking/learn-ranking.ts';
import type { ComputeApi } from './compute-worker.ts';
import type { WorkerPool } from './pool.ts';

/** Learns rankings on a thread of a pool, which stays the caller's to close. */
export function createRankingLearner(pool: Pick<WorkerPool<ComputeApi>, 'run'>): RankingLearner {
  return {
    learnRanking: (shop, { signal } = {}) => pool.run((api) => api.learnRanking(shop), signal),
  };
}
