import { historyCount } from '../src/baskets/basket-histories.ts';
import {
  type CustomerRange,
  type CustomerRankings,
  type CustomersRanker,
  joinedRankings,
  type RankedCustomers,
  type RankingHooks,
} from '../src/ranking/customer-rankings.ts';
import type { ComputeApi } from './compute-worker.ts';
import type { WorkerPool } from './pool.ts';
import { inSharedMemory } from './shared-data.ts';

/** Some hundredths to tenths of a second of work, of which making a ranker ready is a small part. */
const customersAtOnce = 2048;

/**
 * Ranks on the threads of a pool, which stays the caller's to close. The same rankings on any number of threads.
 *
 * @param threads how many of the pool's may share the work
 */
export function createCustomerRanking(
  pool: Pick<WorkerPool<ComputeApi>, 'run'>,
  threads = 1,
): CustomersRanker {
  async function* parts(
    given: RankedCustomers,
    { signal, onProgress = () => undefined }: RankingHooks = {},
  ): ReturnType<CustomersRanker['parts']> {
    const asked = inSharedMemory(given);
    const customers = historyCount(asked.histories);
    const running: { range: CustomerRange; rankings: Promise<CustomerRankings> }[] = [];
    let next = 0;
    const start = (): void => {
      if (next >= customers) return;
      const range = { from: next, to: Math.min(customers, next + customersAtOnce) };
      next = range.to;
      const rankings = pool.run((api) => api.rankCustomers(asked, range), signal);
      // Its failure is met when its turn comes.
      rankings.catch(() => undefined);
      running.push({ range, rankings });
    };
    for (let ahead = 0; ahead <= threads; ahead++) start();
    for (let part = running.shift(); part; part = running.shift()) {
      const rankings = await part.rankings;
      start();
      onProgress(part.range.to / customers);
      yield { range: part.range, rankings };
    }
  }
  return {
    parts,
    rankAll: async (asked, hooks) => {
      const all: CustomerRankings[] = [];
      for await (const { rankings } of parts(asked, hooks)) all.push(rankings);
      return joinedRankings(asked.day, all);
    },
  };
}
