import type { ChurnTimes } from './churn-times.ts';
import { importCompiled } from './compiled.ts';
import { readShared } from './kmeans-data.ts';
import type { TreesTask } from './trees-tables.ts';

/** Child program: fits both models to the rows in a file once, on warm threads, and scores the test rows. `node --import tsx churn-once.ts FILE TASK` (JSON) */

const { createComputePool } = (await importCompiled(
  'workers/mining',
)) as typeof import('../../workers/mining.ts');
const { createTreeTrainer } = (await importCompiled(
  'workers/tree-training',
)) as typeof import('../../workers/tree-training.ts');
const { plainScorer } = (await importCompiled(
  'src/learn/trees/plain-scorer',
)) as typeof import('../../src/learn/trees/plain-scorer.ts');
const { fitLogistic, scoreLogistic } = (await importCompiled(
  'src/learn/logistic',
)) as typeof import('../../src/learn/logistic.ts');
const { areaUnderCurve } = (await importCompiled(
  'src/learn/scores',
)) as typeof import('../../src/learn/scores.ts');

const task: TreesTask = JSON.parse(process.argv[3]);
const { rows, testRows, columns, trees, leaves, threads } = task;
const values = await readShared(process.argv[2]);
const all = rows + testRows;
const part = (from: number, count: number) => ({
  table: {
    rows: count,
    columns: Array.from({ length: columns }, (_, n) =>
      values.subarray(n * all + from, n * all + from + count),
    ),
  },
  target: Uint8Array.from(values.subarray(columns * all + from, columns * all + from + count)),
});
const pool = createComputePool({ size: threads, queueLimit: 2 * threads });
const trainer = createTreeTrainer(pool, threads);
const options = { seed: 1, trees, maxLeaves: leaves };
const few = part(0, Math.min(rows, 20_000));
for (let warmUp = 0; warmUp < 3; warmUp++) await trainer.train(few, options);
fitLogistic(few);

const training = part(0, rows);
const test = part(rows, testRows);
const flat = new Float32Array(testRows * columns);
for (const [n, column] of test.table.columns.entries())
  for (let row = 0; row < testRows; row++) flat[row * columns + n] = column[row];

async function timed<T>(work: () => T | Promise<T>): Promise<[result: T, ms: number]> {
  const startedAt = performance.now();
  return [await work(), performance.now() - startedAt];
}

const [{ model }, treesMs] = await timed(() => trainer.train(training, options));
const [logistic, logisticMs] = await timed(() => fitLogistic(training));
await pool.close();
const out = new Float64Array(testRows);
plainScorer(model).score(flat, testRows, out);
const treesAuc = areaUnderCurve(out, test.target)!;
scoreLogistic(logistic, flat, testRows, out);
const times: ChurnTimes = { treesMs, treesAuc, logisticMs, logisticAuc: areaUnderCurve(out, test.target)! };
process.stdout.write(JSON.stringify(times));
