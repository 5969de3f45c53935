import { join } from 'node:path';
import { type Transactions, transactionCount } from '../../src/baskets/transactions.ts';
import { readBaskets } from '../../src/import/read-baskets.ts';
import { importCompiled } from './compiled.ts';
import { generateTransactions } from './generate-baskets.ts';
import type { StoredItemsets } from './itemset-file.ts';
import { loadWorkloads, parseWorkloads } from './workloads.ts';

const { fpGrowth } = (await importCompiled(
  'src/mining/fp-growth',
)) as typeof import('../../src/mining/fp-growth.ts');

/** All itemsets of some baskets that are in at least so many of them and are no longer than that. */
export interface RulesWorkload {
  readonly name: string;
  readonly data: string;
  readonly minSupport: number;
  readonly maxLength?: number;
}

/** As `npm run bench:scale` makes them. */
const generated = { baskets: 100_000, seed: 1 };

/**
 * About a million rules each, whether or not other data are beside the project: real baskets with rules of up to three items
 * to the left, and generated ones with rules between two items, of which every program makes exactly the same.
 */
export const defaultWorkloads = 'Groceries@2x4,generated@3x2';

/**
 * `DATA@SUPPORT` or `DATA@SUPPORTxLENGTH`, commas between them.
 *
 * @throws Error for anything else
 */
export function parseRulesWorkloads(text: string): RulesWorkload[] {
  return text.split(',').map((name) => {
    const [, data, minSupport, maxLength] = /^(\w+)@([1-9]\d*)(?:x([2-9]|\d\d))?$/.exec(name) ?? [];
    if (data === undefined) throw new Error(`${name} is no workload: ${defaultWorkloads} are two`);
    if (data !== 'generated') parseWorkloads([`${data}@${minSupport}`]);
    return {
      name,
      data,
      minSupport: Number(minSupport),
      maxLength: maxLength ? Number(maxLength) : undefined,
    };
  });
}

/** Mines a workload; undefined where its data are not beside the project. `folder` is for files on the way. */
export async function mineWorkload(
  { data, minSupport, maxLength }: RulesWorkload,
  folder: string,
): Promise<StoredItemsets | undefined> {
  const transactions = await transactionsOf(data, folder);
  if (!transactions) return undefined;
  return {
    transactionCount: transactionCount(transactions),
    itemsets: fpGrowth(transactions, { minSupport, maxLength }),
  };
}

async function transactionsOf(data: string, folder: string): Promise<Transactions | undefined> {
  if (data === 'generated') return generateTransactions(generated);
  if (!(await loadWorkloads(data, [1], folder))) return undefined;
  return (await readBaskets(join(folder, `${data}.dat`), { format: 'fimi' })).transactions;
}
