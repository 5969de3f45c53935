import { seededRandom, seedOf } from '../../learn/random.ts';
import {
  bestThreshold,
  type ChurnCalibration,
  chooseCalibration,
  probabilityOfScore,
} from './calibration.ts';
import type { ChurnRows } from './churn-rows.ts';
import { churnDrivers, type Driver } from './drivers.ts';
import { type FitOutcome, type FitTask, runFit } from './fits.ts';
import { rowsWhere } from './folds.ts';
import type { ChurnLearner } from './learner.ts';
import { logisticLearner } from './logistic-learner.ts';
import type { ChurnLogistic } from './logistic-model.ts';
import { type ChurnCard, churnCard } from './model-card.ts';
import { outOfSample, type ScoredFits } from './predictions.ts';

/** What is to be judged. Plain data, for threads, as are all tasks. */
export interface JudgeTask {
  readonly folds: Int8Array;
  /** The folds that were tested. */
  readonly outer: readonly number[];
  readonly fits: ScoredFits;
  readonly basis: ChurnCard['basis'];
  readonly seed: number;
}

export interface ServiceTask {
  /** By row: scores of the chosen learner where it had not seen the customer, and the folds that it had not. */
  readonly scores: Float64Array;
  readonly folds: Int8Array;
  /** Learnt from all rows; the chosen one first. */
  readonly models: readonly { readonly learner: string; readonly model: unknown }[];
  readonly seed: number;
}

/** What it takes to use a model, and to explain it. */
export interface ServiceFit {
  readonly calibration: ChurnCalibration;
  /** From this probability on customers are called leaving; see `bestThreshold`. */
  readonly threshold: number;
  readonly drivers: readonly Driver[];
}

/** What models said of rows that they had not seen. */
export interface TestedRows {
  /** By tested row: 1 for who left. */
  readonly target: Uint8Array;
  readonly models: readonly { readonly learner: string; readonly probabilities: Float64Array }[];
}

export interface Judgement {
  readonly card: ChurnCard;
  readonly tested: TestedRows;
}

/** Who does the work: one thread or several, to the same end. */
export interface ChurnTeam {
  /** How many pieces of work are worth asking for at the same time. */
  readonly width: number;
  /** What is compared, the same on each thread. */
  readonly learners: readonly ChurnLearner[];
  fit(rows: ChurnRows, folds: Int8Array, task: FitTask): Promise<FitOutcome>;
  judge(rows: ChurnRows, task: JudgeTask): Promise<Judgement>;
  explain(rows: ChurnRows, task: ServiceTask): Promise<ServiceFit>;
}

/** What a thread of a {@link ChurnTeam} does. */
export const churnWork = (learners: readonly ChurnLearner[]) => ({
  fit: (rows: ChurnRows, folds: Int8Array, task: FitTask): FitOutcome => runFit(rows, folds, task, learners),

  judge: (rows: ChurnRows, { folds, outer, fits, basis, seed }: JudgeTask): Judgement => {
    const found = outOfSample(rows, folds, outer, fits);
    const isModel = (name: string): boolean =>
      learners.some((own) => own.name === name && own.role === 'model');
    return {
      card: churnCard(rows, found, learners, basis, seed),
      tested: {
        target: Uint8Array.from(found.tested, (row) => rows.target[row]),
        models: found.predicted
          .filter(({ learner }) => isModel(learner))
          .map(({ learner, probabilities }) => ({ learner, probabilities })),
      },
    };
  },

  explain: (rows: ChurnRows, { scores, folds, models, seed }: ServiceTask): ServiceFit => {
    const calibration = chooseCalibration(scores, rows.target, folds);
    const probabilities = scores.map((score) => probabilityOfScore(calibration, score));
    const learnt = models.map(({ learner, model }) => ({
      learner,
      scorer: learners.find(({ name }) => name === learner)!.restore(model),
    }));
    const logistic = models.find(({ learner }) => learner === logisticLearner.name);
    return {
      calibration,
      threshold: bestThreshold(probabilities, rows.target),
      drivers: churnDrivers(
        rows,
        rowsWhere(rows.table.rows, () => true),
        learnt,
        logistic ? (logistic.model as ChurnLogistic) : null,
        seededRandom(seedOf(seed)),
      ),
    };
  },
});

/** All on the thread of the caller. */
export function churnTeamAlone(learners: readonly ChurnLearner[]): ChurnTeam {
  const work = churnWork(learners);
  return {
    width: 1,
    learners,
    fit: async (rows, folds, task) => work.fit(rows, folds, task),
    judge: async (rows, task) => work.judge(rows, task),
    explain: async (rows, task) => work.explain(rows, task),
  };
}
