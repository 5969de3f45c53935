import { MessageChannel } from 'node:worker_threads';
import * as Comlink from 'comlink';
import type { ChurnStudent } from '../src/churn/study-churn.ts';
import type { CustomerStudent } from '../src/customers/study-customers.ts';
import { createClusterer } from './clustering.ts';
import type { ComputeApi } from './compute-worker.ts';
import { lendClusterer } from './lent-clusterer.ts';
import type { WorkerPool } from './pool.ts';
import { Turns } from './turns.ts';

/** How many studies may wait for the one that runs. */
const mostWaiting = 16;

/** With one thread besides the one that studies, and waits meanwhile, clustering would only move house. */
const fewestHelpers = 2;

/**
 * Studies customers on a thread of a pool, which stays the caller's to close. What is in shared memory goes there without a copy.
 * Where the pool has three threads or more, the others cluster for it, on which a study of a small shop spends half of its time:
 * how many segments there are is told by many clusterings of a sample. Studies take turns then, as two could wait for each
 * other's thread.
 *
 * @param threads how many of the pool's there are
 */
export function createCustomerStudent(
  pool: Pick<WorkerPool<ComputeApi>, 'run'>,
  threads = 1,
): CustomerStudent & ChurnStudent {
  const studyChurn: ChurnStudent['studyChurn'] = (input, { signal } = {}) =>
    pool.run((api) => api.studyChurn(input), signal);
  const helpers = threads - 1;
  if (helpers < fewestHelpers)
    return {
      studyChurn,
      studyCustomers: (input, { signal } = {}) => pool.run((api) => api.studyCustomers(input), signal),
    };
  const turns = new Turns(mostWaiting);
  const clusterer = createClusterer(pool, helpers);
  return {
    studyChurn,
    studyCustomers: (input, { signal } = {}) =>
      turns.take(async () => {
        const { port1, port2 } = new MessageChannel();
        const ended = new AbortController();
        const signals = [ended.signal, ...(signal ? [signal] : [])];
        lendClusterer(clusterer, port1, AbortSignal.any(signals));
        try {
          return await pool.run((api) => api.studyCustomers(input, Comlink.transfer(port2, [port2])), signal);
        } finally {
          ended.abort();
          port1.close();
        }
      }, signal),
  };
}
