import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { Transactions } from '../src/baskets/transactions.ts';
import { readBaskets } from '../src/import/read-baskets.ts';
import type { Algorithm } from '../src/mining/request.ts';
import type { Target } from '../src/mining/search.ts';
import { groceries } from '../src/mining/testing/groceries.ts';
import { createComputePool, createMiningEngine } from '../workers/mining.ts';
import { withSharedFile } from './support/shared-data.ts';

/** Counts that independent programs agree on: data set, transactions, minimum support, kind, count. */
interface Known {
  readonly data: string;
  readonly minSupport: number;
  readonly target: Target;
  readonly count: bigint;
}

/** Level by level every candidate is counted in every transaction, which more sets than these make a matter of minutes. */
const mostForApriori = 60_000n;

withSharedFile(
  'reference/itemset-counts.tsv',
  'the counts that independent programs agree on',
  (reference) => {
    const known = readFileSync(reference, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line): Known => {
        const [data, , minSupport, kind, count] = line.split('\t');
        return { data: data!, minSupport: Number(minSupport), target: kind as Target, count: BigInt(count!) };
      });
    const loaded = new Map<string, Promise<Transactions>>();

    for (const data of new Set(known.map(({ data }) => data))) {
      if (data === 'Groceries') {
        loaded.set(data, Promise.resolve(groceries().baskets));
        counts(data);
      } else
        withSharedFile(`data/fimi/${data}.dat.gz`, `itemsets of ${data}`, (file) => {
          loaded.set(
            data,
            readBaskets(file, { format: 'fimi' }).then(({ transactions }) => transactions),
          );
          counts(data);
        });
    }

    function counts(data: string): void {
      const all = known.filter((one) => one.data === data);
      /** How many sets Apriori would have to list, whatever of them is wanted. */
      const listed = (minSupport: number): bigint =>
        all.find((one) => one.minSupport === minSupport && one.target === 'all')?.count ?? mostForApriori;
      const runs: [Algorithm, number][] = [
        ...[1, 2, 4].map((threads): [Algorithm, number] => ['fpgrowth', threads]),
        ...[1, 2, 4].map((threads): [Algorithm, number] => ['eclat', threads]),
        ['apriori', 1],
      ];
      describe.each(runs)(`${data} by %s, threads: %i`, (algorithm, threads) => {
        const pool = createComputePool({ size: threads, queueLimit: 2 * threads });
        const engine = createMiningEngine(pool, threads);
        afterAll(() => pool.close());

        const feasible = all.filter(
          ({ minSupport }) => algorithm !== 'apriori' || listed(minSupport) < mostForApriori,
        );
        it.each(feasible)(
          'has $count $target sets at $minSupport',
          async ({ minSupport, target, count }) => {
            const { bySize } = await engine.count((await loaded.get(data))!, {
              algorithm,
              target,
              minSupport,
            });
            expect(bySize.reduce((sum, sets) => sum + sets, 0n)).toBe(count);
          },
          120_000,
        );
      });
    }
  },
);
