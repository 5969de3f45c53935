import { type Random, sampleOf } from '../learn/random.ts';
import { type PurchaseWorld, purchaseWorld } from './purchase-world.ts';
import { cartQuestion, newestBaskets, type Question, visitQuestion } from './questions.ts';
import { type BasketPlace, type ShopBaskets, withoutBaskets } from './shop-baskets.ts';

/** Questions, and a world that has not seen the baskets that they are about. */
export interface Exercise {
  /** Works it out: of several exercises the worlds need not be in memory together. */
  readonly world: () => PurchaseWorld;
  readonly questions: readonly Question[];
}

/** Fewer carts than this of the newest baskets, and all baskets are asked about in turns. */
const fewCarts = 3000;
const turns = 5;
/** Where there are few baskets several carts are drawn of each. */
const cartsOfBasket = 4;
const newestShare = 0.2;

/** More than this share of all newest baskets hidden at once, and too few steps from basket to basket would be left to learn from. */
const mostHidden = 0.4;

/**
 * The newest basket of each customer who has an earlier one; of a sample, where there are more than `most`. Where most of them are
 * asked about they are hidden in turns.
 */
export function visitExercises(shop: ShopBaskets, most: number, random: Random): Exercise[] {
  const newest = newestBaskets(shop);
  const places = sample(newest, most, random);
  const parts = newest.length === 0 ? 0 : Math.ceil(places.length / (mostHidden * newest.length));
  const ask = (place: BasketPlace): Question => visitQuestion(shop, place);
  return inTurns(places, parts).flatMap((part) => exercise(shop, part, ask));
}

/**
 * Baskets of two items and more: the newest where these are enough, else all, a part of them in each turn. At most `most`
 * questions.
 */
export function cartExercises(shop: ShopBaskets, most: number, random: Random): Exercise[] {
  const places = basketsByDay(shop).filter(({ size }) => size > 1);
  const newest = places.slice(Math.floor(places.length * (1 - newestShare)));
  const ask = (place: BasketPlace): Question => cartQuestion(shop, place, random);
  if (newest.length >= fewCarts) return exercise(shop, sample(newest, most, random), ask);
  const asked = sample(places, most, random);
  const carts = Math.min(cartsOfBasket, Math.floor(most / asked.length));
  const repeated = (part: readonly BasketPlace[]): BasketPlace[] =>
    part.flatMap((place) => new Array<BasketPlace>(carts).fill(place));
  return inTurns(asked, turns).flatMap((part) => exercise(shop, repeated(part), ask));
}

/** So many parts, each of every so many-th entry. */
const inTurns = <T>(all: readonly T[], parts: number): T[][] =>
  Array.from({ length: parts }, (_, turn) => all.filter((_, n) => n % parts === turn));

/** None without a basket to ask about. */
function exercise(
  shop: ShopBaskets,
  places: readonly BasketPlace[],
  ask: (place: BasketPlace) => Question,
): Exercise[] {
  if (places.length === 0) return [];
  return [{ world: () => purchaseWorld(withoutBaskets(shop, places)), questions: places.map(ask) }];
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
