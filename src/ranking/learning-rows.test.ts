import { describe, expect, it } from 'vitest';
import { seededRandom } from '../learn/random.ts';
import { CandidateRows } from './candidate-rows.ts';
import { cartExercises, visitExercises } from './exercises.ts';
import { learningRows } from './learning-rows.ts';
import { shortlistDefaults } from './shortlist.ts';
import { signalCount } from './signal-names.ts';
import { plantedShop } from './testing/planted-shop.ts';

describe('learningRows', () => {
  const exercises = [10, 15].flatMap((most) => visitExercises(plantedShop(40), most, seededRandom(most)));
  const { table, target, validationRows = new Int32Array(0) } = learningRows(exercises);

  it('has the signals of each candidate of each question, by day, and whether it was bought', () => {
    let row = 0;
    for (const { world, questions } of exercises) {
      const candidates = new CandidateRows(world());
      for (const { shopper, bought } of questions.toSorted((a, b) => a.shopper.today - b.shopper.today)) {
        const count = candidates.fill(shopper, shortlistDefaults, () => true);
        for (let n = 0; n < count; n++, row++) {
          const signals = Array.from(table.columns, (column) => column[row]!);
          expect(signals).toEqual([...candidates.rows.subarray(n * signalCount, (n + 1) * signalCount)]);
          expect(target[row]).toBe(bought.includes(candidates.items[n]!) ? 1 : 0);
        }
      }
    }
    expect(table.rows).toBe(row);
    expect(target).toHaveLength(row);
  });

  it('sets every tenth question apart', () => {
    // 25 questions: two of them, whose rows lie together.
    const starts = [...validationRows].filter((row, n) => row - 1 !== validationRows[n - 1]);
    expect(starts).toHaveLength(2);
    expect(validationRows.length / table.rows).toBeCloseTo(2 / 25, 1);
  });

  it('keeps all that was bought of very many rows, and half of the others, which count twice', () => {
    const exercises = cartExercises(plantedShop(800), 6400, seededRandom(1));
    let [bought, passed] = [0, 0];
    for (const { world, questions } of exercises) {
      const candidates = new CandidateRows(world());
      for (const question of questions) {
        const count = candidates.fill(question.shopper, shortlistDefaults, () => true);
        const hits = candidates.items.subarray(0, count).filter((item) => question.bought.includes(item));
        bought += hits.length;
        passed += count - hits.length;
      }
    }
    const { target, weights } = learningRows(exercises);
    expect(target.reduce((sum, one) => sum + one, 0)).toBe(bought);
    expect(target.length - bought).toBe(Math.ceil(passed / 2));
    expect(target.every((one, row) => weights![row] === (one === 1 ? 1 : 2))).toBe(true);
  });

  it('has no rows of no questions', () => {
    expect(learningRows([]).table).toMatchObject({ rows: 0 });
  });
});
