import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../db/open.ts';
import { importFile } from '../src/import/import-file.ts';
import { packageRoot } from '../src/package-root.ts';
import { runChild } from './support/child.ts';
import { writeFigures } from './support/figures.ts';
import { median } from './support/median.ts';
import { readOptions } from './support/options.ts';
import { printTable, type Row } from './support/table.ts';
import type { TrainAnswer } from './support/train-once.ts';

/**
 * The whole train on Online Retail, from stored orders to published rules: the share of each stage, and its memory. The orders
 * are imported once into an embedded database; each repetition is a process of its own that trains on it.
 * `npm run bench:train` after `npm ci`; `-- --repetitions 3 --settings '{"minSupport":0.005}' --json FILE`.
 */

const { repetitions, settings, json } = readOptions({ repetitions: 3, settings: '{}', json: undefined });
const root = packageRoot();

async function importOrders(folder: string): Promise<void> {
  const database = await openDatabase({ folder });
  try {
    await importFile(database, { path: join(root, 'db', 'seed', 'online-retail', 'online_retail.csv.gz') });
  } finally {
    await database.close();
  }
}

async function trainOnce(folder: string): Promise<TrainAnswer> {
  const program = join(root, 'bench', 'support', 'train-once.ts');
  const { stdout } = await runChild(['--import', 'tsx', program, folder, settings]);
  return JSON.parse(stdout);
}

/** By stage, in order; a stage that came twice is summed. */
function stageRows(runs: readonly TrainAnswer[]): Row[] {
  const names = [...new Set(runs.flatMap(({ stages }) => stages.map(({ stage }) => stage)))];
  const msOf = ({ stages }: TrainAnswer, name: string): number =>
    stages.filter(({ stage }) => stage === name).reduce((sum, { ms }) => sum + ms, 0);
  const row = (stage: string, times: (run: TrainAnswer) => number): Row => ({
    stage,
    'median ms': Math.round(median(runs.map(times))),
    'fastest ms': Math.round(Math.min(...runs.map(times))),
    'slowest ms': Math.round(Math.max(...runs.map(times))),
    'share %': Number((100 * median(runs.map((run) => times(run) / run.ms))).toFixed(1)),
  });
  return [...names.map((name) => row(name, (run) => msOf(run, name))), row('all', ({ ms }) => ms)];
}

const folder = await mkdtemp(join(tmpdir(), 'pairwell-bench-'));
const runs: TrainAnswer[] = [];
try {
  await importOrders(folder);
  process.stderr.write('imported\n');
  for (let repetition = 0; repetition < repetitions; repetition++) {
    runs.push(await trainOnce(folder));
    process.stderr.write(`trained ${repetition + 1} of ${repetitions}\n`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

const [{ figures, modelBytes }] = runs;
printTable(
  `Training on Online Retail, ${figures.rules} rules of ${figures.baskets} baskets, ${repetitions} processes`,
  stageRows(runs),
);
printTable('Memory, and the model', [
  {
    'MB at the start': Math.ceil(Math.max(...runs.map(({ startMb }) => startMb))),
    'MB at most': Math.ceil(Math.max(...runs.map(({ peakMb }) => peakMb))),
    'model MB': Number((modelBytes / 2 ** 20).toPrecision(3)),
    ...figures,
  },
]);
await writeFigures(json, {
  repetitions,
  settings: JSON.parse(settings),
  runs,
});
