import type { ChurnRows } from '../../src/churn/prediction/churn-rows.ts';
import { runFit } from '../../src/churn/prediction/fits.ts';
import { groupedFolds } from '../../src/churn/prediction/folds.ts';
import type { ChurnLearner } from '../../src/churn/prediction/learner.ts';
import { fitsToTest, outOfSample } from '../../src/churn/prediction/predictions.ts';
import { below, type Random, seededRandom, seedOf } from '../../src/learn/random.ts';

/** The documents' example: 1,500 customers of a web shop, of whom 1,257 left; 1,000 were learnt from and 500 held out. */
export const documents = { learnt: 1000, heldOut: 500, left: 1257 } as const;

/** Shares that are told right: of all, of who stayed, of who left. */
export interface Rightly {
  readonly all: number;
  readonly stayed: number;
  readonly left: number;
}

/** What one model came to on one draw. */
export interface DrawnFigures {
  readonly atHalf: Rightly;
  /** From the probability on that was best, out of fold, in those learnt from. */
  readonly atBest: Rightly;
}

export interface DocumentsTrial {
  /** By draw: of those held out, the share that left. */
  readonly leftShares: readonly number[];
  /** By draw, saying of all what is more common among those learnt from. */
  readonly majority: readonly Rightly[];
  /** By learner, by draw. */
  readonly figures: ReadonlyMap<string, readonly DrawnFigures[]>;
}

/**
 * Draws customers to learn from and others to hold out, each row at most once.
 *
 * @param left how many of them left; null for as many as come
 * @throws RangeError where there are too few rows of a class
 */
export function drawCustomers(
  target: Uint8Array,
  among: Int32Array,
  left: number | null,
  random: Random,
): { learnt: Int32Array; heldOut: Int32Array } {
  const { learnt, heldOut } = documents;
  const shuffled = (rows: Int32Array): Int32Array => {
    const own = rows.slice();
    for (let last = own.length - 1; last > 0; last--) {
      const other = below(last + 1, random);
      [own[last], own[other]] = [own[other], own[last]];
    }
    return own;
  };
  const some = (rows: Int32Array, count: number): Int32Array => {
    if (rows.length < count) throw new RangeError(`There are ${rows.length} of ${count} rows.`);
    return shuffled(rows).subarray(0, count);
  };
  const of = (sort: number): Int32Array => among.filter((row) => target[row] === sort);
  const all = learnt + heldOut;
  const drawn =
    left === null
      ? some(among, all)
      : shuffled(Int32Array.of(...some(of(1), left), ...some(of(0), all - left)));
  return { learnt: drawn.slice(0, learnt).sort(), heldOut: drawn.slice(learnt).sort() };
}

/**
 * The documents' protocol, once for each draw. Calibration and threshold are of folds of those learnt from.
 *
 * @param among rows of different customers
 * @param left as {@link drawCustomers} takes it
 */
export function documentsTrial(
  rows: ChurnRows,
  among: Int32Array,
  learners: readonly ChurnLearner[],
  left: number | null,
  { draws, seed }: { readonly draws: number; readonly seed: number },
): DocumentsTrial {
  const names = learners.map(({ name }) => name);
  const figures = new Map<string, DrawnFigures[]>(names.map((name) => [name, []]));
  const majority: Rightly[] = [];
  const leftShares: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const own = seedOf(seed, draw);
    const { learnt, heldOut } = drawCustomers(rows.target, among, left, seededRandom(own));
    const folds = groupedFolds(rows, learnt, 5, seededRandom(seedOf(own, 1)));
    for (const row of heldOut) folds[row] = 5;
    const tasks = fitsToTest(names, folds, [5], own);
    const scores = tasks.map((task) => runFit(rows, folds, task, learners).scores);
    const { tested, predicted } = outOfSample(rows, folds, [5], { tasks, scores });
    const target = Uint8Array.from(tested, (row) => rows.target[row]);
    for (const { learner, probabilities, isCalled } of predicted)
      figures.get(learner)!.push({
        atHalf: rightly(target, (n) => probabilities[n] >= 0.5),
        atBest: rightly(target, (n) => isCalled[n] === 1),
      });
    const mostLeave = 2 * learnt.reduce((sum, row) => sum + rows.target[row], 0) > learnt.length;
    majority.push(rightly(target, () => mostLeave));
    leftShares.push(target.reduce((sum, one) => sum + one, 0) / target.length);
  }
  return { leftShares, majority, figures };
}

function rightly(target: Uint8Array, isCalled: (n: number) => boolean): Rightly {
  const counts = [0, 0];
  const right = [0, 0];
  for (const [n, sort] of target.entries()) {
    counts[sort]++;
    if (isCalled(n) === (sort === 1)) right[sort]++;
  }
  return {
    all: (right[0] + right[1]) / target.length,
    stayed: right[0] / counts[0],
    left: right[1] / counts[1],
  };
}
