import { asTransactions, basketCount, basketsWhere } from '../baskets/basket-histories.ts';
import { type Random, sampleOf, seededRandom } from '../learn/kmeans/random.ts';
import type { TrainingData } from '../learn/training-data.ts';
import type { TrainedTrees } from '../learn/trees/boost.ts';
import type { BoostedTrees } from '../learn/trees/boosted-trees.ts';
import type { TreeOptions } from '../learn/trees/tree-options.ts';
import { type Exercise, learningRows } from './learning-rows.ts';
import { type PurchaseWorld, purchaseWorld } from './purchase-world.ts';
import { type BasketPlace, cartQuestion, newestBaskets, type Question, visitQuestion } from './questions.ts';
import type { ShopBaskets } from './shop-baskets.ts';

/** What ranks offers: what all baskets say, and what was learnt of how to weigh it. Plain data: it is stored in the model. */
export interface Ranking {
  readonly world: PurchaseWorld;
  /** For who comes with an empty cart; null where no customer has come back. */
  readonly visit: BoostedTrees | null;
  /** For what goes with a cart; null where no basket holds two items. */
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

/** Trains trees, on whatever threads. */
export type TrainTrees = (data: TrainingData, options: TreeOptions) => Promise<TrainedTrees>;

/** Fewer questions than this of the newest baskets, and all baskets are asked about in turns. */
const fewQuestions = 3000;
const turns = 5;
/** Where there are few baskets several carts are drawn of each. */
const cartsOfBasket = 4;
const newestShare = 0.2;

const treeOptions = { trees: 150, learningRate: 0.08, maxLeaves: 24, l2: 5 } as const;
/** Rows of a leaf at least, and as a share of all: chances of a few per cent are not told from a handful of rows. */
const leastRows = 50;
const leastShare = 1 / 2500;

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
  const visits = kinds.includes('visit') ? sample(newestBaskets(shop), questions, random) : [];
  const visit = await learn([exercise(shop, visits, (place) => visitQuestion(shop, place))], train, seed);
  const cart = await learn(kinds.includes('cart') ? cartExercises(shop, questions, random) : [], train, seed);
  return { world: purchaseWorld(shop), visit, cart };
}

async function learn(
  exercises: readonly Exercise[],
  train: TrainTrees,
  seed: number,
): Promise<BoostedTrees | null> {
  const data = learningRows(exercises);
  if (data.table.rows === 0) return null;
  const minLeafRows = Math.max(leastRows, Math.round(data.table.rows * leastShare));
  return (await train(data, { seed, minLeafRows, ...treeOptions })).model;
}

function exercise(
  shop: ShopBaskets,
  places: readonly BasketPlace[],
  ask: (place: BasketPlace) => Question,
): Exercise {
  return { world: purchaseWorld(without(shop, places)), questions: places.map(ask) };
}

/** Of the newest baskets where these are enough, else of all baskets, a part of them in each turn. */
function cartExercises(shop: ShopBaskets, most: number, random: Random): Exercise[] {
  const places = basketsByDay(shop).filter(({ size }) => size > 1);
  const newest = places.slice(Math.floor(places.length * (1 - newestShare)));
  const ask = (place: BasketPlace): Question => cartQuestion(shop, place, random);
  if (newest.length >= fewQuestions) return [exercise(shop, sample(newest, most, random), ask)];
  const shuffled = sample(places, Number.POSITIVE_INFINITY, random);
  const parts = Array.from({ length: turns }, (_, turn) => shuffled.filter((_, n) => n % turns === turn));
  const carts = Math.max(1, Math.min(cartsOfBasket, Math.floor(most / shuffled.length)));
  const repeated = (part: readonly BasketPlace[]): BasketPlace[] =>
    part.flatMap((place) => new Array<BasketPlace>(carts).fill(place));
  return parts.filter((part) => part.length > 0).map((part) => exercise(shop, repeated(part), ask));
}

interface SizedPlace extends BasketPlace {
  readonly size: number;
  readonly day: number;
}

function basketsByDay({ histories, anonymous }: ShopBaskets): SizedPlace[] {
  const places: SizedPlace[] = [];
  const { offsets, day, itemOffsets } = histories;
  for (let customer = 0; customer + 1 < offsets.length; customer++)
    for (let basket = offsets[customer]; basket < offsets[customer + 1]; basket++)
      places.push({
        customer,
        basket,
        size: itemOffsets[basket + 1] - itemOffsets[basket],
        day: day[basket],
      });
  const { transactions } = anonymous;
  for (let basket = 0; basket < anonymous.day.length; basket++) {
    const size = transactions.offsets[basket + 1] - transactions.offsets[basket];
    places.push({ customer: -1, basket, size, day: anonymous.day[basket] });
  }
  return places.sort((a, b) => a.day - b.day);
}

/** The shop as if these baskets had not been. */
function without({ histories, anonymous }: ShopBaskets, places: readonly BasketPlace[]): ShopBaskets {
  const hidden = new Uint8Array(basketCount(histories));
  const hiddenToo = new Uint8Array(anonymous.day.length);
  for (const { customer, basket } of places) (customer >= 0 ? hidden : hiddenToo)[basket] = 1;
  // Baskets of nobody known as those of one customer: the same selection serves both.
  const { itemCount, offsets, items } = anonymous.transactions;
  const one = {
    itemCount,
    offsets: Int32Array.of(0, anonymous.day.length),
    day: anonymous.day,
    itemOffsets: offsets,
    items,
  };
  const kept = basketsWhere(one, (basket) => hiddenToo[basket] === 0);
  return {
    histories: basketsWhere(histories, (basket) => hidden[basket] === 0),
    anonymous: { transactions: asTransactions(kept), day: kept.day },
  };
}

/** So many of them at most, in a drawn order. */
function sample<T>(all: readonly T[], most: number, random: Random): T[] {
  return Array.from(sampleOf(all.length, Math.min(most, all.length), random), (n) => all[n]);
}
