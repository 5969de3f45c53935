import { type Random, sampleOf, seededRandom, seedOf } from '../learn/random.ts';
import { type PurchaseWorld, purchaseWorld } from './purchase-world.ts';
import { cartQuestion, newestBaskets, type Question, type QuestionKind, visitQuestion } from './questions.ts';
import { type BasketPlace, type ShopBaskets, withoutBaskets } from './shop-baskets.ts';

/**
 * Questions of one kind about baskets that are hidden together, in the order of their days. Plain columns, so that threads can take
 * parts of it; {@link exerciseWorld} and {@link questionOf} make the rest.
 */
export interface Exercise {
  readonly kind: QuestionKind;
  /** By question: whose basket it asks about, -1 for nobody known, and which one, as {@link BasketPlace} says. */
  readonly customers: Int32Array;
  readonly baskets: Int32Array;
  /** By question: of what is drawn for it. */
  readonly seeds: Int32Array;
  /** By question: 1 where it is never learnt from: all questions about one customer, or about one basket of nobody known, are alike. */
  readonly isHeldOut: Uint8Array;
}

/** An exercise with what was known when it was played. */
export interface PlayedExercise {
  readonly exercise: Exercise;
  readonly world: PurchaseWorld;
}

export const questionCount = ({ baskets }: Exercise): number => baskets.length;

/** Fewer carts than this of the newest baskets, and all baskets are asked about in turns. */
const fewCarts = 3000;
const turns = 5;
/** Where there are few baskets several carts are drawn of each. */
const cartsOfBasket = 4;
const newestShare = 0.2;

/** More than this share of all newest baskets hidden at once, and too few steps from basket to basket would be left to learn from. */
const mostHidden = 0.4;

/** The questions of one customer in so many tell when to stop learning, and how good what was learnt is. */
const heldOutEvery = 10;

/** Draws differ by what they are for. */
const forPlaces = 1;
const forCarts = 2;
const forHeldOut = 3;

/**
 * The newest basket of each customer who has an earlier one; of a sample, where there are more than `most`. Where most of them are
 * asked about they are hidden in turns.
 */
export function visitExercises(shop: ShopBaskets, most: number, seed: number): Exercise[] {
  const newest = newestBaskets(shop);
  const places = sample(newest, most, seededRandom(seedOf(seed, forPlaces)));
  const parts = newest.length === 0 ? 0 : Math.ceil(places.length / (mostHidden * newest.length));
  return exercises(shop, 'visit', inTurns(places, parts), seed);
}

/**
 * Baskets of two items and more: the newest where these are enough, else all, a part of them in each turn. At most `most`
 * questions.
 */
export function cartExercises(shop: ShopBaskets, most: number, seed: number): Exercise[] {
  const random = seededRandom(seedOf(seed, forPlaces));
  const places = basketsByDay(shop).filter(({ size }) => size > 1);
  const newest = places.slice(Math.floor(places.length * (1 - newestShare)));
  if (newest.length >= fewCarts) return exercises(shop, 'cart', [sample(newest, most, random)], seed);
  const asked = sample(places, most, random);
  const carts = Math.min(cartsOfBasket, Math.floor(most / asked.length));
  const repeated = (part: readonly BasketPlace[]): BasketPlace[] =>
    part.flatMap((place) => new Array<BasketPlace>(carts).fill(place));
  return exercises(shop, 'cart', inTurns(asked, turns).map(repeated), seed);
}

/** What all baskets say but those that the exercise asks about. */
export const exerciseWorld = (shop: ShopBaskets, exercise: Exercise): PurchaseWorld =>
  purchaseWorld(exerciseShop(shop, exercise));

/** The shop without the baskets that the exercise asks about. */
export function exerciseShop(shop: ShopBaskets, exercise: Exercise): ShopBaskets {
  const places = Array.from({ length: questionCount(exercise) }, (_, n) => placeOf(exercise, n));
  return withoutBaskets(shop, places);
}

/** Question n of an exercise. */
export function questionOf(shop: ShopBaskets, exercise: Exercise, n: number): Question {
  const place = placeOf(exercise, n);
  if (exercise.kind === 'visit') return visitQuestion(shop, place);
  return cartQuestion(shop, place, seededRandom(exercise.seeds[n]));
}

const placeOf = ({ customers, baskets }: Exercise, n: number): BasketPlace => ({
  customer: customers[n],
  basket: baskets[n],
});

/** So many parts, each of every so many-th entry. */
const inTurns = <T>(all: readonly T[], parts: number): T[][] =>
  Array.from({ length: parts }, (_, turn) => all.filter((_, n) => n % parts === turn));

/** Parts without a basket to ask about are left out. */
function exercises(
  shop: ShopBaskets,
  kind: QuestionKind,
  parts: readonly (readonly BasketPlace[])[],
  seed: number,
): Exercise[] {
  const isHeldOut = heldOutGroups(parts.flat(), seed);
  const dayOf = ({ customer, basket }: BasketPlace): number =>
    (customer < 0 ? shop.anonymous : shop.histories).day[basket];
  let drawn = 0;
  return parts
    .filter((part) => part.length > 0)
    .map((part) => {
      const places = [...part].sort((a, b) => dayOf(a) - dayOf(b));
      return {
        kind,
        customers: Int32Array.from(places, ({ customer }) => customer),
        baskets: Int32Array.from(places, ({ basket }) => basket),
        seeds: Int32Array.from(places, () => seedOf(seed, forCarts, drawn++)),
        isHeldOut: Uint8Array.from(places, (place) => (isHeldOut.has(groupOf(place)) ? 1 : 0)),
      };
    });
}

/** Who is asked about, as a number: below 0 for a basket of nobody known. */
const groupOf = ({ customer, basket }: BasketPlace): number => (customer >= 0 ? customer : -1 - basket);

function heldOutGroups(places: readonly BasketPlace[], seed: number): ReadonlySet<number> {
  const groups = [...new Set(places.map(groupOf))];
  const random = seededRandom(seedOf(seed, forHeldOut));
  const chosen = sampleOf(groups.length, Math.floor(groups.length / heldOutEvery), random);
  return new Set(Array.from(chosen, (n) => groups[n]));
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

/** So many of them at most, in their order. */
function sample<T>(all: readonly T[], most: number, random: Random): T[] {
  return Array.from(sampleOf(all.length, Math.min(most, all.length), random), (n) => all[n]);
}
