import { seededRandom, seedOf } from '../learn/random.ts';
import type { TrainingData } from '../learn/training-data.ts';
import { CandidateRows } from './candidate-rows.ts';
import { type Exercise, exerciseWorld, questionCount, questionOf } from './exercises.ts';
import type { PurchaseWorld } from './purchase-world.ts';
import type { ShopBaskets } from './shop-baskets.ts';
import { shortlistDefaults } from './shortlist.ts';
import { signalCount } from './signal-names.ts';

/** With more candidates than this only one in so many of those that were not bought is kept, and counts for as many. */
const manyRows = 400_000;
const mostOfQuestion = shortlistDefaults.owned + shortlistDefaults.fresh;

const forThinning = 1;
const always = (): boolean => true;

/** Candidates of some questions, in shared memory. */
export interface RowBlock {
  readonly rows: number;
  /** Signal s of row r is at `s × rows + r`. */
  readonly matrix: Float32Array;
  /** By row: 1 for what was bought. */
  readonly target: Uint8Array;
  readonly weights: Float64Array;
  /** By row: 1 where its question is held out. */
  readonly isHeldOut: Uint8Array;
}

/** Some questions of an exercise: from `from` on, up to `to` (not included). */
export interface QuestionRange {
  readonly from: number;
  readonly to: number;
}

/** Of so many candidates that were not bought one is kept. */
export function thinningOf(exercises: readonly Exercise[]): number {
  const total = exercises.reduce((sum, exercise) => sum + questionCount(exercise), 0);
  return Math.max(1, Math.round((total * mostOfQuestion) / manyRows));
}

/**
 * The candidates of some questions as rows to learn from: whether each was bought. Of those that were not bought one in `thinning` is
 * drawn, and weighs as much as all; which ones, hangs on the question alone.
 *
 * @param world that of the exercise
 */
export function gatherRows(
  shop: ShopBaskets,
  world: PurchaseWorld,
  exercise: Exercise,
  { from, to }: QuestionRange,
  thinning: number,
): RowBlock {
  const most = (to - from) * mostOfQuestion;
  const matrix = new Float32Array(most * signalCount);
  const target = new Uint8Array(most);
  const isHeldOut = new Uint8Array(most);
  const candidates = new CandidateRows(world);
  let rows = 0;
  for (let n = from; n < to; n++) {
    const { shopper, bought } = questionOf(shop, exercise, n);
    const random = seededRandom(seedOf(exercise.seeds[n], forThinning));
    const count = candidates.fill(shopper, shortlistDefaults, always);
    for (let c = 0; c < count; c++) {
      const isBought = bought.includes(candidates.items[c]);
      if (!isBought && thinning > 1 && random() * thinning >= 1) continue;
      for (let s = 0; s < signalCount; s++) matrix[s * most + rows] = candidates.rows[c * signalCount + s];
      target[rows] = isBought ? 1 : 0;
      isHeldOut[rows] = exercise.isHeldOut[n];
      rows++;
    }
  }
  const block = roomFor(rows);
  for (let s = 0; s < signalCount; s++)
    block.matrix.set(matrix.subarray(s * most, s * most + rows), s * rows);
  block.target.set(target.subarray(0, rows));
  block.isHeldOut.set(isHeldOut.subarray(0, rows));
  for (let row = 0; row < rows; row++) block.weights[row] = target[row] === 1 ? 1 : thinning;
  return block;
}

function roomFor(rows: number): RowBlock {
  const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);
  return {
    rows,
    matrix: new Float32Array(shared(4 * rows * signalCount)),
    target: new Uint8Array(shared(rows)),
    weights: new Float64Array(shared(8 * rows)),
    isHeldOut: new Uint8Array(shared(rows)),
  };
}

/** The rows of all blocks, one block after the other; those held out are for validation. Columns lie in shared memory. */
export function joinedRows(blocks: readonly RowBlock[]): TrainingData {
  const rows = blocks.reduce((sum, block) => sum + block.rows, 0);
  const { matrix, target, weights, isHeldOut } = roomFor(rows);
  let at = 0;
  for (const block of blocks) {
    for (let s = 0; s < signalCount; s++)
      matrix.set(block.matrix.subarray(s * block.rows, (s + 1) * block.rows), s * rows + at);
    target.set(block.target, at);
    weights.set(block.weights, at);
    isHeldOut.set(block.isHeldOut, at);
    at += block.rows;
  }
  const validation: number[] = [];
  for (let row = 0; row < rows; row++) if (isHeldOut[row] === 1) validation.push(row);
  return {
    table: {
      rows,
      columns: Array.from({ length: signalCount }, (_, s) => matrix.subarray(s * rows, (s + 1) * rows)),
    },
    target,
    weights,
    validationRows: Int32Array.from(validation),
  };
}

/** The rows of all questions of one kind, on this thread. */
export function learningRows(shop: ShopBaskets, exercises: readonly Exercise[]): TrainingData {
  const thinning = thinningOf(exercises);
  return joinedRows(
    exercises.map((exercise) =>
      gatherRows(
        shop,
        exerciseWorld(shop, exercise),
        exercise,
        { from: 0, to: questionCount(exercise) },
        thinning,
      ),
    ),
  );
}
