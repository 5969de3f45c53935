import { historyCount, itemsOfBasket } from '../baskets/basket-histories.ts';
import type { ShopBaskets } from './shop-baskets.ts';
import { guest, type Shopper, shopperOf } from './shopper.ts';

/** A question with its answer: what was really bought. */
export interface Question {
  readonly shopper: Shopper;
  /** Ascending; nothing that is in the cart. */
  readonly bought: Int32Array;
}

/** A basket of the shop: of a known customer its place among theirs, else −1 and its place among those of nobody known. */
export interface BasketPlace {
  readonly customer: number;
  readonly basket: number;
}

/** Each customer's newest basket, of those who have an earlier one, too. */
export function newestBaskets({ histories }: ShopBaskets): BasketPlace[] {
  const { offsets } = histories;
  const places: BasketPlace[] = [];
  for (let customer = 0; customer < historyCount(histories); customer++)
    if (offsets[customer + 1] - offsets[customer] > 1)
      places.push({ customer, basket: offsets[customer + 1] - 1 });
  return places;
}

/** What will the customer buy on that day, given what is known until then? */
export function visitQuestion({ histories }: ShopBaskets, { customer, basket }: BasketPlace): Question {
  const known = basket - histories.offsets[customer];
  return {
    shopper: shopperOf(histories, customer, known, histories.day[basket]),
    bought: itemsOfBasket(histories, basket),
  };
}

/**
 * What else goes into the basket, when some of it is in the cart? How much is drawn evenly, from one item to all but one.
 *
 * @param random numbers in [0, 1)
 */
export function cartQuestion(
  shop: ShopBaskets,
  { customer, basket }: BasketPlace,
  random: () => number,
): Question {
  const { histories, anonymous } = shop;
  const isKnown = customer >= 0;
  const all = isKnown ? itemsOfBasket(histories, basket) : anonymousBasket(shop, basket);
  const shuffled = all.slice();
  for (let n = shuffled.length - 1; n > 0; n--) {
    const other = Math.floor(random() * (n + 1));
    [shuffled[n], shuffled[other]] = [shuffled[other], shuffled[n]];
  }
  const size = 1 + Math.floor(random() * (all.length - 1));
  const cart = shuffled.slice(0, size).sort();
  const bought = shuffled.slice(size).sort();
  if (!isKnown) return { shopper: guest(cart, anonymous.day[basket]), bought };
  const known = basket - histories.offsets[customer];
  return { shopper: shopperOf(histories, customer, known, histories.day[basket], cart), bought };
}

function anonymousBasket({ anonymous: { transactions } }: ShopBaskets, basket: number): Int32Array {
  const { offsets, items } = transactions;
  return items.subarray(offsets[basket], offsets[basket + 1]);
}
