import * as Comlink from 'comlink';
import type { Transactions } from '../src/baskets/transactions.ts';
import { type Itemsets, itemsetBuffers, sizesHistogram } from '../src/mining/itemsets.ts';
import { joinCounts } from '../src/mining/join-pieces.ts';
import { type MineRequest, searchRequest } from '../src/mining/request.ts';
import type { Piece } from '../src/mining/search-parts.ts';
import type { MinedHow, MinedItemsets, MiningEngine, MiningHooks } from '../src/rules/engine.ts';
import type { ComputeApi, SharedSearch } from './compute-worker.ts';
import { type Control, createControl, progressOf, requestCancel } from './control.ts';
import { type PoolOptions, WorkerPool } from './pool.ts';

/** How often a caller hears of progress, at most. */
const pollMs = 100;

/** Miners report progress, and learn of a cancellation, many times a second unless a projection is huge. */
const cancelGraceMs = 2_000;

type ComputePool = Pick<WorkerPool<ComputeApi>, 'run'>;

/** Threads that mine; they start when first needed. */
export function createComputePool(options: Pick<PoolOptions, 'size' | 'queueLimit'>): WorkerPool<ComputeApi> {
  return new WorkerPool({ ...options, entry: 'compute-worker', cancelGraceMs });
}

/** Starts threads before they are needed. */
export async function warmUp(pool: ComputePool, threads: number): Promise<void> {
  await Promise.all(Array.from({ length: threads }, () => pool.run((api) => api.warmUp())));
}

/**
 * Mines on the threads of a pool, which stays the caller's to close.
 *
 * @param threads how many of them may share one search
 */
export function createMiningEngine(pool: ComputePool, threads = 1): MiningEngine {
  const engine: MiningEngine = {
    mine: (transactions, request, hooks = {}) =>
      watched(hooks, (control) => mine(pool, threads, transactions, request, hooks, control)),
    count: (transactions, request, hooks = {}) =>
      watched(hooks, async (control) => {
        if (request.algorithm !== 'apriori' && request.target !== 'generator' && request.top === undefined) {
          const { search, pieces, how } = await share(
            pool,
            threads,
            transactions,
            request,
            true,
            hooks,
            control,
          );
          return { bySize: joinCounts(search.root, search.request, pieces), ...how };
        }
        const { itemsets, ...how } = await mine(pool, threads, transactions, request, hooks, control);
        return { bySize: sizesHistogram(itemsets).map(BigInt), ...how };
      }),
    rules: (itemsets, transactionCount, options, hooks = {}) =>
      watched(hooks, () => pool.run((api) => api.rules(itemsets, transactionCount, options), hooks.signal)),
    mineRules: async (transactions, request, options, hooks = {}) => {
      const mined = await engine.mine(transactions, request, hooks);
      const count = transactions.offsets.length - 1;
      return {
        ...mined,
        rules: await engine.rules(mined.itemsets, count, options, { signal: hooks.signal }),
      };
    },
  };
  return engine;
}

async function mine(
  pool: ComputePool,
  threads: number,
  transactions: Transactions,
  request: MineRequest,
  hooks: MiningHooks,
  control: Control,
): Promise<MinedItemsets> {
  if (request.algorithm === 'apriori') {
    const search = searchRequest(request, false);
    const itemsets = await pool.run((api) => api.apriori(transactions, search, control), hooks.signal);
    return { itemsets: itemsets as Itemsets, algorithm: 'apriori', threads: 1 };
  }
  const { search, pieces, how } = await share(pool, threads, transactions, request, false, hooks, control);
  const buffers = pieces.flatMap((piece) => ('itemsets' in piece ? itemsetBuffers(piece.itemsets) : []));
  const joined = pool.run((api) => api.join(search, Comlink.transfer(pieces, buffers)), hooks.signal);
  return { itemsets: await joined, ...how };
}

interface SharedWork {
  search: SharedSearch;
  pieces: Piece[];
  how: MinedHow;
}

/** Has the threads share one search; the first to fail stops the others. */
async function share(
  pool: ComputePool,
  threads: number,
  transactions: Transactions,
  request: MineRequest,
  counting: boolean,
  { signal }: MiningHooks,
  control: Control,
): Promise<SharedWork> {
  const { algorithm } = request;
  if (algorithm === 'apriori') throw new TypeError('Apriori shares no work.');
  const wanted = searchRequest(request, counting);
  const search = (await pool.run(
    (api) => api.prepare(transactions, algorithm, wanted, threads),
    signal,
  )) as SharedSearch;
  const working = Array.from({ length: threads }, () =>
    pool.run((api) => api.search(search, control) as Promise<Piece>, signal),
  );
  try {
    const pieces = await Promise.all(working);
    return { search, pieces, how: { algorithm: search.algorithm, threads } };
  } catch (error) {
    requestCancel(control);
    await Promise.allSettled(working);
    throw error;
  }
}

/** Passes progress and cancellation between the caller's hooks and the threads' control cell while `work` runs. */
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
