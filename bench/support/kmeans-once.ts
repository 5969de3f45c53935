import { importCompiled } from './compiled.ts';
import { firstCentres, readShared } from './kmeans-data.ts';
import type { KMeansAnswer, KMeansTask } from './kmeans-tables.ts';

/** Child program: clusters the rows in a file once, on warm threads. `node --import tsx kmeans-once.ts FILE TASK` (JSON) */

const { createComputePool } = (await importCompiled(
  'workers/mining',
)) as typeof import('../../workers/mining.ts');
const { createClusterer } = (await importCompiled(
  'workers/clustering',
)) as typeof import('../../workers/clustering.ts');

const task: KMeansTask = JSON.parse(process.argv[3]);
const { columns, clusters, iterations, threads, method } = task;
const values = await readShared(process.argv[2]);
const matrix = { values, columns };
const initial = firstCentres(values, task);
const pool = createComputePool({ size: threads, queueLimit: 2 * threads });
const clusterer = createClusterer(pool, threads);
const isFull = method === 'full';
const options = {
  ...{ clusters, seed: 1, initial },
  ...(isFull ? { maxIterations: iterations, tolerance: 0, miniBatchFrom: Infinity } : { miniBatchFrom: 0 }),
};
const some = { values: values.subarray(0, 20_000 * columns), columns };
for (let warmUp = 0; warmUp < 3; warmUp++) await clusterer.cluster(some, options);
const startedAt = performance.now();
const found = await clusterer.cluster(matrix, options);
const answer: KMeansAnswer = {
  ms: performance.now() - startedAt,
  inertia: found.inertia,
  iterations: found.iterations,
};
await pool.close();
process.stdout.write(JSON.stringify(answer));
