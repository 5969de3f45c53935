import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../src/package-root.ts';
import { runChild, runProgram } from './support/child.ts';
import { writeFigures } from './support/figures.ts';
import { mixture } from './support/kmeans-data.ts';
import {
  type KMeansAnswer,
  type KMeansRuns,
  type KMeansTask,
  kmeansGoals,
  kmeansRows,
} from './support/kmeans-tables.ts';
import { defaultPython, readOptions } from './support/options.ts';
import { printTable } from './support/table.ts';

/**
 * k-means of a million generated rows beside scikit-learn's, from the same first centres, with as many passes and as many
 * threads, in 32 bits; then in mini-batches. Each run is in a process of its own, in turn, after a warm-up on a few rows.
 * `npm run bench:kmeans` after `npm ci`; `-- --rows 1000000 --columns 20 --clusters 8 --iterations 20 --threads 2
 * --repetitions 5 --seed 1 --methods full,mini-batch --python PATH --json FILE`. The last table judges the goals.
 */

const { methods, python, json, repetitions, iterations, threads, ...plan } = readOptions({
  rows: 1_000_000,
  columns: 20,
  clusters: 8,
  iterations: 20,
  threads: 2,
  repetitions: 5,
  seed: 1,
  methods: ['full', 'mini-batch'],
  python: defaultPython,
  json: undefined,
});
const work = { ...plan, iterations, threads };
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

async function ours(file: string, task: KMeansTask): Promise<KMeansAnswer> {
  const args = ['--import', 'tsx', join(support, 'kmeans-once.ts'), file, JSON.stringify(task)];
  return JSON.parse((await runChild(args)).stdout);
}

async function peer(file: string, task: KMeansTask): Promise<KMeansAnswer> {
  const threads = String(task.threads);
  const env = { OMP_NUM_THREADS: threads, OPENBLAS_NUM_THREADS: threads };
  const args = [join(support, 'kmeans-peer.py'), file, JSON.stringify(task)];
  return JSON.parse((await runProgram(python, args, { env })).stdout);
}

type Contestant = readonly [name: string, run: () => Promise<KMeansAnswer>];

/** All in turn, the order reversed from one repetition to the next. */
async function contest(contestants: readonly Contestant[]): Promise<KMeansRuns[]> {
  const found = contestants.map(([name]) => ({ name, runs: [] as KMeansAnswer[] }));
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const order = [...contestants.keys()];
    for (const n of repetition % 2 === 0 ? order : order.reverse())
      found[n].runs.push(await contestants[n][1]());
  }
  return found;
}

const folder = await mkdtemp(join(tmpdir(), 'pairwell-bench-'));
const results: Record<string, readonly KMeansRuns[]> = {};
try {
  const file = join(folder, 'rows.f32');
  await writeFile(file, mixture(plan));
  const isThere = await hasPeer();
  const us = (method: KMeansTask['method']): Contestant => ['ours', () => ours(file, { ...work, method })];
  const peers = (names: Readonly<Record<string, KMeansTask['method']>>): Contestant[] =>
    Object.entries(isThere ? names : {}).map(([name, method]) => [
      name,
      () => peer(file, { ...work, method }),
    ]);
  const fields: Record<string, () => Contestant[]> = {
    full: () => [us('full'), ...peers({ lloyd: 'lloyd', elkan: 'elkan' })],
    'mini-batch': () => [us('mini-batch'), ...peers({ MiniBatchKMeans: 'mini-batch' })],
  };
  for (const method of methods) {
    const field = fields[method];
    if (!field) throw new Error(`--methods: ${Object.keys(fields).join(', ')}`);
    results[method] = await contest(field());
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

const goals = Object.entries(results).flatMap(([method, [own, ...others]]) => {
  const title = `${plan.rows} rows × ${plan.columns}, ${plan.clusters} clusters, ${work.threads} threads, ${method}, median of ${repetitions}`;
  printTable(title, kmeansRows(own, others));
  return kmeansGoals(own, others, method === 'full');
});
if (goals.length > 0) printTable('Goals', goals);
await writeFigures(json, {
  ...work,
  repetitions,
  results,
});
