import { type Random, sampleOf } from '../../learn/random.ts';
import type { FeatureTable } from '../../learn/training-data.ts';
import { type ChurnRows, withColumns } from './churn-rows.ts';
import { groupedFolds } from './folds.ts';
import type { ChurnLearner, ChurnScorer } from './learner.ts';
import {
  type ChurnLogistic,
  choosePenalty,
  fitPrepared,
  logisticParts,
  logisticScores,
  preparedColumns,
  shapeOf,
} from './logistic-model.ts';

/** More rows than this would change the coefficients by less than they are uncertain, and each step takes rows × features². */
const mostRows = 50_000;

/** Of so many rows the penalty is chosen; it is that of a prior, so it does not grow with the rows. */
const rowsToChoose = 5_000;
const foldsToChoose = 3;

/**
 * Logistic regression with a quadratic penalty that is chosen by cross-validation, its folds parted by customer. Long tails are taken by their
 * logarithm, and that something is missing is a feature of its own; both follow from the rows that are learnt from.
 */
export const logisticLearner: ChurnLearner = {
  name: 'logistic',
  role: 'model',
  complexity: 1,
  fit: (data, rows, random) => logisticScorer(fitChurnLogistic(data, rows, random)),
  restore: (model) => logisticScorer(model as ChurnLogistic),
};

export function fitChurnLogistic(data: ChurnRows, rows: Int32Array, random: Random): ChurnLogistic {
  const part = (count: number): Int32Array => sampleOf(rows.length, count, random).map((n) => rows[n]);
  const taken = part(mostRows);
  const shape = shapeOf(data.table, taken);
  const few = taken.length > rowsToChoose ? part(rowsToChoose) : taken;
  const l2 = choosePenalty(
    preparedColumns(data.table, few, shape),
    targetOf(data, few),
    shape,
    groupedFolds(data, few, foldsToChoose, random).filter((fold) => fold >= 0),
  );
  return fitPrepared(preparedColumns(data.table, taken, shape), targetOf(data, taken), shape, l2);
}

const targetOf = ({ target }: ChurnRows, rows: Int32Array): Uint8Array =>
  Uint8Array.from(rows, (row) => target[row]);

function logisticScorer(model: ChurnLogistic): ChurnScorer {
  return {
    model,
    score: (table, rows) => logisticScores(model, table, rows),
    contributions: (table, row, out) => logisticParts(model, table, row, out),
  };
}

/**
 * One feature alone, as something to be beaten; where it is missing a customer has a level of its own.
 *
 * @param feature its name; a table without it is predicted by the share of all
 */
export function singleFeature(name: string, feature: string): ChurnLearner {
  const scorer = (model: SingleFeature): ChurnScorer => ({
    model,
    score: (table, rows) =>
      model.logistic === null
        ? new Float64Array(rows.length)
        : logisticScores(model.logistic, onlyColumn(table, model.column), rows),
  });
  return {
    name,
    role: 'baseline',
    complexity: 0,
    fit: (data, rows, random) => {
      const column = data.features.findIndex((own) => own.name === feature);
      if (column < 0) return scorer({ column, logistic: null });
      return scorer({ column, logistic: fitChurnLogistic(withColumns(data, [column]), rows, random) });
    },
    restore: (model) => scorer(model as SingleFeature),
  };
}

interface SingleFeature {
  readonly column: number;
  readonly logistic: ChurnLogistic | null;
}

const onlyColumn = ({ rows, columns }: FeatureTable, n: number): FeatureTable => ({
  rows,
  columns: [columns[n]],
});

/** Says the same of everybody: the share of those who left. */
export const majority: ChurnLearner = {
  name: 'majority',
  role: 'baseline',
  complexity: 0,
  fit: () => constantScorer,
  restore: () => constantScorer,
};

const constantScorer: ChurnScorer = {
  model: null,
  score: (_, rows) => new Float64Array(rows.length),
};
