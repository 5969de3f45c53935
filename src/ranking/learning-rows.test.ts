import { describe, expect, it } from 'vitest';
import { CandidateRows } from './candidate-rows.ts';
import {
  cartExercises,
  type Exercise,
  exerciseWorld,
  questionCount,
  questionOf,
  visitExercises,
} from './exercises.ts';
import { gatherRows, joinedRows, learningRows, thinningOf } from './learning-rows.ts';
import type { ShopBaskets } from './shop-baskets.ts';
import { shortlistDefaults } from './shortlist.ts';
import { signalCount } from './signal-names.ts';
import { plantedShop } from './testing/planted-shop.ts';

/** Each candidate of each question, in turn. */
function eachCandidate(
  shop: ShopBaskets,
  exercises: readonly Exercise[],
  visit: (signals: number[], isBought: number, isHeldOut: number) => void,
): void {
  for (const exercise of exercises) {
    const candidates = new CandidateRows(exerciseWorld(shop, exercise));
    for (let q = 0; q < questionCount(exercise); q++) {
      const { shopper, bought } = questionOf(shop, exercise, q);
      const count = candidates.fill(shopper, shortlistDefaults, () => true);
      for (let n = 0; n < count; n++)
        visit(
          [...candidates.rows.subarray(n * signalCount, (n + 1) * signalCount)],
          bought.includes(candidates.items[n]!) ? 1 : 0,
          exercise.isHeldOut[q]!,
        );
    }
  }
}

describe('learningRows', () => {
  it('has the signals of each candidate of each question, whether it was bought, and whose are held out', () => {
    const shop = plantedShop(40);
    const exercises = visitExercises(shop, 40, 3);
    expect(exercises).toHaveLength(3);
    const { table, target, weights, validationRows } = learningRows(shop, exercises);
    let row = 0;
    const heldOut: number[] = [];
    eachCandidate(shop, exercises, (signals, isBought, isHeldOut) => {
      expect(Array.from(table.columns, (column) => column[row]!)).toEqual(signals);
      expect([target[row], weights![row]]).toEqual([isBought, 1]);
      if (isHeldOut === 1) heldOut.push(row);
      row++;
    });
    expect([table.rows, target.length]).toEqual([row, row]);
    expect([...validationRows!]).toEqual(heldOut);
    expect(heldOut.length).toBeGreaterThan(0);
  });

  it('keeps all that was bought of very many rows, and by chance half of the others, which count twice', () => {
    const shop = plantedShop(800);
    const exercises = cartExercises(shop, 6400, 1);
    expect(thinningOf(exercises)).toBe(2);
    let [bought, passed] = [0, 0];
    eachCandidate(shop, exercises, (_, isBought) => {
      if (isBought === 1) bought++;
      else passed++;
    });
    const { target, weights } = learningRows(shop, exercises);
    expect(target.reduce((sum, one) => sum + one, 0)).toBe(bought);
    // Within four standard deviations, √(n / 4), of a fair draw.
    expect(Math.abs(target.length - bought - passed / 2)).toBeLessThan(2 * Math.sqrt(passed));
    expect(target.every((one, row) => weights![row] === (one === 1 ? 1 : 2))).toBe(true);
  });

  it('is the same in pieces of any size', () => {
    const shop = plantedShop(60);
    for (const [exercise] of [visitExercises(shop, 20, 1), cartExercises(shop, 200, 1)]) {
      const world = exerciseWorld(shop, exercise!);
      const inPieces = (size: number) => {
        const count = questionCount(exercise!);
        const ranges = Array.from({ length: Math.ceil(count / size) }, (_, n) => ({
          from: n * size,
          to: Math.min(count, (n + 1) * size),
        }));
        return joinedRows(ranges.map((range) => gatherRows(shop, world, exercise!, range, 3)));
      };
      const whole = inPieces(1000);
      expect(whole.table.rows).toBeGreaterThan(100);
      for (const size of [1, 7]) expect(inPieces(size)).toEqual(whole);
    }
  });

  it('has no rows of no questions', () => {
    expect(learningRows(plantedShop(1), []).table).toMatchObject({ rows: 0 });
  });
});
