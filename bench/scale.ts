import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageRoot } from '../src/package-root.ts';
import { runChild } from './support/child.ts';
import { Disagreement } from './support/contest.ts';
import { median } from './support/median.ts';
import { printTable, type Row } from './support/table.ts';

/**
 * How time and memory grow with the number of baskets, at the same share of them: generated baskets that lie in memory
 * are counted, every run in a process of its own. `npm run bench:scale` after `npm ci`; `-- --baskets 10000,100000
 * --threads 1,2 --min-support 0.001 --repetitions 3 --seed 1`. The peak holds the baskets themselves, which are named
 * beside it, and Node.js with the loader of TypeScript.
 */

const { values } = parseArgs({
  options: {
    baskets: { type: 'string', default: '10000,100000,1000000,10000000' },
    threads: { type: 'string', default: '1,2' },
    'min-support': { type: 'string', default: '0.001' },
    repetitions: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
  },
});
const steps = values.baskets.split(',').map(Number);
const threadCounts = values.threads.split(',').map(Number);
const repetitions = Number(values.repetitions);
const program = join(packageRoot(), 'bench', 'support', 'scale-once.ts');

interface Run {
  readonly ms: number;
  readonly itemsets: string;
  readonly dataMb: number;
  readonly peakMb: number;
}

async function run(baskets: number, threads: number): Promise<Run> {
  const args = [baskets, values['min-support'], threads, values.seed].map(String);
  const { stdout, peakMb } = await runChild(['--import', 'tsx', program, ...args]);
  return { ...JSON.parse(stdout), peakMb };
}

/** The same work for each number of threads in turn, the order reversed from one repetition to the next. */
async function measure(baskets: number): Promise<Map<number, Run>> {
  const runs = new Map<number, Run[]>(threadCounts.map((threads) => [threads, []]));
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const threads of repetition % 2 === 0 ? threadCounts : [...threadCounts].reverse())
      runs.get(threads)!.push(await run(baskets, threads));
  }
  const found = new Set([...runs.values()].flat().map(({ itemsets }) => itemsets));
  if (found.size > 1) throw new Disagreement(`${baskets} baskets: ${[...found].join(' and ')} itemsets`);
  return new Map(
    [...runs].map(([threads, list]) => [
      threads,
      {
        ...list[0],
        ms: median(list.map(({ ms }) => ms)),
        peakMb: Math.max(...list.map(({ peakMb }) => peakMb)),
      },
    ]),
  );
}

const times = (now: number, before: number | undefined): string =>
  before === undefined ? '' : `× ${(now / before).toPrecision(3)}`;

const results: (Run & { baskets: number; threads: number })[] = [];
for (const baskets of steps) {
  for (const [threads, figures] of await measure(baskets)) results.push({ baskets, threads, ...figures });
  process.stderr.write(`${baskets} baskets done\n`);
}
const rows = threadCounts.flatMap((threads) =>
  results
    .filter((result) => result.threads === threads)
    .map(
      ({ baskets, itemsets, ms, peakMb, dataMb }, i, own): Row => ({
        threads,
        baskets,
        itemsets,
        seconds: Number((ms / 1000).toPrecision(3)),
        'ns per basket': Math.round((ms * 1e6) / baskets),
        'time growth': times(ms, own[i - 1]?.ms),
        'peak MB': Math.round(peakMb),
        'of it baskets MB': Math.round(dataMb),
        'memory growth': times(peakMb, own[i - 1]?.peakMb),
      }),
    ),
);
printTable(`Counting itemsets at ${values['min-support']} of the baskets, median of ${repetitions}`, rows);
process.stdout.write(`${JSON.stringify({ options: values, results })}\n`);
