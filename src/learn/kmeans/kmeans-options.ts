import { PairwellError } from '../../errors.ts';
import { checkShape, largest, type Matrix, rowCount } from './matrix.ts';
import { trialsFor } from './seeding.ts';

export interface KMeansOptions {
  /** How many clusters, 1 … 65,535, and no more than there are different rows. */
  readonly clusters: number;
  /** A 32-bit integer; the same for the same result. */
  readonly seed: number;
  /** How many first centres are tried, of which the best wins; ≥ 1. Default 10. */
  readonly restarts?: number | undefined;
  /** ≥ 1. Default 300. With mini-batches: times the rows are drawn. */
  readonly maxIterations?: number | undefined;
  /**
   * Centres rest when the sum of their squared moves is no more than this share of the mean variance of the columns; 0 waits
   * until no label changes. Default 1e-4.
   */
  readonly tolerance?: number | undefined;
  /** From so many rows on it works in mini-batches; `Infinity` for never. Default 100,000. */
  readonly miniBatchFrom?: number | undefined;
  /** Rows in a mini-batch, ≥ 1. Default 1,024. */
  readonly batchRows?: number | undefined;
  /** `clusters × columns`: the first centres, instead of drawn ones. */
  readonly initial?: Float32Array | undefined;
}

export interface CheckedOptions {
  readonly clusters: number;
  readonly seed: number;
  readonly restarts: number;
  readonly maxIterations: number;
  readonly tolerance: number;
  readonly miniBatchFrom: number;
  readonly batchRows: number;
  readonly initial?: Float32Array | undefined;
}

/** Labels are 16 bits. */
const mostClusters = 2 ** 16 - 1;

/**
 * Fills in what is left out.
 *
 * @throws PairwellError `bad-input` for options that cannot be, or a matrix that is empty, has no such shape or fewer rows than
 *   clusters are asked for
 */
export function checkedOptions(matrix: Matrix, options: KMeansOptions): CheckedOptions {
  checkShape(matrix);
  const rows = rowCount(matrix);
  if (rows === 0) throw new PairwellError('bad-input', 'There are no rows to cluster.');
  const {
    clusters,
    seed,
    restarts = 10,
    maxIterations = 300,
    tolerance = 1e-4,
    miniBatchFrom = 100_000,
    batchRows = 1024,
    initial,
  } = options;
  const wrong = [
    [isWhole(clusters, mostClusters), `clusters: a whole number from 1 to ${mostClusters}, not ${clusters}`],
    [Number.isInteger(seed), `seed: a whole number, not ${seed}`],
    [isWhole(restarts), `restarts: a whole number from 1 on, not ${restarts}`],
    [isWhole(maxIterations), `maxIterations: a whole number from 1 on, not ${maxIterations}`],
    [tolerance >= 0 && tolerance < Infinity, `tolerance: a number from 0 on, not ${tolerance}`],
    [miniBatchFrom >= 0, `miniBatchFrom: a number of rows, not ${miniBatchFrom}`],
    [isWhole(batchRows), `batchRows: a whole number from 1 on, not ${batchRows}`],
    [
      !initial ||
        (initial.length === clusters * matrix.columns &&
          initial.every((value) => Math.abs(value) <= largest)),
      `initial: ${clusters} × ${matrix.columns} numbers from -1e15 to 1e15`,
    ],
  ] as const;
  const problem = wrong.find(([isRight]) => !isRight);
  if (problem) throw new PairwellError('bad-input', `${problem[1]}.`);
  if (clusters > rows) throw tooFewDistinct(clusters, rows);
  return { clusters, seed, restarts, maxIterations, tolerance, miniBatchFrom, batchRows, initial };
}

/** How many centres, and candidates for one, a work with these options has at a time. */
export const roomFor = (clusters: number): number => Math.max(clusters, trialsFor(clusters));

export function tooFewDistinct(clusters: number, distinct: number): PairwellError {
  return new PairwellError(
    'bad-input',
    `There cannot be ${clusters} clusters of ${distinct} different rows; ask for ${distinct} at most.`,
    { clusters, distinct },
  );
}

const isWhole = (value: number, most = Infinity): boolean =>
  Number.isInteger(value) && value >= 1 && value <= most;
