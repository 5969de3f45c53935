import {
  bestThreshold,
  type ChurnCalibration,
  chooseCalibration,
  probabilityOfScore,
} from './calibration.ts';
import type { ChurnRows } from './churn-rows.ts';
import type { FitTask } from './fits.ts';
import { noFold, rowsInFolds } from './folds.ts';

/** What a learner said of rows that neither it, nor its calibration, nor its threshold has seen. */
export interface Predicted {
  readonly learner: string;
  /** By tested row, before calibration. */
  readonly scores: Float64Array;
  /** By tested row: how likely the customer leaves, calibrated. */
  readonly probabilities: Float64Array;
  /** By tested row: 1 where it is called leaving at the threshold that was best in what it was learnt from. */
  readonly isCalled: Uint8Array;
  /** These thresholds, and how scores became probabilities; one for each tested fold. */
  readonly thresholds: Float64Array;
  readonly calibrations: readonly ChurnCalibration['method'][];
}

export interface OutOfSample {
  /** The rows that were tested, ascending. */
  readonly tested: Int32Array;
  /** By learner. */
  readonly predicted: readonly Predicted[];
}

/** Fits, and what each of them said of the rows that it was to score. Plain data. */
export interface ScoredFits {
  readonly tasks: readonly FitTask[];
  readonly scores: readonly Float64Array[];
}

/**
 * The fits that it takes to test learners on some folds. For the fold o each is learnt without o; to calibrate it and to choose its
 * threshold, it is learnt without o and each other fold j, and scores j. What is learnt without o and j serves both o and j, so k folds
 * that are all tested take k + k (k − 1) / 2 fits a learner.
 *
 * @param folds by row; rows of `noFold` take no part
 * @param outer the folds to test; at least two others remain
 */
export function fitsToTest(
  learners: readonly string[],
  folds: Int8Array,
  outer: readonly number[],
  seed: number,
): FitTask[] {
  const exclusions = exclusionsFor(foldNumbers(folds), outer);
  return learners.flatMap((learner) => exclusions.map((one): FitTask => ({ ...one, learner, seed })));
}

/** What learners say of the rows of some folds, given the {@link fitsToTest}: of rows that nothing in it has seen. */
export function outOfSample(
  rows: ChurnRows,
  folds: Int8Array,
  outer: readonly number[],
  { tasks, scores }: ScoredFits,
): OutOfSample {
  const tested = rowsInFolds(folds, outer);
  const names = [...new Set(tasks.map(({ learner }) => learner))];
  const predicted = names.map((name) => {
    const scoresWithout = new Map<string, Float64Array>();
    for (const [n, { learner, without, scored }] of tasks.entries())
      if (learner === name) scoresWithout.set(keyOf(without), scoresByRow(folds, scored, scores[n]));
    return calibrated(rows, folds, { name, outer, numbers: foldNumbers(folds), tested }, scoresWithout);
  });
  return { tested, predicted };
}

/** @returns by row; NaN for those of other folds */
export function scoresByRow(folds: Int8Array, scored: readonly number[], scores: Float64Array): Float64Array {
  const byRow = new Float64Array(folds.length).fill(Number.NaN);
  for (const [at, row] of rowsInFolds(folds, scored).entries()) byRow[row] = scores[at];
  return byRow;
}

const foldNumbers = (folds: Int8Array): number[] =>
  [...new Set(folds)].filter((fold) => fold !== noFold).sort((a, b) => a - b);

const keyOf = (without: readonly number[]): string => [...without].sort((a, b) => a - b).join();

type Exclusion = Pick<FitTask, 'without' | 'scored'>;

function exclusionsFor(numbers: readonly number[], outer: readonly number[]): Exclusion[] {
  const tasks = new Map<string, Exclusion>();
  for (const o of outer) {
    tasks.set(keyOf([o]), { without: [o], scored: [o] });
    for (const j of numbers) {
      if (j === o) continue;
      const without = [Math.min(o, j), Math.max(o, j)];
      tasks.set(keyOf(without), { without, scored: without });
    }
  }
  return [...tasks.values()];
}

function calibrated(
  { target }: ChurnRows,
  folds: Int8Array,
  {
    name,
    outer,
    numbers,
    tested,
  }: { name: string; outer: readonly number[]; numbers: readonly number[]; tested: Int32Array },
  scoresWithout: ReadonlyMap<string, Float64Array>,
): Predicted {
  const all = new Float64Array(folds.length);
  const raw = new Float64Array(folds.length);
  const isCalled = new Uint8Array(folds.length);
  const thresholds: number[] = [];
  const calibrations: ChurnCalibration['method'][] = [];
  for (const o of outer) {
    const inner = rowsInFolds(
      folds,
      numbers.filter((fold) => fold !== o),
    );
    const innerScores = Float64Array.from(inner, (row) => scoresWithout.get(keyOf([o, folds[row]]))![row]);
    const innerTarget = Uint8Array.from(inner, (row) => target[row]);
    const innerFolds = Int8Array.from(inner, (row) => folds[row]);
    const calibration = chooseCalibration(innerScores, innerTarget, innerFolds);
    const threshold = bestThreshold(
      innerScores.map((score) => probabilityOfScore(calibration, score)),
      innerTarget,
    );
    calibrations.push(calibration.method);
    thresholds.push(threshold);
    const scores = scoresWithout.get(keyOf([o]))!;
    for (const row of rowsInFolds(folds, [o])) {
      raw[row] = scores[row];
      all[row] = probabilityOfScore(calibration, scores[row]);
      isCalled[row] = Number(all[row] >= threshold);
    }
  }
  return {
    learner: name,
    scores: Float64Array.from(tested, (row) => raw[row]),
    probabilities: Float64Array.from(tested, (row) => all[row]),
    isCalled: Uint8Array.from(tested, (row) => isCalled[row]),
    thresholds: Float64Array.from(thresholds),
    calibrations,
  };
}
