import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageRoot } from '../src/package-root.ts';
import { runChild, runProgram } from './support/child.ts';
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

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '200000,500000' },
    columns: { type: 'string', default: '25' },
    trees: { type: 'string', default: '100' },
    leaves: { type: 'string', default: '31' },
    'test-rows': { type: 'string', default: '100000' },
    threads: { type: 'string', default: '2' },
    repetitions: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    python: { type: 'string', default: process.env.PAIRWELL_BENCH_PYTHON ?? 'python3' },
    json: { type: 'string' },
  },
});

function whole(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name}: 1 or more`);
  return value;
}

const repetitions = whole('repetitions', values.repetitions);
const tasks: TreesTask[] = values.rows.split(',').map((rows) => ({
  rows: whole('rows', rows),
  testRows: whole('test-rows', values['test-rows']),
  columns: whole('columns', values.columns),
  trees: whole('trees', values.trees),
  leaves: whole('leaves', values.leaves),
  threads: whole('threads', values.threads),
  seed: whole('seed', values.seed),
}));
const support = join(packageRoot(), 'bench', 'support');

async function hasPeer(): Promise<boolean> {
  try {
    await runProgram(values.python, ['-c', 'import sklearn']);
    return true;
  } catch {
    process.stdout.write(`  skipped: scikit-learn: ${values.python} cannot import sklearn\n`);
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
  return JSON.parse((await runProgram(values.python, args, { env })).stdout);
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
const figures = JSON.stringify({
  node: process.version,
  cpu: cpus()[0]?.model,
  cores: availableParallelism(),
  tasks,
  repetitions,
  results,
  request,
});
if (values.json) await writeFile(values.json, `${figures}\n`);
else process.stdout.write(`${figures}\n`);
