import type { OfferLearner } from '../src/evaluate/held-out/offer-learner.ts';
import { inTurn } from '../src/in-turn.ts';
import type { CustomersRanker } from '../src/ranking/customer-rankings.ts';
import {
  type LearningTeam,
  type LearntRanking,
  learnTogether,
  rankingDefaults,
} from '../src/ranking/learn-ranking.ts';
import type { ComputeApi } from './compute-worker.ts';
import { createCustomerRanking } from './customer-ranking.ts';
import type { WorkerPool } from './pool.ts';
import { inSharedMemory } from './shared-data.ts';
import { createTreeTrainer } from './tree-training.ts';

type ComputePool = Pick<WorkerPool<ComputeApi>, 'run'>;

/**
 * Learns rankings on the threads of a pool, which stays the caller's to close: they gather what there is to learn from and grow the
 * trees, those of visits and those of carts side by side. What is learnt is the same on any number of threads.
 *
 * @param threads how many of the pool's may share the work
 */
export function createRankingLearner(pool: ComputePool, threads = 1): OfferLearner & CustomersRanker {
  return {
    ...createCustomerRanking(pool, threads),
    learnAcceptance: (shown, { signal }) => {
      const shared = inSharedMemory(shown);
      return pool.run((api) => api.learnAcceptance(shared), signal);
    },

    evaluate: async (given, { ranking, exercises }, before, { signal } = {}) => {
      const shop = inSharedMemory(given);
      const previous = inSharedMemory(before);
      const tasks = exercises.map(({ exercise, world }) => () => {
        const task = inSharedMemory({ shop, exercise, ranking: { ...ranking, world }, previous });
        return pool.run((api) => api.rankHeldOut(task), signal);
      });
      const outcomes = await inTurn(threads + 1, tasks);
      return pool.run((api) => api.evaluationOf(outcomes), signal);
    },

    learnRanking: async (given, options = rankingDefaults, { signal } = {}): Promise<LearntRanking> => {
      const shop = inSharedMemory(given);
      // Both kinds are learnt at the same time: each has a trainer of its own.
      const trainers = [0, 1].map(() => createTreeTrainer(pool, threads));
      const team: LearningTeam = {
        width: threads + 1,
        world: (exercise) =>
          pool.run((api) => api.exerciseWorld(shop, exercise && inSharedMemory(exercise)), signal),
        rows: (world, exercise, range, thinning) =>
          pool.run((api) => api.gatherRows(shop, world, inSharedMemory(exercise), range, thinning), signal),
        trees: (data, tree) => trainers.pop()!.train(data, tree, signal && { signal }),
        open: (ranking, played, seed) =>
          pool.run(
            (api) => api.openCalibration(shop, inSharedMemory(ranking), inSharedMemory(played), seed),
            signal,
          ),
        logistic: (data, seed) => pool.run((api) => api.fitSignalLogistic(data, seed), signal),
      };
      return learnTogether(shop, team, options);
    },
  };
}
