import { seededRandom } from '../../src/learn/random.ts';
import { normal } from '../../src/learn/trees/testing/mixed-data.ts';
import { importCompiled } from './compiled.ts';
import type { Row } from './table.ts';

/** Child program: scores the candidates of one request again and again. `node --import tsx trees-request.ts` prints rows as JSON. */

const { trainTrees } = (await importCompiled(
  'src/learn/trees/boost',
)) as typeof import('../../src/learn/trees/boost.ts');
const { plainScorer } = (await importCompiled(
  'src/learn/trees/plain-scorer',
)) as typeof import('../../src/learn/trees/plain-scorer.ts');
const { WasmScorer } = (await importCompiled(
  'src/learn/trees/kernel/wasm-scorer',
)) as typeof import('../../src/learn/trees/kernel/wasm-scorer.ts');
const { wasmPlaces } = (await importCompiled(
  'src/learn/trees/kernel/wasm-kernel',
)) as typeof import('../../src/learn/trees/kernel/wasm-kernel.ts');
const { treesKernel } = (await importCompiled(
  'workers/shared-training',
)) as typeof import('../../workers/shared-training.ts');

const rows = 20_000;
const random = seededRandom(1);
const places = wasmPlaces(treesKernel());
const table: Row[] = [];
for (const [candidates, columns, trees] of [
  [50, 20, 100],
  [75, 25, 150],
  [100, 30, 200],
]) {
  const features = Array.from({ length: columns }, (_, n) =>
    Float64Array.from({ length: rows }, () => (n === 0 && random() < 0.1 ? Number.NaN : normal(random))),
  );
  const target = Uint8Array.from({ length: rows }, (_, row) =>
    random() < 1 / (1 + Math.exp(-features[1][row] * features[2][row] - features[3][row])) ? 1 : 0,
  );
  const { model } = trainTrees({ table: { rows, columns: features }, target }, { seed: 1, trees }, places);
  const out = new Float64Array(candidates);
  const scorers = { JavaScript: plainScorer(model), WebAssembly: new WasmScorer(treesKernel(), model) };
  const figures = Object.entries(scorers).map(([name, scorer]) => {
    const values = Float64Array.from({ length: candidates * columns }, (_, n) => features[n % columns][n]);
    for (let warmUp = 0; warmUp < 300; warmUp++) scorer.score(values, candidates, out);
    const times = Array.from({ length: 1000 }, () => {
      const startedAt = process.hrtime.bigint();
      scorer.score(values, candidates, out);
      return Number(process.hrtime.bigint() - startedAt) / 1000;
    }).sort((a, b) => a - b);
    return [`${name}, µs`, Number(times[500].toFixed(1))];
  });
  table.push({ candidates, features: columns, trees, ...Object.fromEntries(figures) });
}
process.stdout.write(JSON.stringify(table));
