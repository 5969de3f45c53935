import { seedOf } from '../../learn/random.ts';
import { trainTrees } from '../../learn/trees/boost.ts';
import { type BoostedTrees, treeCount } from '../../learn/trees/boosted-trees.ts';
import { contributionsOf } from '../../learn/trees/contributions.ts';
import { plainPlace } from '../../learn/trees/plain-kernel.ts';
import { plainScorer, type TreeScorer } from '../../learn/trees/plain-scorer.ts';
import type { MakePlace } from '../../learn/trees/tree-kernel.ts';
import type { TreeOptions } from '../../learn/trees/tree-options.ts';
import type { ChurnRows } from './churn-rows.ts';
import { groupedFolds } from './folds.ts';
import { type ChurnLearner, type ChurnScorer, rowMajor } from './learner.ts';

/** Where trees are grown and scored: in plain JavaScript unless a faster kernel is at hand; all give the same bits. */
export interface TreePlaces {
  readonly makePlace: MakePlace;
  readonly makeScorer: (model: BoostedTrees) => TreeScorer;
}

const plain: TreePlaces = { makePlace: plainPlace, makeScorer: plainScorer };

export const churnTreeOptions = {
  learningRate: 0.08,
  maxLeaves: 6,
  l2: 5,
  rowShare: 0.7,
  featureShare: 0.5,
} as const satisfies Partial<TreeOptions>;

const mostTrees = 300;
const patience = 20;
/** One customer in so many tells when to stop. */
const validationFolds = 5;
/** Rows of a leaf at least, and as a share of all. */
const leastRows = 20;
const leastShare = 1 / 400;
/** Rows scored at once. */
const blockRows = 4096;

/**
 * Gradient-boosted trees (see `trainTrees`). How many is told by a fifth of the customers; then as many are grown on all of them.
 */
export function treeLearner({ makePlace, makeScorer }: TreePlaces = plain): ChurnLearner {
  const scorer = (model: BoostedTrees): ChurnScorer => {
    const trees = makeScorer(model);
    return {
      model,
      score: (table, rows) => {
        const out = new Float64Array(rows.length);
        for (let from = 0; from < rows.length; from += blockRows) {
          const block = rows.subarray(from, from + blockRows);
          trees.score(rowMajor(table, block), block.length, out.subarray(from));
        }
        return out;
      },
      contributions: (table, row, out) => contributionsOf(model, rowMajor(table, Int32Array.of(row)), 0, out),
    };
  };
  return {
    name: 'trees',
    role: 'model',
    complexity: 3,
    fit: (data, rows, random) => {
      const seed = seedOf(Math.floor(random() * 2 ** 31));
      const { table, target } = data;
      const minLeafRows = Math.max(leastRows, Math.round(rows.length * leastShare));
      const options = { ...churnTreeOptions, seed, minLeafRows, patience };
      const [trainingRows, validationRows] = parted(data, rows, random);
      const trial = trainTrees(
        { table, target, trainingRows, validationRows },
        { ...options, trees: mostTrees },
        makePlace,
      );
      const trees = Math.max(1, treeCount(trial.model));
      return scorer(
        trainTrees({ table, target, trainingRows: rows }, { ...options, trees }, makePlace).model,
      );
    },
    restore: (model) => scorer(model as BoostedTrees),
  };
}

/** The rows to learn from and those that tell when to stop, no customer in both. */
function parted(
  data: ChurnRows,
  rows: Int32Array,
  random: () => number,
): [training: Int32Array, validation: Int32Array] {
  const folds = groupedFolds(data, rows, validationFolds, random);
  return [rows.filter((row) => folds[row] !== 0), rows.filter((row) => folds[row] === 0)];
}
