import { availableParallelism } from 'node:os';
import { createComputePool, createMiningEngine, warmUp } from '../../workers/mining.ts';
import { type Transactions, transactionCount } from '../baskets/transactions.ts';
import { PairwellError } from '../errors.ts';
import type { NamedBaskets } from '../import/read-baskets.ts';
import { restrictItems, withoutLong } from '../mining/constrain.ts';
import { type Itemsets, sizesHistogram } from '../mining/itemsets.ts';
import { absoluteSupport } from '../mining/options.ts';
import type { Algorithm, MineRequest } from '../mining/request.ts';
import type { Target } from '../mining/search.ts';
import { constrainRules, type RuleConstraint } from '../rules/constrain-rules.ts';
import type { MinedHow, MiningEngine, MiningHooks } from '../rules/engine.ts';
import type { RuleColumns } from '../rules/rule-columns.ts';
import { type RankingMeasureName, topRules } from '../rules/top-rules.ts';
import { progressBar } from './progress.ts';
import { untilSignalled } from './signals.ts';

export interface MineOptions {
  minSupport?: number;
  target: Target | 'rules';
  algorithm: 'auto' | Algorithm;
  minConfidence: number;
  minLength?: number;
  maxLength?: number;
  maxBasket?: number;
  top?: number;
  by: RankingMeasureName;
  only?: string[];
  never?: string[];
  left?: string[];
  right?: string[];
  threads?: number;
  maxItemsets?: number;
  maxMemory?: number;
  maxSeconds?: number;
  count?: boolean;
}

export interface Mined extends MinedHow {
  /** The name of each item. */
  readonly names: readonly string[];
  /** What was mined from, after items and baskets were left out. */
  readonly transactions: Transactions;
  readonly minSupport: number;
  readonly skippedBaskets: number;
  readonly bySize: bigint[];
  /** Absent where they are only counted. */
  readonly itemsets?: Itemsets;
  readonly rules?: RuleColumns;
  /** Whether itemsets as good as the last of the best were left out. */
  readonly tied?: boolean;
  readonly readMs: number;
  readonly mineMs: number;
}

/** What mining itself finds. */
type Found = Pick<Mined, 'algorithm' | 'threads' | 'minSupport' | 'bySize' | 'itemsets' | 'rules' | 'tied'>;

/** Reads baskets and mines them on threads, which start while the file is read; shows on a terminal how it goes. */
export async function readAndMine(read: () => Promise<NamedBaskets>, options: MineOptions): Promise<Mined> {
  const started = performance.now();
  const threads = options.threads ?? availableParallelism();
  const pool = createComputePool({ size: threads, queueLimit: 2 * threads });
  try {
    // Alone in needing its threads one by one, Apriori starts them when it does.
    const warm = options.algorithm === 'apriori' ? undefined : warmUp(pool, threads);
    warm?.catch(() => undefined);
    const { transactions, names } = await read();
    await warm;
    const readMs = performance.now() - started;
    const idsOf = itemIds(names);
    const { maxBasket } = options;
    const shorter = maxBasket === undefined ? transactions : withoutLong(transactions, maxBasket);
    const restricted = restrictItems(shorter, { only: idsOf(options.only), never: idsOf(options.never) });
    const constraint = {
      left: idsOf(options.left),
      right: idsOf(options.right),
      minLength: options.minLength,
    };
    const engine = createMiningEngine(pool, threads);
    const found = await underBar((hooks) => mine(engine, restricted, options, constraint, hooks));
    return {
      ...found,
      names,
      transactions: restricted,
      skippedBaskets: transactionCount(transactions) - transactionCount(shorter),
      readMs,
      mineMs: performance.now() - started - readMs,
    };
  } finally {
    await pool.close();
  }
}

async function underBar<T>(work: (hooks: MiningHooks) => Promise<T>): Promise<T> {
  const bar = await progressBar('Mining');
  try {
    return await untilSignalled((signal) => work({ signal, onProgress: (share) => bar.update(share, '') }));
  } finally {
    bar.stop();
  }
}

async function mine(
  engine: MiningEngine,
  transactions: Transactions,
  options: MineOptions,
  constraint: RuleConstraint,
  hooks: MiningHooks,
): Promise<Found> {
  const { target, top, by, minConfidence } = options;
  const minSupport =
    options.minSupport === undefined
      ? 1
      : absoluteSupport(options.minSupport, transactionCount(transactions));
  const request: MineRequest = {
    algorithm: options.algorithm,
    minSupport,
    minLength: options.minLength,
    maxLength: options.maxLength,
    maxItemsets: options.maxItemsets,
    maxMemoryMb: options.maxMemory,
    maxSeconds: options.maxSeconds,
  };
  if (target !== 'rules') {
    const wanted = { ...request, target, top };
    if (options.count) return { ...(await engine.count(transactions, wanted, hooks)), minSupport };
    const mined = await engine.mine(transactions, wanted, hooks);
    return { ...mined, minSupport, bySize: sizesHistogram(mined.itemsets).map(BigInt) };
  }
  // Rules need the supports of sets of any length below the most, so the least is one of rules alone.
  const base = { ...request, minLength: undefined };
  const ruleOptions = { minConfidence };
  const ranked = top !== undefined && options.minSupport === undefined;
  const mined = ranked
    ? await engine.bestRules(transactions, base, ruleOptions, { k: top, by, constraint }, hooks)
    : await engine.mineRules(transactions, base, ruleOptions, hooks);
  const allowed = ranked ? mined.rules : constrainRules(mined.rules, constraint);
  return {
    ...mined,
    minSupport,
    bySize: sizesHistogram(mined.itemsets).map(BigInt),
    rules: top === undefined || ranked ? allowed : topRules(allowed, top, by),
  };
}

/** Turns names into item ids. */
function itemIds(
  names: readonly string[],
): (wanted: readonly string[] | undefined) => Int32Array | undefined {
  const idOf = new Map(names.map((name, id) => [name, id]));
  return (wanted) =>
    wanted &&
    Int32Array.from(wanted, (name) => {
      const id = idOf.get(name);
      if (id === undefined)
        throw new PairwellError('bad-input', `There is no item ${JSON.stringify(name)} in the file.`);
      return id;
    });
}
