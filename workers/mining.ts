import { MessageChannel } from 'node:worker_threads';
import * as Comlink from 'comlink';
import { type Transactions, transactionCount } from '../src/baskets/transactions.ts';
import type { Student } from '../src/insights/study.ts';
import { itemsetCount } from '../src/mining/itemsets.ts';
import { lowerUntil } from '../src/mining/lower-support.ts';
import { type Algorithm, type MineRequest, searchRequest } from '../src/mining/request.ts';
import { bestRules } from '../src/rules/best-rules.ts';
import type { MinedHow, MinedItemsets, MinedRules, MiningEngine, MiningHooks } from '../src/rules/engine.ts';
import type { RuleOptions } from '../src/rules/generate.ts';
import type { ComputeApi, MineAnswer } from './compute-worker.ts';
import { leadAndHelp } from './lead-and-help.ts';
import { type PoolOptions, WorkerPool } from './pool.ts';
import { Turns } from './turns.ts';
import { type Watch, type WatchOptions, watched } from './watch.ts';

/** Miners look for a cancellation many times a second, but for what is done between searches. */
const cancelGraceMs = 2_000;

/** How many calls may wait for the one that runs. */
const defaultMostWaiting = 256;

type ComputePool = Pick<WorkerPool<ComputeApi>, 'run'>;

/** Threads that mine; they start when first needed. */
export function createComputePool(options: Pick<PoolOptions, 'size' | 'queueLimit'>): WorkerPool<ComputeApi> {
  return new WorkerPool({ ...options, entry: 'compute-worker', cancelGraceMs });
}

/** Starts threads before they are needed. */
export async function warmUp(pool: ComputePool, threads: number): Promise<void> {
  await Promise.all(Array.from({ length: threads }, () => pool.run((api) => api.warmUp())));
}

/** What is mined in one round. */
interface Round {
  readonly transactions: Transactions;
  readonly request: MineRequest;
  readonly counting?: boolean;
  readonly rules?: RuleOptions;
}

/**
 * Mines and studies on the threads of a pool, which stays the caller's to close. Calls take turns, as each has all the threads.
 *
 * @param threads how many of them may share one search
 * @param mostWaiting how many calls may wait for their turn; one more is refused as `busy`
 */
export function createMiningEngine(
  pool: ComputePool,
  threads = 1,
  mostWaiting = defaultMostWaiting,
): MiningEngine & Student {
  const turns = new Turns(mostWaiting);
  const inTurn = <T>(
    hooks: MiningHooks,
    options: WatchOptions,
    work: (watch: Watch) => Promise<T>,
  ): Promise<T> => turns.take(() => watched(hooks, options, work), hooks.signal);
  const mineSets = async (watch: Watch, round: Round): Promise<MinedItemsets> => {
    const { itemsets, tied, algorithm } = await mine(pool, threads, watch, round);
    return { itemsets: itemsets!, tied, ...how(algorithm) };
  };
  const mineRules = async (watch: Watch, round: Round): Promise<MinedRules> => {
    const { itemsets, rules, tied, algorithm } = await mine(pool, threads, watch, round);
    return { itemsets: itemsets!, rules: rules!, tied, ...how(algorithm) };
  };
  const how = (algorithm: Algorithm): MinedHow => ({
    algorithm,
    threads: algorithm === 'apriori' ? 1 : threads,
  });
  return {
    mine: (transactions, request, hooks = {}) => {
      const { top, target } = request;
      if (top === undefined || target !== 'generator')
        return inTurn(hooks, within(request), (watch) => mineSets(watch, { transactions, request }));
      return inTurn(hooks, { ...within(request), isRepeated: true }, (watch) =>
        lowerUntil(
          transactionCount(transactions),
          request.minSupport,
          (minSupport) => mineSets(watch, { transactions, request: { ...request, minSupport } }),
          ({ itemsets }) => itemsetCount(itemsets) >= top,
        ),
      );
    },
    count: (transactions, request, hooks = {}) =>
      inTurn(hooks, within(request), async (watch) => {
        const { bySize, algorithm } = await mine(pool, threads, watch, {
          transactions,
          request,
          counting: true,
        });
        return { bySize: bySize!, ...how(algorithm) };
      }),
    rules: (itemsets, count, options, hooks = {}) =>
      inTurn(hooks, {}, ({ signal }) => pool.run((api) => api.rules(itemsets, count, options), signal)),
    study: (input, hooks = {}) =>
      inTurn(hooks, {}, ({ signal }) => pool.run((api) => api.study(input), signal)),
    mineRules: (transactions, request, rules, hooks = {}) =>
      inTurn(hooks, within(request), (watch) => mineRules(watch, { transactions, request, rules })),
    bestRules: (transactions, request, options, best, hooks = {}) =>
      inTurn(hooks, { ...within(request), isRepeated: true }, (watch) => {
        const rounds: Pick<MiningEngine, 'mineRules'> = {
          mineRules: (baskets, round, rules) =>
            mineRules(watch, { transactions: baskets, request: round, rules }),
        };
        return bestRules(rounds, transactions, request, options, best);
      }),
  };
}

const within = ({ maxSeconds }: MineRequest): WatchOptions =>
  maxSeconds === undefined ? {} : { maxMs: maxSeconds * 1000 };

async function mine(
  pool: ComputePool,
  threads: number,
  watch: Watch,
  { transactions, request, counting = false, rules }: Round,
): Promise<MineAnswer> {
  const { algorithm } = request;
  const order = { transactions, algorithm, request: searchRequest(request, counting), counting, rules };
  const control = watch.round();
  const helpers = algorithm === 'apriori' ? 0 : threads - 1;
  const channels = Array.from({ length: helpers }, () => new MessageChannel());
  const ports = channels.map(({ port1 }) => port1);
  return leadAndHelp<ComputeApi, MineAnswer>(
    pool,
    control,
    watch.signal,
    (api) => api.mine(order, control, Comlink.transfer(ports, ports)) as Promise<MineAnswer>,
    channels.map(
      ({ port2 }) =>
        (api) =>
          api.help(Comlink.transfer(port2, [port2]), control),
    ),
  );
}
