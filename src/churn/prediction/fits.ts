import { seededRandom, seedOf } from '../../learn/random.ts';
import type { ChurnRows } from './churn-rows.ts';
import { noFold, rowsInFolds, rowsWhere } from './folds.ts';
import type { ChurnLearner } from './learner.ts';

/** One thing to learn. Plain data, for threads. */
export interface FitTask {
  /** The learner's name. */
  readonly learner: string;
  /** Folds that are not learnt from. */
  readonly without: readonly number[];
  /** Of these, the folds whose rows are scored. */
  readonly scored: readonly number[];
  readonly seed: number;
}

export interface FitOutcome {
  /** By row of the scored folds, ascending. */
  readonly scores: Float64Array;
  /** Of the scorer. */
  readonly model: unknown;
}

/**
 * Learns from the rows of all folds but some, and scores rows of these.
 *
 * @param folds by row; rows of {@link noFold} are neither learnt from nor scored
 */
export function runFit(
  rows: ChurnRows,
  folds: Int8Array,
  { learner, without, scored, seed }: FitTask,
  learners: readonly ChurnLearner[],
): FitOutcome {
  const own = learners.find(({ name }) => name === learner)!;
  const training = rowsWhere(folds.length, (row) => folds[row] !== noFold && !without.includes(folds[row]));
  const scorer = own.fit(rows, training, seededRandom(seedOf(seed, ...without)));
  const { model } = scorer;
  return { scores: scorer.score(rows.table, rowsInFolds(folds, scored)), model };
}
