import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../src/package-root.ts';
import { runChild, runProgram } from './support/child.ts';
import { writeFigures } from './support/figures.ts';
import { defaultPython, readOptions } from './support/options.ts';
import { printTable } from './support/table.ts';
import { labelledRows } from './support/trees-data.ts';
import {
  type TreesAnswer,
  type TreesRuns,
  type TreesTask,
  treesGoals,
  treesRows,
} from './support/trees-tables.ts';

/**
 * Boosted trees beside scikit-learn's HistGradientBoostingClassifier, on the same generated rows with as many trees, leaves and
 * threads. Each run is in a process of its own, in turn, after a warm-up on a few rows. Then what it takes to score the
 * candidates of one request. `npm run bench:trees` after `npm ci`; `-- --rows 200000,500000 --columns 25 --trees 100
 * --leaves 31 --test-rows 100000 --threads 2 --repetitions 5 --seed 1 --python PATH --json FILE`. The last table judges the goals.
 */

const {
  rows,
  'test-rows': testRows,
  repetitions,
  python,
  json,
  ...plan
} = readOptions({
  rows: [200_000, 500_000],
  columns: 25,
  trees: 100,
  leaves: 31,
  'test-rows': 100_000,
  threads: 2,
  repetitions: 5,
  seed: 1,
  python: defaultPython,
  json: undefined,
});
const tasks = rows.map((count): TreesTask => ({ ...plan, rows: count, testRows }));
const support = join(packageRoot(), 'bench', 'support');

async function hasPeer(): Promise<boolean> {
  try {
    await runProgram(python, ['-c', 'import sklearn']);
    return true;
  } catch {
    process.stdout.write(`  skipped: scikit-learn: ${python} cannot import sklearn\n`);
    return false;
  }
}

async function ours(file: string, task: TreesTask): Promise<TreesAnswer> {
  const args = ['--import', 'tsx', join(support, 'trees-once.ts'), file, JSON.stringify(task)];
  return JSON.parse((await runChild(args)).stdout);
}

async function peer(file: string, task: TreesTask): Promise<TreesAnswer> {
  const env = { OMP_NUM_THREADS: String(task.threads) };
  const args = [join(support, 'trees-peer.py'), file, JSON.stringify(task)];
  return JSON.parse((await runProgram(python, args, { env })).stdout);
}

type Contestant = readonly [name: string, run: () => Promise<TreesAnswer>];

/** All in turn, the order reversed from one repetition to the next. */
async function contest(contestants: readonly Contestant[]): Promise<TreesRuns[]> {
  const found = contestants.map(([name]) => ({ name, runs: [] as TreesAnswer[] }));
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const order = [...contestants.keys()];
    for (const n of repetition % 2 === 0 ? order : order.reverse())
      found[n].runs.push(await contestants[n][1]());
  }
  return found;
}

const isThere = await hasPeer();
const folder = await mkdtemp(join(tmpdir(), 'pairwell-bench-'));
const results: Record<string, readonly TreesRuns[]> = {};
try {
  for (const task of tasks) {
    const file = join(folder, `${task.rows}.f32`);
    await writeFile(file, labelledRows(task));
    const contestants: Contestant[] = [['ours', () => ours(file, task)]];
    if (isThere) contestants.push(['scikit-learn', () => peer(file, task)]);
    const runs = await contest(contestants);
    results[task.rows] = runs;
    const title = `${task.rows} rows × ${task.columns}, ${task.trees} trees of ${task.leaves} leaves, ${task.threads} threads, median of ${repetitions}; ${task.testRows} rows scored`;
    printTable(title, treesRows(runs[0], runs.slice(1)));
    await rm(file);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

const request = JSON.parse((await runChild(['--import', 'tsx', join(support, 'trees-request.ts')])).stdout);
printTable('The candidates of one request, one thread, median of 1000', request);
const goals = Object.entries(results).flatMap(([rows, [own, ...others]]) =>
  treesGoals(own, others).map((goal) => ({ rows: Number(rows), ...goal })),
);
if (goals.length > 0) printTable('Goals', goals);
await writeFigures(json, {
  tasks,
  repetitions,
  results,
  request,
});
