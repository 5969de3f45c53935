import { importCompiled } from './compiled.ts';
import { readShared } from './kmeans-data.ts';
import type { TreesAnswer, TreesTask } from './trees-tables.ts';

/** Child program: trains on the rows in a file once, on warm threads, and scores the test rows. `node --import tsx trees-once.ts FILE TASK` (JSON) */

const { createComputePool } = (await importCompiled(
  'workers/mining',
)) as typeof import('../../workers/mining.ts');
const { createTreeTrainer } = (await importCompiled(
  'workers/tree-training',
)) as typeof import('../../workers/tree-training.ts');
const { treesKernel } = (await importCompiled(
  'workers/shared-training',
)) as typeof import('../../workers/shared-training.ts');
const { WasmScorer } = (await importCompiled(
  'src/learn/trees/kernel/wasm-scorer',
)) as typeof import('../../src/learn/trees/kernel/wasm-scorer.ts');
const { areaUnderCurve, probabilityOf } = (await importCompiled(
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
for (let warmUp = 0; warmUp < 3; warmUp++) await trainer.train(part(0, Math.min(rows, 20_000)), options);

const training = part(0, rows);
const test = part(rows, testRows);
const flat = new Float32Array(testRows * columns);
for (const [n, column] of test.table.columns.entries())
  for (let row = 0; row < testRows; row++) flat[row * columns + n] = column[row];

/** In ms, from start to end and of the processor. */
async function timed<T>(work: () => T | Promise<T>): Promise<[result: T, ms: number, cpuMs: number]> {
  const [startedAt, before] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return [result, performance.now() - startedAt, (user + system) / 1000];
}

const [{ model }, fitMs, fitCpuMs] = await timed(() => trainer.train(training, options));
const out = new Float64Array(testRows);
const scorer = new WasmScorer(treesKernel(), model);
scorer.score(flat, Math.min(testRows, 1000), out);
const [, scoreMs, scoreCpuMs] = await timed(() => {
  scorer.score(flat, testRows, out);
  for (let row = 0; row < testRows; row++) out[row] = probabilityOf(out[row]);
});
await pool.close();
const auc = areaUnderCurve(out, test.target)!;
const answer: TreesAnswer = { fitMs, fitCpuMs, scoreMs, scoreCpuMs, auc };
process.stdout.write(JSON.stringify(answer));
