import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../src/package-root.ts';
import { runChild } from './support/child.ts';
import type { ExportAnswer } from './support/export-once.ts';
import { writeFigures } from './support/figures.ts';
import type { Judgement } from './support/goals.ts';
import { median } from './support/median.ts';
import { readOptions } from './support/options.ts';
import { prepareShop } from './support/prepared-shop.ts';
import { printTable, type Row } from './support/table.ts';

/**
 * Offers for every customer of a generated shop of 10,000 products and 100,000 customers, with 200 policies, as `pairwell export
 * offers` works them out: customers a second on one thread and on two, and memory by the number of customers. `npm run bench:export`
 * after `npm ci`; `-- --customers 100000 --repetitions 3 --folder FOLDER --json FILE`: the databases stay in the folder, and those
 * that are there are used.
 */

const {
  products,
  customers,
  repetitions,
  folder: kept,
  json,
} = readOptions({
  products: 10_000,
  customers: 100_000,
  repetitions: 3,
  folder: undefined,
  json: undefined,
});
/** A shop of a fifth of the customers tells what each of them takes. */
const small = Math.max(1, Math.round(customers / 5));
const goal = 20_000;
const root = packageRoot();

interface Run {
  readonly name: 'large' | 'small';
  readonly threads: number;
  /** Days after the one that rankings were worked out for; on any other they are worked out anew. */
  readonly days: number;
}

const runs: readonly Run[] = [
  { name: 'large', threads: 1, days: 0 },
  { name: 'large', threads: 2, days: 0 },
  { name: 'large', threads: 1, days: 2 },
  { name: 'large', threads: 2, days: 2 },
  { name: 'small', threads: 2, days: 0 },
];

async function exportOnce(folder: string, { name, threads, days }: Run): Promise<ExportAnswer> {
  const program = join(root, 'bench', 'support', 'export-once.ts');
  const words = [join(folder, name), String(threads), String(days)];
  const { stdout } = await runChild(['--import', 'tsx', program, ...words]);
  return JSON.parse(stdout);
}

const perSecond = (answers: readonly ExportAnswer[]): number =>
  median(answers.map((answer) => answer.customers / (answer.ms / 1000)));
const most = (answers: readonly ExportAnswer[], of: (answer: ExportAnswer) => number): number =>
  Math.max(...answers.map(of));

function rowOf({ threads, days }: Run, answers: readonly ExportAnswer[]): Row {
  const [first] = answers;
  return {
    customers: first.customers,
    rankings: days === 0 ? 'of the model' : 'anew',
    threads,
    'customers/s': Math.round(perSecond(answers)),
    'CPU µs each': Math.round(median(answers.map(({ cpuMs }) => (1000 * cpuMs) / first.customers))),
    'read ms': Math.round(median(answers.map(({ readMs }) => readMs))),
    'write ms': Math.round(median(answers.map(({ ms }) => ms))),
    'file MB': Math.round(first.bytes / 2 ** 20),
    'model MB': Math.round(first.modelBytes / 2 ** 20),
    'MB when read': Math.round(most(answers, ({ readMb }) => readMb)),
    'MB at most': Math.round(most(answers, ({ peakMb }) => peakMb)),
  };
}

const folder = kept ?? (await mkdtemp(join(tmpdir(), 'pairwell-bench-')));
try {
  await prepareShop(join(folder, 'large'), { products, customers, seed: 1 });
  await prepareShop(join(folder, 'small'), { products, customers: small, seed: 1 });
  process.stderr.write('prepared\n');
  const answers: ExportAnswer[][] = runs.map(() => []);
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const [n, run] of runs.entries()) answers[n].push(await exportOnce(folder, run));
    process.stderr.write(`${repetition + 1} of ${repetitions}\n`);
  }
  printTable(
    `Offers in an e-mail for every customer, medians of ${repetitions} processes`,
    runs.map((run, n) => rowOf(run, answers[n])),
  );
  const onTwo = answers[1];
  const onTwoSmall = answers[4];
  const more = onTwo[0].customers - onTwoSmall[0].customers;
  const perMillion = (of: (answer: ExportAnswer) => number): number =>
    Math.round((1e6 * (most(onTwo, of) - most(onTwoSmall, of))) / more);
  printTable('MB for a million customers more, on 2 threads', [
    {
      model: perMillion(({ modelBytes }) => modelBytes / 2 ** 20),
      'all at most': perMillion(({ peakMb }) => peakMb),
    },
  ]);
  const rate = perSecond(onTwo);
  const judgements: Judgement[] = [
    {
      goal: `≥ ${goal} customers a second on 2 threads`,
      figure: String(Math.floor(rate)),
      verdict: rate >= goal ? 'met' : 'missed',
    },
  ];
  printTable(
    'Goals',
    judgements.map((judgement) => ({ ...judgement })),
  );
  await writeFigures(json, {
    runs: runs.map((run, n) => ({ ...run, answers: answers[n] })),
    judgements,
  });
} finally {
  if (kept === undefined) await rm(folder, { recursive: true, force: true });
}
