import { PairwellError } from '../../errors.ts';
import { inTurn } from '../../in-turn.ts';
import { seededRandom, seedOf } from '../../learn/random.ts';
import type { ChurnCalibration } from './calibration.ts';
import { type ChurnChoice, chooseModel } from './choose-model.ts';
import { type ChurnFeature, type ChurnWords, churnWords } from './churn-feature.ts';
import {
  type ChurnRows,
  checkChurnRows,
  fewestOfEither,
  type LeftOutFeature,
  withoutEmptyFeatures,
} from './churn-rows.ts';
import { type Driver, suspiciousDelta } from './drivers.ts';
import type { FitTask } from './fits.ts';
import { groupedFolds, rowsWhere } from './folds.ts';
import type { ChurnCard } from './model-card.ts';
import { fitsToTest, type ScoredFits, scoresByRow } from './predictions.ts';
import type { ChurnTeam, TestedRows } from './team.ts';
import type { CutOff } from './windows.ts';

export interface LearnChurnOptions {
  /** The same for the same model. Default 1. */
  readonly seed?: number | undefined;
  /** Into so many parts customers are dealt for cross-validation, 3 … 20. Default 5. */
  readonly folds?: number | undefined;
  /** What rows are for, by their cut-off, as `churnWindows` has it. Without any all rows are tested out of fold. */
  readonly cutOffs?: readonly Pick<CutOff, 'day' | 'role'>[] | undefined;
}

/** Who is about to leave, as it was learnt. Plain data. */
export interface LearntChurn {
  readonly learner: string;
  /** Of each learner that is no baseline, the chosen one first: `restore` makes it work. */
  readonly models: readonly { readonly learner: string; readonly model: unknown }[];
  readonly calibration: ChurnCalibration;
  /** From this probability on customers are called leaving. */
  readonly threshold: number;
  /** What the model is asked with. */
  readonly features: readonly ChurnFeature[];
  /** By feature: the mean of what is known among the rows that it was learnt from; 0 where nothing is. */
  readonly means: Float64Array;
  readonly card: ChurnCard;
  /** What the card's figures are of. */
  readonly tested: TestedRows;
  readonly choice: ChurnChoice;
  readonly drivers: readonly Driver[];
  readonly leftOut: readonly LeftOutFeature[];
  readonly cautions: readonly ChurnCaution[];
}

/** What a reader should know before believing the figures. */
export interface ChurnCaution {
  readonly code: 'not-out-of-time' | 'may-give-away';
  /** The feature's name, where it is about one. */
  readonly feature: string | null;
  readonly words: ChurnWords;
}

/**
 * Compares learners on customers, or on a time, that they have not seen; then learns the best one from all rows. Where the newest cut-offs
 * are held out and there are enough who left and stayed on either side, the test is out of time, on what was learnt from rows whose horizon was over
 * before; else it is out of fold. The same for the same seed, whatever the team.
 *
 * @throws PairwellError `bad-input` as `checkChurnRows` and `withoutEmptyFeatures` do, for options that cannot be, or a team without a model
 */
export async function learnChurn(
  rows: ChurnRows,
  team: ChurnTeam,
  { seed = 1, folds: count = 5, cutOffs = [] }: LearnChurnOptions = {},
): Promise<LearntChurn> {
  if (!(Number.isInteger(count) && count >= 3 && count <= 20))
    throw new PairwellError('bad-input', `folds: a whole number from 3 to 20, not ${count}.`);
  const named = team.learners.filter(({ role }) => role === 'model').map(({ name }) => name);
  if (named.length === 0)
    throw new PairwellError('bad-input', 'There are only baselines to learn; add a model.');
  checkChurnRows(rows);
  const all = rowsWhere(rows.table.rows, () => true);
  const service = withoutEmptyFeatures(rows, all);
  const later = heldOutTest(rows, cutOffs);
  const everyFold = groupedFolds(rows, all, count, seededRandom(seedOf(seed, 1)));
  const test = later
    ? outOfTime(rows, later, count, seed)
    : {
        rows: service.rows,
        folds: everyFold,
        outer: [...Array(count).keys()],
        basis: 'out-of-fold' as const,
      };
  const work = async (own: ChurnRows, folds: Int8Array, tasks: readonly FitTask[]) => {
    const pieces = tasks.map((task) => () => team.fit(own, folds, task));
    return inTurn(team.width, pieces);
  };
  const names = team.learners.map(({ name }) => name);
  const tasks = fitsToTest(names, test.folds, test.outer, seed);
  const outcomes = await work(test.rows, test.folds, tasks);
  const fits: ScoredFits = { tasks, scores: outcomes.map(({ scores }) => scores) };
  const { folds, outer, basis } = test;
  const { card, tested } = await team.judge(test.rows, { folds, outer, basis, fits, seed: seedOf(seed, 2) });
  const choice = chooseModel(card, team.learners);

  // Out of fold the chosen one has scored every row already.
  const whole = [choice.learner, ...named.filter((name) => name !== choice.learner)];
  const known = later
    ? []
    : tasks.filter(({ learner, without }) => learner === choice.learner && without.length === 1);
  const missing = later
    ? Array.from({ length: count }, (_, fold) => ({
        learner: choice.learner,
        without: [fold],
        scored: [fold],
        seed,
      }))
    : [];
  const last = whole.map((learner): FitTask => ({ learner, without: [], scored: [], seed }));
  const found = await work(service.rows, everyFold, [...missing, ...last]);
  const scores = new Float64Array(rows.table.rows);
  const take = ({ scored }: FitTask, own: Float64Array): void => {
    const byRow = scoresByRow(everyFold, scored, own);
    for (const row of all) if (!Number.isNaN(byRow[row])) scores[row] = byRow[row];
  };
  for (const task of known) take(task, fits.scores[tasks.indexOf(task)]);
  for (const [n, task] of missing.entries()) take(task, found[n].scores);
  const models = whole.map((learner, n) => ({ learner, model: found[missing.length + n].model }));
  const explained = await team.explain(service.rows, { scores, folds: everyFold, models, seed });
  return {
    ...explained,
    ...{ learner: choice.learner, models, card, tested, choice, leftOut: service.leftOut },
    features: service.rows.features,
    means: Float64Array.from(service.rows.table.columns, meanOf),
    cautions: [
      ...(cutOffs.length > 0 && !later ? [notOutOfTime] : []),
      ...explained.drivers.filter(givesAway).map(({ feature }) => mayGiveAway(feature)),
    ],
  };
}

interface Test {
  readonly rows: ChurnRows;
  readonly folds: Int8Array;
  readonly outer: readonly number[];
  readonly basis: ChurnCard['basis'];
}

interface LaterRows {
  readonly training: Int32Array;
  readonly heldOut: Int32Array;
}

/** Null where either side has too few who left or stayed. */
function heldOutTest(rows: ChurnRows, cutOffs: LearnChurnOptions['cutOffs'] & object): LaterRows | null {
  const roleOf = new Map(cutOffs.map(({ day, role }) => [day, role]));
  const of = (role: CutOff['role']): Int32Array =>
    rowsWhere(rows.table.rows, (row) => roleOf.get(rows.cutOff[row]) === role);
  const parts = { training: of('training'), heldOut: of('held-out') };
  const isEnough = (part: Int32Array, sort: number): boolean =>
    new Set(part.filter((row) => rows.target[row] === sort).map((row) => rows.customer[row])).size >=
    fewestOfEither;
  return Object.values(parts).every((part) => [0, 1].every((sort) => isEnough(part, sort))) ? parts : null;
}

function outOfTime(rows: ChurnRows, { training, heldOut }: LaterRows, count: number, seed: number): Test {
  const folds = groupedFolds(rows, training, count, seededRandom(seedOf(seed, 3)));
  for (const row of heldOut) folds[row] = count;
  // What is not known in training cannot be learnt, though it is known later.
  return { rows: withoutEmptyFeatures(rows, training).rows, folds, outer: [count], basis: 'out-of-time' };
}

function meanOf(column: Float32Array | Float64Array): number {
  let [sum, known] = [0, 0];
  for (const value of column) {
    if (Number.isNaN(value)) continue;
    sum += value;
    known++;
  }
  return known > 0 ? sum / known : 0;
}

const givesAway = ({ alone }: Driver): boolean =>
  alone !== null && Math.abs(alone.delta.value) > suspiciousDelta;

const mayGiveAway = ({ name, label }: ChurnFeature): ChurnCaution => ({
  code: 'may-give-away',
  feature: name,
  words: churnWords(
    `${label.en} alone tells nearly all who leave: look whether it is known before they do, and leave it out if not.`,
    `仅凭${label['zh-Hans']}几乎就能判断谁会离开：请检查它是否在离开之前就已知，否则应排除。`,
    `僅憑${label['zh-Hant']}幾乎就能判斷誰會離開：請檢查它是否在離開之前就已知，否則應排除。`,
  ),
});

const notOutOfTime: ChurnCaution = {
  code: 'not-out-of-time',
  feature: null,
  words: churnWords(
    'There are too few customers, or too few days, to hold a later time out: the figures are of other customers at the same time, and may be too good.',
    '顾客或天数太少，无法留出较晚的时段：这些数值来自同一时段的其他顾客，可能偏乐观。',
    '顧客或天數太少，無法留出較晚的時段：這些數值來自同一時段的其他顧客，可能偏樂觀。',
  ),
};
