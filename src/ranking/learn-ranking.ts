import { inTurn } from '../in-turn.ts';
import type { TrainingData } from '../learn/training-data.ts';
import type { TrainedTrees } from '../learn/trees/boost.ts';
import type { BoostedTrees } from '../learn/trees/boosted-trees.ts';
import { plainScorer } from '../learn/trees/plain-scorer.ts';
import type { TreeOptions } from '../learn/trees/tree-options.ts';
import type { PlayedExercise } from './exercises.ts';
import { cartExercises, type Exercise, exerciseWorld, questionCount, visitExercises } from './exercises.ts';
import { gatherRows, joinedRows, type QuestionRange, type RowBlock, thinningOf } from './learning-rows.ts';
import { type OpenCalibration, openCalibration } from './open-calibration.ts';
import { type PurchaseWorld, purchaseWorld } from './purchase-world.ts';
import { type QuestionKind, questionKinds } from './questions.ts';
import type { ByKind, Ranking } from './ranking.ts';
import type { ShopBaskets } from './shop-baskets.ts';
import { fitSignalLogistic, type SignalLogistic } from './signal-logistic.ts';

/** What weighs the signals: boosted trees, or the plain alternative, a logistic model. */
export const learners = ['trees', 'logistic'] as const;
export type Learner = (typeof learners)[number];

export interface RankingOptions {
  readonly seed: number;
  /** Questions of each kind to learn from at most. */
  readonly questions: number;
  /** Which kinds of question to learn from; both by default. */
  readonly kinds?: readonly QuestionKind[] | undefined;
  /** Trees by default. */
  readonly learner?: Learner | undefined;
}

export const rankingDefaults: RankingOptions = { seed: 1, questions: 16_000 };

/** Trains trees, on whatever threads. */
export type TrainTrees = (data: TrainingData, options: TreeOptions) => Promise<TrainedTrees>;

/** Learns rankings, elsewhere than on the caller's thread. */
export interface RankingLearner {
  learnRanking(
    shop: ShopBaskets,
    options?: RankingOptions,
    hooks?: { readonly signal?: AbortSignal | undefined },
  ): Promise<LearntRanking>;
}

/** Who does the work: one thread or several, to the same end. */
export interface LearningTeam {
  /** How many pieces of work are worth asking for at the same time. */
  readonly width: number;
  /** The world of an exercise; without one that of all baskets. */
  world(exercise?: Exercise): Promise<PurchaseWorld>;
  rows(world: PurchaseWorld, exercise: Exercise, range: QuestionRange, thinning: number): Promise<RowBlock>;
  trees: TrainTrees;
  logistic(data: TrainingData, seed: number): Promise<SignalLogistic>;
  open(ranking: Ranking, played: readonly PlayedExercise[], seed: number): Promise<OpenCalibration | null>;
}

/** All on the thread of the caller, but for trees. */
export const learningAlone = (shop: ShopBaskets, trees: TrainTrees): LearningTeam => ({
  width: 1,
  world: async (exercise) => (exercise ? exerciseWorld(shop, exercise) : purchaseWorld(shop)),
  rows: async (world, exercise, range, thinning) => gatherRows(shop, world, exercise, range, thinning),
  trees,
  logistic: async (data, seed) => fitSignalLogistic(data, seed),
  open: async (ranking, played, seed) => openCalibration(shop, ranking, played, plainScorer, seed),
});

const treeOptions = { trees: 150, learningRate: 0.08, maxLeaves: 24, l2: 5 } as const;
/** Rows of a leaf at least, and as a share of all: chances of a few per cent are not told from a handful of rows. */
const leastRows = 50;
const leastShare = 1 / 2500;
/** From fewer candidates that were bought in fact nothing can be learnt that would be better than rules. */
const fewestHits = 200;
/** Questions whose rows are gathered in one piece. */
const questionsAtOnce = 512;

/** What was learnt, and what it was learnt from: some of the questions were held out. */
export interface LearntRanking {
  readonly ranking: Ranking;
  readonly exercises: readonly PlayedExercise[];
}

/**
 * Learns what each signal is worth: hides what was bought last, asks for it given the rest, and looks what was right. Then works
 * out the world with nothing hidden. The same ranking for the same seed, whatever the team.
 */
export async function learnRanking(
  shop: ShopBaskets,
  train: TrainTrees,
  options: RankingOptions = rankingDefaults,
): Promise<Ranking> {
  return (await learnTogether(shop, learningAlone(shop, train), options)).ranking;
}

/** As {@link learnRanking}. */
export async function learnTogether(
  shop: ShopBaskets,
  team: LearningTeam,
  { seed, questions, kinds = questionKinds, learner = 'trees' }: RankingOptions,
): Promise<LearntRanking> {
  const jobs = kinds.map(
    (kind) => () => learnKind(exercisesOf[kind](shop, questions, seed), team, learner, seed),
  );
  const learnt = await inTurn(team.width, jobs);
  const world = await team.world();
  const of = <Learnt>(pick: (kind: LearntKind) => Learnt | null): ByKind<Learnt> => {
    const found = (kind: QuestionKind): Learnt | null => {
      const at = kinds.indexOf(kind);
      return at < 0 ? null : pick(learnt[at]);
    };
    return { visit: found('visit'), cart: found('cart') };
  };
  const ranking: Ranking = {
    world,
    ...of(({ trees }) => trees),
    ...(learner === 'logistic' && { logistic: of(({ logistic }) => logistic) }),
  };
  const exercises = learnt.flatMap(({ played }) => played);
  const open = kinds.includes('visit') ? await team.open(ranking, exercises, seed) : null;
  return {
    ranking: { ...ranking, open },
    exercises,
  };
}

const exercisesOf = { visit: visitExercises, cart: cartExercises } as const;

interface LearntKind {
  readonly played: readonly PlayedExercise[];
  readonly trees: BoostedTrees | null;
  readonly logistic: SignalLogistic | null;
}

async function learnKind(
  exercises: readonly Exercise[],
  team: LearningTeam,
  learner: Learner,
  seed: number,
): Promise<LearntKind> {
  const { data, played } = await gather(exercises, team);
  const nothing = { played, trees: null, logistic: null };
  if (data.target.reduce((sum, isBought) => sum + isBought, 0) < fewestHits) return nothing;
  if (learner === 'logistic') return { ...nothing, logistic: await team.logistic(data, seed) };
  const minLeafRows = Math.max(leastRows, Math.round(data.table.rows * leastShare));
  return { ...nothing, trees: (await team.trees(data, { seed, minLeafRows, ...treeOptions })).model };
}

/** The rows of all questions, piece by piece. */
async function gather(
  exercises: readonly Exercise[],
  team: LearningTeam,
): Promise<{ data: TrainingData; played: PlayedExercise[] }> {
  const thinning = thinningOf(exercises);
  const worlds = await inTurn(
    team.width,
    exercises.map((exercise) => () => team.world(exercise)),
  );
  const pieces = exercises.flatMap((exercise, e) =>
    rangesOf(questionCount(exercise)).map((range) => () => team.rows(worlds[e], exercise, range, thinning)),
  );
  return {
    data: joinedRows(await inTurn(team.width, pieces)),
    played: exercises.map((exercise, e) => ({ exercise, world: worlds[e] })),
  };
}

const rangesOf = (count: number): QuestionRange[] =>
  Array.from({ length: Math.ceil(count / questionsAtOnce) }, (_, n) => ({
    from: n * questionsAtOnce,
    to: Math.min(count, (n + 1) * questionsAtOnce),
  }));
