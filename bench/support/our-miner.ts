import type { Transactions } from '../../src/baskets/transactions.ts';
import type { MiningEngine } from '../../src/rules/engine.ts';
import { importCompiled } from './compiled.ts';
import type { Answer } from './contest.ts';
import type { Question } from './line-child.ts';

/** The one place where the benchmarks call the engine. */

const { createComputePool, createMiningEngine, warmUp } = (await importCompiled(
  'workers/mining',
)) as typeof import('../../workers/mining.ts');

const engines = new Map<number, Promise<MiningEngine>>();

/** An engine whose threads run already; they stay for the next call, until the process exits. */
function engineOf(threads: number): Promise<MiningEngine> {
  const started = async (): Promise<MiningEngine> => {
    const pool = createComputePool({ size: threads, queueLimit: 2 * threads });
    await warmUp(pool, threads);
    return createMiningEngine(pool, threads);
  };
  const engine = engines.get(threads) ?? started();
  engines.set(threads, engine);
  return engine;
}

/** Counts or lists the itemsets of baskets in memory; starting threads is not timed. */
export async function mineOnce(
  transactions: Transactions,
  { minSupport, target, threads, report }: Question,
): Promise<Answer> {
  const engine = await engineOf(threads);
  const request = { algorithm: 'auto', minSupport, target } as const;
  const startedAt = performance.now();
  if (report === 'list') {
    const { itemsets } = await engine.mine(transactions, request);
    return { ms: performance.now() - startedAt, itemsets: String(itemsets.supports.length) };
  }
  const { bySize } = await engine.count(transactions, request);
  const ms = performance.now() - startedAt;
  return { ms, itemsets: String(bySize.reduce((sum, sets) => sum + sets, 0n)) };
}
