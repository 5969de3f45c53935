import { setMaxListeners } from 'node:events';
import {
  type Choosing,
  type ClusterChoice,
  type ClusterCount,
  choosing,
} from '../src/learn/kmeans/choose-clusters.ts';
import { type Clusterer, labelledSample } from '../src/learn/kmeans/clusterer.ts';
import type { Clustering } from '../src/learn/kmeans/kmeans.ts';
import { checkedOptions, type KMeansOptions, roomFor } from '../src/learn/kmeans/kmeans-options.ts';
import { type Matrix, sharedMatrix } from '../src/learn/kmeans/matrix.ts';
import { createWorkspace } from '../src/learn/kmeans/workspace.ts';
import type { ComputeApi, Done } from './compute-worker.ts';
import { requestStop } from './control.ts';
import type { WorkerPool } from './pool.ts';
import { createSync } from './shared-clustering.ts';
import { Turns } from './turns.ts';
import { type Watch, watched } from './watch.ts';

/** How many calls may wait for the one that runs. */
const defaultMostWaiting = 256;

type ComputePool = Pick<WorkerPool<ComputeApi>, 'run'>;

/**
 * Clusters on the threads of a pool, which stays the caller's to close. Calls take turns, as each has all the threads. A matrix
 * that is in shared memory is worked on where it is, and labels are in shared memory, too.
 *
 * @param threads how many of the pool's may share one call
 * @param mostWaiting how many calls may wait for their turn; one more is refused as `busy`
 */
export function createClusterer(pool: ComputePool, threads = 1, mostWaiting = defaultMostWaiting): Clusterer {
  const turns = new Turns(mostWaiting);
  return {
    cluster: (matrix, options, hooks = {}) =>
      turns.take(
        () => watched(hooks, {}, (watch) => cluster(pool, threads, watch, matrix, options)),
        hooks.signal,
      ),
    choose: (matrix, options, hooks = {}) =>
      turns.take(
        () => watched(hooks, {}, async (watch) => choose(pool, threads, watch, choosing(matrix, options))),
        hooks.signal,
      ),
    silhouette: (matrix, { labels, sizes }, options, hooks = {}) =>
      turns.take(
        () =>
          watched(hooks, {}, ({ signal }) => {
            const sample = labelledSample(matrix, labels, options);
            return pool.run((api) => api.silhouette(sample.matrix, sample.labels, sizes.length), signal);
          }),
        hooks.signal,
      ),
  };
}

/** Has one thread lead and the others help it; the first to fail stops the others. */
async function cluster(
  pool: ComputePool,
  threads: number,
  watch: Watch,
  matrix: Matrix,
  options: KMeansOptions,
): Promise<Clustering> {
  const checked = checkedOptions(matrix, options);
  const workspace = createWorkspace(sharedMatrix(matrix), roomFor(checked.clusters), true);
  const shared = { workspace, options: checked, sync: createSync() };
  const control = watch.round();
  const ended = new AbortController();
  // Helpers that have not begun when all is done are not needed any more.
  const helped = AbortSignal.any([watch.signal, ended.signal]);
  setMaxListeners(0, helped);
  const leading = pool.run((api) => api.cluster(shared, control), watch.signal, isSpent);
  const helping = Array.from({ length: Math.min(threads, workspace.pieces) - 1 }, () =>
    pool.run((api) => api.helpCluster(shared, control), helped, isSpent),
  );
  // One that ends well is no reason to end: the work is done when its leader is.
  const failing = helping.map((help) => help.then(() => new Promise<never>(() => undefined)));
  try {
    return (await Promise.race([leading, ...failing])).clustering;
  } catch {
    requestStop(control, 'cancelled');
    const outcomes = await Promise.allSettled([leading, ...helping]);
    const reasons = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    throw reasons.find((reason) => reason?.code !== 'cancelled') ?? reasons[0];
  } finally {
    ended.abort();
  }
}

/** Has each thread work out one number of clusters after the other, those that take longest first. */
async function choose(
  pool: ComputePool,
  threads: number,
  watch: Watch,
  { tasks, choose }: Choosing,
): Promise<ClusterChoice> {
  const control = watch.round();
  const table: ClusterCount[] = [];
  let left = tasks.length;
  const workOff = async (): Promise<void> => {
    while (left > 0) {
      const next = --left;
      const task = tasks[next]!;
      table[next] = await pool.run((api) => api.countClusters(task, tasks.length, control), watch.signal);
    }
  };
  const working = Array.from({ length: Math.min(threads, tasks.length) }, workOff);
  try {
    await Promise.all(working);
  } catch (error) {
    requestStop(control, 'cancelled');
    await Promise.allSettled(working);
    throw error;
  }
  return choose(table);
}

const isSpent = (done: Done | undefined): boolean => done === undefined || done.isSpent;
