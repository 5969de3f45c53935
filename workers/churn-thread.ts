import { type Foretold, foretell } from '../src/churn/outlook/foretell.ts';
import type { ChurnRows } from '../src/churn/prediction/churn-rows.ts';
import type { FitOutcome, FitTask } from '../src/churn/prediction/fits.ts';
import { fuzzyLearner } from '../src/churn/prediction/fuzzy-learner.ts';
import type { LearntChurn } from '../src/churn/prediction/learn-churn.ts';
import { logisticLearner, majority, singleFeature } from '../src/churn/prediction/logistic-learner.ts';
import {
  churnWork,
  type Judgement,
  type JudgeTask,
  type ServiceFit,
  type ServiceTask,
} from '../src/churn/prediction/team.ts';
import { treeLearner } from '../src/churn/prediction/tree-learner.ts';
import { type ChurnWindows, churnWindows, type WindowOptions } from '../src/churn/prediction/windows.ts';
import type { Ledger } from '../src/customers/ledger.ts';
import { wasmPlaces } from '../src/learn/trees/kernel/wasm-kernel.ts';
import { WasmScorer } from '../src/learn/trees/kernel/wasm-scorer.ts';
import { inSharedMemory } from './shared-data.ts';
import { treesKernel } from './shared-training.ts';

/** What is compared to tell who leaves, baselines first. The kernel is compiled when a thread first grows or asks trees. */
export const churnLearners = [
  majority,
  singleFeature('recency', 'recency'),
  logisticLearner,
  fuzzyLearner(),
  treeLearner({
    makePlace: (...request) => wasmPlaces(treesKernel())(...request),
    makeScorer: (model) => new WasmScorer(treesKernel(), model),
  }),
];

const work = churnWork(churnLearners);

/** What a thread offers for telling who leaves. What is large comes in shared memory, and leaves in it. */
export const churnApi = {
  churnWindows(ledger: Ledger, options: WindowOptions): ChurnWindows {
    return inSharedMemory(churnWindows(ledger, options));
  },

  fitChurn(rows: ChurnRows, folds: Int8Array, task: FitTask): FitOutcome {
    return work.fit(rows, folds, task);
  },

  judgeChurn(rows: ChurnRows, task: JudgeTask): Judgement {
    return work.judge(rows, task);
  },

  explainChurn(rows: ChurnRows, task: ServiceTask): ServiceFit {
    return work.explain(rows, task);
  },

  foretellChurn(
    ledger: Ledger,
    windows: Pick<ChurnWindows, 'plan' | 'definition' | 'activeDays'>,
    learnt: LearntChurn,
    day: number,
    gone: Int8Array | undefined,
  ): Foretold {
    return foretell(ledger, windows, learnt, churnLearners, day, gone);
  },
};
