import * as Comlink from 'comlink';
import { transferableBuffers } from '../src/baskets/int-column.ts';
import {
  type HeldOutOutcome,
  type HeldOutTask,
  rankHeldOut,
} from '../src/evaluate/held-out/rank-held-out.ts';
import { evaluationOf } from '../src/evaluate/held-out/ranking-evaluation.ts';
import type { TrainingData } from '../src/learn/training-data.ts';
import { WasmScorer } from '../src/learn/trees/kernel/wasm-scorer.ts';
import type { Answers } from '../src/ranking/acceptance.ts';
import {
  type CustomerRange,
  CustomerRanker,
  type CustomerRankings,
  type RankedCustomers,
} from '../src/ranking/customer-rankings.ts';
import type { PlayedExercise } from '../src/ranking/exercises.ts';
import { type Exercise, exerciseWorld } from '../src/ranking/exercises.ts';
import { learnAcceptance, type ShownOffers } from '../src/ranking/learn-acceptance.ts';
import { gatherRows, type QuestionRange, type RowBlock } from '../src/ranking/learning-rows.ts';
import { type OpenCalibration, openCalibration } from '../src/ranking/open-calibration.ts';
import { type PurchaseWorld, purchaseWorld } from '../src/ranking/purchase-world.ts';
import type { Ranking } from '../src/ranking/ranking.ts';
import type { RankingEvaluation } from '../src/ranking/ranking-evaluation.ts';
import type { MakeScorer } from '../src/ranking/row-scorer.ts';
import type { ShopBaskets } from '../src/ranking/shop-baskets.ts';
import { fitSignalLogistic, type SignalLogistic } from '../src/ranking/signal-logistic.ts';
import { inSharedMemory } from './shared-data.ts';
import { treesKernel } from './shared-training.ts';

const makeScorer: MakeScorer = (model) => new WasmScorer(treesKernel(), model);

/** What a thread offers for rankings. What is large comes in shared memory, and leaves in it. */
export const rankingApi = {
  /** The world of an exercise; without one that of all baskets. */
  exerciseWorld(shop: ShopBaskets, exercise: Exercise | undefined): PurchaseWorld {
    return inSharedMemory(exercise ? exerciseWorld(shop, exercise) : purchaseWorld(shop));
  },

  gatherRows(
    shop: ShopBaskets,
    world: PurchaseWorld,
    exercise: Exercise,
    range: QuestionRange,
    thinning: number,
  ): RowBlock {
    return gatherRows(shop, world, exercise, range, thinning);
  },

  learnAcceptance(shown: ShownOffers): Answers | null {
    return learnAcceptance(shown);
  },

  openCalibration(
    shop: ShopBaskets,
    ranking: Ranking,
    played: readonly PlayedExercise[],
    seed: number,
  ): OpenCalibration | null {
    return openCalibration(shop, ranking, played, makeScorer, seed);
  },

  fitSignalLogistic(data: TrainingData, seed: number): SignalLogistic {
    return fitSignalLogistic(data, seed);
  },

  /** How held-out questions of one exercise are answered. */
  rankHeldOut(task: HeldOutTask): Promise<HeldOutOutcome> {
    return rankHeldOut(task, makeScorer);
  },

  /** What all of that comes to. */
  evaluationOf(outcomes: readonly HeldOutOutcome[]): RankingEvaluation {
    return evaluationOf(outcomes);
  },

  /** The rankings of a range of customers: see {@link CustomerRanker}. */
  rankCustomers(asked: RankedCustomers, range: CustomerRange): CustomerRankings {
    const { day, ...columns } = new CustomerRanker(asked, makeScorer).rankCustomers(range);
    return Comlink.transfer({ day, ...columns }, transferableBuffers(Object.values(columns)));
  },
};
