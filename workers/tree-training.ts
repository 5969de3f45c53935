import type { TrainingData } from '../src/learn/training-data.ts';
import { prepareTrees, type Report, type TrainedTrees } from '../src/learn/trees/boost.ts';
import { wasmPlaces } from '../src/learn/trees/kernel/wasm-kernel.ts';
import type { TreeOptions } from '../src/learn/trees/tree-options.ts';
import type { Control } from './control.ts';
import { type Done, leadAndHelp } from './lead-and-help.ts';
import type { WorkerPool } from './pool.ts';
import { createRounds } from './rounds.ts';
import { helpTraining, leadTraining, type SharedTraining, treesKernel } from './shared-training.ts';
import { Turns } from './turns.ts';
import { type Watch, watched } from './watch.ts';

export interface TrainingHooks {
  /** Ends the work; the call then rejects as `cancelled`. */
  signal?: AbortSignal;
  /** Called now and then with the share of the work that is done, ascending from 0 to 1. */
  onProgress?: Report;
}

/**
 * Trains trees, elsewhere than on the caller's thread. Calls reject with what {@link prepareTrees} throws, with `cancelled` when the
 * signal fires and with `busy` when too much is waiting already.
 */
export interface TreeTrainer {
  train(data: TrainingData, options: TreeOptions, hooks?: TrainingHooks): Promise<TrainedTrees>;
}

export interface TrainAnswer extends Done {
  readonly trained: TrainedTrees;
}

/** A thread that trained on so much shared memory is ended, as no garbage collection hurries to give it back. */
const spentBytes = 2 ** 28;

const isLarge = ({ memory }: SharedTraining): boolean => memory.buffer.byteLength > spentBytes;

/** What a thread offers for training. */
export const treeApi = {
  /** Trains, together with the threads that are told to help. */
  trainTrees(shared: SharedTraining, control: Control): TrainAnswer {
    return { trained: leadTraining(shared, control), isSpent: isLarge(shared) };
  },

  helpTrainTrees(shared: SharedTraining, control: Control): Done {
    helpTraining(shared, control);
    return { isSpent: isLarge(shared) };
  },
};

type TreePool = Pick<WorkerPool<typeof treeApi>, 'run'>;

/** How many calls may wait for the one that runs. */
const defaultMostWaiting = 256;

/**
 * Trains on the threads of a pool, which stays the caller's to close. Calls take turns, as each has all the threads. Columns that are
 * in shared memory are read where they are.
 *
 * @param threads how many of the pool's may share one call
 * @param mostWaiting how many calls may wait for their turn; one more is refused as `busy`
 */
export function createTreeTrainer(
  pool: TreePool,
  threads = 1,
  mostWaiting = defaultMostWaiting,
): TreeTrainer {
  const turns = new Turns(mostWaiting);
  return {
    train: (data, options, hooks = {}) =>
      turns.take(
        () => watched(hooks, {}, (watch) => train(pool, threads, watch, data, options)),
        hooks.signal,
      ),
  };
}

async function train(
  pool: TreePool,
  threads: number,
  watch: Watch,
  data: TrainingData,
  options: TreeOptions,
): Promise<TrainedTrees> {
  const { work, place } = prepareTrees(sharedData(data), options, wasmPlaces(treesKernel()));
  const shared: SharedTraining = { work, memory: place.memory, rounds: createRounds() };
  const control = watch.round();
  const { trained } = await leadAndHelp<typeof treeApi, TrainAnswer>(
    pool,
    control,
    watch.signal,
    (api) => api.trainTrees(shared, control),
    Array.from({ length: threads - 1 }, () => (api) => api.helpTrainTrees(shared, control)),
  );
  return trained;
}

/** The columns in memory that threads read without a copy. */
function sharedData(data: TrainingData): TrainingData {
  const columns = data.table.columns.map((column) => {
    if (column.buffer instanceof SharedArrayBuffer) return column;
    const buffer = new SharedArrayBuffer(column.byteLength);
    const copy = column instanceof Float32Array ? new Float32Array(buffer) : new Float64Array(buffer);
    copy.set(column);
    return copy;
  });
  return { ...data, table: { rows: data.table.rows, columns } };
}
