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
import type { ClusterAnswer, ComputeApi } from './compute-worker.ts';
import { requestStop } from './control.ts';
import { leadAndHelp } from './lead-and-help.ts';
import type { WorkerPool } from './pool.ts';
import { createRounds } from './rounds.ts';
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

async function cluster(
  pool: ComputePool,
  threads: number,
  watch: Watch,
  matrix: Matrix,
  options: KMeansOptions,
): Promise<Clustering> {
  const checked = checkedOptions(matrix, options);
  const workspace = createWorkspace(sharedMatrix(matrix), roomFor(checked.clusters), true);
  const shared = { workspace, options: checked, rounds: createRounds() };
  const control = watch.round();
  const helpers = Math.min(threads, workspace.pieces) - 1;
  const { clustering } = await leadAndHelp<ComputeApi, ClusterAnswer>(
    pool,
    control,
    watch.signal,
    (api) => api.cluster(shared, control),
    Array.from({ length: helpers }, () => (api) => api.helpCluster(shared, control)),
  );
  return clustering;
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
