import { PairwellError } from '../../errors.ts';
import { fitLogistic, type LogisticModel, scoreLogistic } from '../../learn/logistic.ts';
import type { Random } from '../../learn/random.ts';
import { probabilityOf } from '../../learn/scores.ts';
import type { FeatureTable, Rows } from '../../learn/training-data.ts';
import { trainTrees } from '../../learn/trees/boost.ts';
import type { BoostedTrees } from '../../learn/trees/boosted-trees.ts';
import { plainPlace } from '../../learn/trees/plain-kernel.ts';
import { plainScorer } from '../../learn/trees/plain-scorer.ts';
import type { MakePlace } from '../../learn/trees/tree-kernel.ts';
import type { TreeOptions } from '../../learn/trees/tree-options.ts';
import { stratifiedFolds } from '../folds.ts';
import { checkArms, classesOf, type TwoArms } from './arms.ts';

/**
 * How the effect of a treatment is learnt:
 * - `two-logistic`, `two-trees`: P(response) of the treated less that of the control, by a model of each arm;
 * - `class-transformation`: one logistic model of "responds if treated, does not if not" (Jaskowski and Jaroszewicz, "Uplift modeling
 *   for clinical trial data", ICML workshop 2012), with both arms of the same weight;
 * - `response`: P(response) alone, of both arms: who responds anyhow. It is there to be beaten.
 */
export const upliftMethods = ['two-logistic', 'two-trees', 'class-transformation', 'response'] as const;
export type UpliftMethod = (typeof upliftMethods)[number];

/** Plain data. */
export type UpliftModel =
  | { readonly method: 'two-logistic'; readonly treated: LogisticModel; readonly control: LogisticModel }
  | { readonly method: 'two-trees'; readonly treated: BoostedTrees; readonly control: BoostedTrees }
  | { readonly method: 'class-transformation' | 'response'; readonly model: LogisticModel };

export interface UpliftData extends TwoArms {
  readonly table: FeatureTable;
  /** The rows to learn from; default all. */
  readonly rows?: Int32Array | undefined;
}

export interface UpliftLearning {
  /** Of the logistic models; default 1. */
  readonly l2?: number | undefined;
  /** Of the trees; by default 50 of depth 2 with 100 rows in a leaf: effects are small, and deep trees learn noise. */
  readonly trees?: Omit<TreeOptions, 'seed'> | undefined;
  readonly seed: number;
  /** Where trees are grown; default plain JavaScript. */
  readonly makePlace?: MakePlace | undefined;
}

const usualTrees = { trees: 50, maxDepth: 2, minLeafRows: 100 };

/**
 * Learns on whom a treatment works.
 *
 * @throws PairwellError `bad-input` for data or options that cannot be, or where an arm has no rows to learn from
 */
export function learnUplift(
  method: UpliftMethod,
  { table, treatment, outcome, rows }: UpliftData,
  { l2, trees, seed, makePlace = plainPlace }: UpliftLearning,
): UpliftModel {
  const learnt = rows ?? Int32Array.from(treatment.keys());
  const arms = [0, 1].map((arm) => learnt.filter((row) => treatment[row] === arm));
  if (arms.some((own) => own.length === 0))
    throw new PairwellError(
      'bad-input',
      'An effect is learnt from treated customers and from ones held out.',
    );
  const data = { table, target: outcome };
  const [control, treated] = arms.map((trainingRows) => ({ ...data, trainingRows }));
  switch (method) {
    case 'two-logistic':
      return { method, treated: fitLogistic(treated, { l2 }), control: fitLogistic(control, { l2 }) };
    case 'two-trees': {
      const options = { ...usualTrees, ...trees, seed };
      const grow = (arm: typeof treated): BoostedTrees => trainTrees(arm, options, makePlace).model;
      return { method, treated: grow(treated), control: grow(control) };
    }
    case 'class-transformation': {
      const target = treatment.map((arm, row) => (arm === outcome[row] ? 1 : 0));
      const weights = Float64Array.from(treatment, (arm) => learnt.length / (2 * arms[arm].length));
      return { method, model: fitLogistic({ table, target, weights, trainingRows: learnt }, { l2 }) };
    }
    case 'response':
      return { method, model: fitLogistic({ ...data, trainingRows: learnt }, { l2 }) };
  }
}

/**
 * Writes a score for each of the first `count` rows into `out`: the higher, the larger the effect. It is the effect on the chance of a
 * response, −1 … 1, but for the method `response`, where it is that chance.
 *
 * @throws PairwellError `bad-input` where there are fewer values, or no room in `out`
 */
export function scoreUplift(model: UpliftModel, rows: Rows, count: number, out: Float64Array): void {
  if (model.method === 'two-logistic' || model.method === 'two-trees') {
    const control = new Float64Array(count);
    if (model.method === 'two-logistic') {
      scoreLogistic(model.treated, rows, count, out);
      scoreLogistic(model.control, rows, count, control);
    } else {
      plainScorer(model.treated).score(rows, count, out);
      plainScorer(model.control).score(rows, count, control);
    }
    for (let row = 0; row < count; row++) out[row] = probabilityOf(out[row]) - probabilityOf(control[row]);
    return;
  }
  scoreLogistic(model.model, rows, count, out);
  const isEffect = model.method === 'class-transformation';
  for (let row = 0; row < count; row++) {
    const probability = probabilityOf(out[row]);
    out[row] = isEffect ? 2 * probability - 1 : probability;
  }
}

/**
 * Scores of all rows, each by a model of the other folds; folds are dealt evenly by arm and outcome.
 *
 * @param folds 2 … 255
 * @throws PairwellError `bad-input` as {@link learnUplift}, or for another number of folds
 */
export function upliftOutOfFold(
  method: UpliftMethod,
  { table, treatment, outcome }: Omit<UpliftData, 'rows'>,
  learning: UpliftLearning,
  { folds = 5, random }: { readonly folds?: number; readonly random: Random },
): Float64Array {
  const scores = new Float64Array(table.rows);
  checkArms(scores, { treatment, outcome });
  const foldOf = stratifiedFolds(classesOf({ treatment, outcome }), folds, random);
  const all = Int32Array.from(foldOf.keys());
  for (let fold = 0; fold < folds; fold++) {
    const rows = all.filter((row) => foldOf[row] !== fold);
    const model = learnUplift(method, { table, treatment, outcome, rows }, learning);
    const held = all.filter((row) => foldOf[row] === fold);
    const values = new Float64Array(held.length * table.columns.length);
    for (const [n, row] of held.entries())
      for (const [feature, column] of table.columns.entries())
        values[n * table.columns.length + feature] = column[row];
    const out = new Float64Array(held.length);
    scoreUplift(model, values, held.length, out);
    for (const [n, row] of held.entries()) scores[row] = out[n];
  }
  return scores;
}
