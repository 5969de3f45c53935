import type { TrainingData } from '../learn/training-data.ts';
import { CandidateRows, mostCandidates } from './candidate-rows.ts';
import type { PurchaseWorld } from './purchase-world.ts';
import type { Question } from './questions.ts';
import { shortlistDefaults } from './shortlist.ts';
import { signalCount } from './signal-names.ts';

/** Questions, and a world that has not seen their answers. */
export interface Exercise {
  readonly world: PurchaseWorld;
  readonly questions: readonly Question[];
}

/** One question in so many tells when to stop learning. */
const validationEvery = 10;

const always = (): boolean => true;

/** The candidates of all questions as rows to learn from: whether each was bought. Columns lie in shared memory. */
export function learningRows(exercises: readonly Exercise[]): TrainingData {
  const total = exercises.reduce((sum, { questions }) => sum + questions.length, 0);
  const most = total * mostCandidates;
  const matrix = new Float32Array(new SharedArrayBuffer(most * signalCount * 4));
  const target = new Uint8Array(most);
  const validation: number[] = [];
  let rows = 0;
  let asked = 0;
  for (const { world, questions } of exercises) {
    const candidates = new CandidateRows(world);
    // By day, as how items sell is worked out once a day.
    const order = [...questions].sort((a, b) => a.shopper.today - b.shopper.today);
    for (const { shopper, bought } of order) {
      const count = candidates.fill(shopper, shortlistDefaults, always);
      const isValidation = asked++ % validationEvery === validationEvery - 1;
      for (let n = 0; n < count; n++, rows++) {
        for (let s = 0; s < signalCount; s++) matrix[s * most + rows] = candidates.rows[n * signalCount + s];
        if (bought.includes(candidates.items[n])) target[rows] = 1;
        if (isValidation) validation.push(rows);
      }
    }
  }
  const columns = Array.from({ length: signalCount }, (_, s) => matrix.subarray(s * most, s * most + rows));
  return {
    table: { rows, columns },
    target: target.slice(0, rows),
    validationRows: Int32Array.from(validation),
  };
}
