import type { TrainingData } from '../learn/training-data.ts';
import { CandidateRows } from './candidate-rows.ts';
import type { Exercise } from './exercises.ts';
import { shortlistDefaults } from './shortlist.ts';
import { signalCount } from './signal-names.ts';

/** One question in so many tells when to stop learning. */
const validationEvery = 10;

/** With more candidates than this only one in so many of those that were not bought is kept, and counts for as many. */
const manyRows = 400_000;

const always = (): boolean => true;

/**
 * The candidates of all questions as rows to learn from: whether each was bought. Of very many those not bought are thinned out, and
 * weigh the more. Columns lie in shared memory.
 */
export function learningRows(exercises: readonly Exercise[]): TrainingData {
  const total = exercises.reduce((sum, { questions }) => sum + questions.length, 0);
  const most = total * (shortlistDefaults.owned + shortlistDefaults.fresh);
  const matrix = new Float32Array(new SharedArrayBuffer(most * signalCount * 4));
  const target = new Uint8Array(most);
  const thinning = Math.max(1, Math.round(most / manyRows));
  const weights = new Float64Array(most);
  let passed = 0;
  const validation: number[] = [];
  let rows = 0;
  let asked = 0;
  for (const { world, questions } of exercises) {
    const candidates = new CandidateRows(world());
    // By day, as how items sell is worked out once a day.
    const order = [...questions].sort((a, b) => a.shopper.today - b.shopper.today);
    for (const { shopper, bought } of order) {
      const count = candidates.fill(shopper, shortlistDefaults, always);
      const isValidation = asked++ % validationEvery === validationEvery - 1;
      for (let n = 0; n < count; n++) {
        const isBought = bought.includes(candidates.items[n]);
        if (!isBought && passed++ % thinning !== 0) continue;
        for (let s = 0; s < signalCount; s++) matrix[s * most + rows] = candidates.rows[n * signalCount + s];
        target[rows] = isBought ? 1 : 0;
        weights[rows] = isBought ? 1 : thinning;
        if (isValidation) validation.push(rows);
        rows++;
      }
    }
  }
  const columns = Array.from({ length: signalCount }, (_, s) => matrix.subarray(s * most, s * most + rows));
  return {
    table: { rows, columns },
    target: target.slice(0, rows),
    weights: weights.slice(0, rows),
    validationRows: Int32Array.from(validation),
  };
}
