import { join } from 'node:path';
import { packageRoot } from '../src/package-root.ts';
import { runChild } from './support/child.ts';
import { Disagreement } from './support/contest.ts';
import { median } from './support/median.ts';
import { readOptions } from './support/options.ts';
import { printTable, type Row } from './support/table.ts';

/**
 * How time and memory grow with the number of baskets, at the same share of them: generated baskets that lie in memory
 * are counted, every run in a process of its own. `npm run bench:scale` after `npm ci`; `-- --baskets 10000,100000
 * --threads 1,2 --min-support 0.001 --repetitions 3 --seed 1`. The peak holds the baskets themselves, which are named
 * beside it, and Node.js with the loader of TypeScript. The last table judges the goals.
 */

/** From one number of baskets to the next, the time of one basket may grow by this factor. */
const nearLinear = 1.2;

/** That of ten million baskets, and so of fewer. */
const mostMemoryMb = 3 * 1024;

const options = readOptions({
  baskets: [10_000, 100_000, 1_000_000, 10_000_000],
  threads: [1, 2],
  'min-support': '0.001',
  repetitions: 3,
  seed: 1,
});
const { baskets: steps, threads: threadCounts, repetitions } = options;
const program = join(packageRoot(), 'bench', 'support', 'scale-once.ts');

interface Run {
  readonly ms: number;
  readonly itemsets: string;
  readonly dataMb: number;
  readonly peakMb: number;
}

async function run(baskets: number, threads: number): Promise<Run> {
  const args = [baskets, options['min-support'], threads, options.seed].map(String);
  const { stdout } = await runChild(['--import', 'tsx', program, ...args]);
  return JSON.parse(stdout);
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
const rows: Row[] = [];
const goals: Row[] = [];
for (const threads of threadCounts) {
  let before: (typeof results)[number] | undefined;
  for (const now of results.filter((result) => result.threads === threads)) {
    const { baskets, itemsets, ms, peakMb, dataMb } = now;
    rows.push({
      threads,
      baskets,
      itemsets,
      seconds: Number((ms / 1000).toPrecision(3)),
      'ns per basket': Math.round((ms * 1e6) / baskets),
      'time growth': times(ms, before?.ms),
      'peak MB': Math.ceil(peakMb),
      'of it baskets MB': Math.round(dataMb),
      'memory growth': times(peakMb, before?.peakMb),
    });
    if (before) {
      const growth = ms / baskets / (before.ms / before.baskets);
      goals.push({
        ...{ threads, baskets, goal: `time of a basket ≤ ${nearLinear} × that of ${before.baskets}` },
        ...{ figure: growth.toFixed(3), verdict: growth <= nearLinear ? 'met' : 'missed' },
      });
    }
    goals.push({
      ...{ threads, baskets, goal: `peak < ${mostMemoryMb} MB` },
      ...{ figure: `${Math.ceil(peakMb)} MB`, verdict: peakMb < mostMemoryMb ? 'met' : 'missed' },
    });
    before = now;
  }
}
const percent = Number((Number(options['min-support']) * 100).toPrecision(6));
printTable(`Counting itemsets at ${percent} % of the baskets, median of ${repetitions}`, rows);
printTable('Goals', goals);
process.stdout.write(`${JSON.stringify({ options, results })}\n`);
