import { seededRandom } from '../learn/random.ts';
import type { TrainingData } from '../learn/training-data.ts';
import type { TrainedTrees } from '../learn/trees/boost.ts';
import type { BoostedTrees } from '../learn/trees/boosted-trees.ts';
import type { TreeOptions } from '../learn/trees/tree-options.ts';
import { cartExercises, type Exercise, visitExercises } from './exercises.ts';
import { learningRows } from './learning-rows.ts';
import { type PurchaseWorld, purchaseWorld } from './purchase-world.ts';
import type { ShopBaskets } from './shop-baskets.ts';

/** What ranks offers: what all baskets say, and what was learnt of how to weigh it. Plain data: it is stored in the model. */
export interface Ranking {
  readonly world: PurchaseWorld;
  /** For who comes with an empty cart; null where too few customers have come back to learn from. */
  readonly visit: BoostedTrees | null;
  /** For what goes with a cart; null where too few baskets hold two items and more. */
  readonly cart: BoostedTrees | null;
}

/** With an empty cart, or with something in it. */
export type QuestionKind = 'visit' | 'cart';

export interface RankingOptions {
  readonly seed: number;
  /** Questions of each kind to learn from at most. */
  readonly questions: number;
  /** Which kinds of question to learn from; both by default. */
  readonly kinds?: readonly QuestionKind[] | undefined;
}

export const rankingDefaults: RankingOptions = { seed: 1, questions: 16_000 };

/** Learns rankings, elsewhere than on the caller's thread. */
export interface RankingLearner {
  learnRanking(shop: ShopBaskets, hooks?: { readonly signal?: AbortSignal | undefined }): Promise<Ranking>;
}

/** Trains trees, on whatever threads. */
export type TrainTrees = (data: TrainingData, options: TreeOptions) => Promise<TrainedTrees>;

const treeOptions = { trees: 150, learningRate: 0.08, maxLeaves: 24, l2: 5 } as const;
/** Rows of a leaf at least, and as a share of all: chances of a few per cent are not told from a handful of rows. */
const leastRows = 50;
const leastShare = 1 / 2500;
/** From fewer candidates that were bought in fact nothing can be learnt that would be better than rules. */
const fewestHits = 200;

/**
 * Learns what each signal is worth: hides what was bought last, asks for it given the rest, and looks what was right. Then works
 * out the world with nothing hidden.
 */
export async function learnRanking(
  shop: ShopBaskets,
  train: TrainTrees,
  { seed, questions, kinds = ['visit', 'cart'] }: RankingOptions = rankingDefaults,
): Promise<Ranking> {
  const random = seededRandom(seed);
  const visits = kinds.includes('visit') ? visitExercises(shop, questions, random) : [];
  const visit = await learn(visits, train, seed);
  const carts = kinds.includes('cart') ? cartExercises(shop, questions, random) : [];
  const cart = await learn(carts, train, seed);
  return { world: purchaseWorld(shop), visit, cart };
}

async function learn(
  exercises: readonly Exercise[],
  train: TrainTrees,
  seed: number,
): Promise<BoostedTrees | null> {
  const data = learningRows(exercises);
  if (data.target.reduce((sum, isBought) => sum + isBought, 0) < fewestHits) return null;
  const minLeafRows = Math.max(leastRows, Math.round(data.table.rows * leastShare));
  return (await train(data, { seed, minLeafRows, ...treeOptions })).model;
}
