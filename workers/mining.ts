import type { MiningEngine, MiningHooks } from '../src/rules/engine.ts';
import type { ComputeApi } from './compute-worker.ts';
import { type Control, createControl, progressOf, requestCancel } from './control.ts';
import { type PoolOptions, WorkerPool } from './pool.ts';

/** How often a caller hears of progress, at most. */
const pollMs = 100;

/** Miners report progress, and learn of a cancellation, many times a second unless a projection is huge. */
const cancelGraceMs = 2_000;

/** Threads that mine; they start when first needed. */
export function createComputePool(options: Pick<PoolOptions, 'size' | 'queueLimit'>): WorkerPool<ComputeApi> {
  return new WorkerPool({ ...options, entry: 'compute-worker', cancelGraceMs });
}

/** Mines on the threads of a pool, which stays the caller's to close. */
export function createMiningEngine(pool: Pick<WorkerPool<ComputeApi>, 'run'>): MiningEngine {
  return {
    mine: (transactions, request, hooks = {}) =>
      watched(hooks, (control) => pool.run((api) => api.mine(transactions, request, control), hooks.signal)),
    rules: (itemsets, transactionCount, options, hooks = {}) =>
      watched(hooks, () => pool.run((api) => api.rules(itemsets, transactionCount, options), hooks.signal)),
    mineRules: (transactions, request, options, hooks = {}) =>
      watched(hooks, (control) =>
        pool.run((api) => api.mineRules(transactions, request, options, control), hooks.signal),
      ),
  };
}

/** Passes progress and cancellation between the caller's hooks and the thread's control cell while `work` runs. */
async function watched<T>(
  { signal, onProgress }: MiningHooks,
  work: (control: Control) => Promise<T>,
): Promise<T> {
  const control = createControl();
  const cancel = (): void => requestCancel(control);
  signal?.addEventListener('abort', cancel);
  let told = 0;
  const tell = (share: number): void => {
    if (share > told) onProgress?.(share);
    told = share;
  };
  const timer = onProgress && setInterval(() => tell(progressOf(control)), pollMs);
  try {
    const result = await work(control);
    tell(1);
    return result;
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', cancel);
  }
}
