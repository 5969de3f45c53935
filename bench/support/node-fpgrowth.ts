import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { transactionCount } from '../../src/baskets/transactions.ts';
import { readBaskets } from '../../src/import/read-baskets.ts';
import { answerLines } from './answer-lines.ts';

/** Child program: the npm package node-fpgrowth, from the folder that is the first argument, over a FIMI file. */

interface Package {
  FPGrowth: new (share: number) => { exec(baskets: number[][]): Promise<unknown[]> };
}

const [folder, path] = process.argv.slice(2);
const { FPGrowth } = createRequire(import.meta.url)(join(resolve(folder))) as Package;
const { transactions } = await readBaskets(path, { format: 'fimi' });
const { offsets, items } = transactions;
const baskets = Array.from({ length: transactionCount(transactions) }, (_, t) =>
  Array.from(items.subarray(offsets[t], offsets[t + 1])),
);

await answerLines(async ({ minSupport }) => {
  // It rounds share × baskets up; half a basket less keeps rounding errors from adding one.
  const miner = new FPGrowth((minSupport - 0.5) / baskets.length);
  const startedAt = performance.now();
  const itemsets = await miner.exec(baskets);
  return { ms: performance.now() - startedAt, itemsets: String(itemsets.length) };
});
