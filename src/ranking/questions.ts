import { historyCount, itemsOfBasket } from '../baskets/basket-histories.ts';
import { below, type Random } from '../learn/random.ts';
import type { BasketPlace, ShopBaskets } from './shop-baskets.ts';
import { guest, type Shopper, shopperOf } from './shopper.ts';

/** With an empty cart, or with something in it. */
export const questionKinds = ['visit', 'cart'] as const;
export type QuestionKind = (typeof questionKinds)[number];

/** A question with its answer: what was really bought. */
export interface Question {
  readonly shopper: Shopper;
  /** Ascending; nothing that is in the cart. */
  readonly bought: Int32Array;
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

/** What will the customer buy on the day of that basket, given their earlier ones? */
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
 * @param place a basket of two items or more
 */
export function cartQuestion(shop: ShopBaskets, { customer, basket }: BasketPlace, random: Random): Question {
  const { histories, anonymous } = shop;
  const isKnown = customer >= 0;
  const all = isKnown ? itemsOfBasket(histories, basket) : anonymousBasket(shop, basket);
  const shuffled = all.slice();
  for (let n = shuffled.length - 1; n > 0; n--) {
    const other = below(n + 1, random);
    [shuffled[n], shuffled[other]] = [shuffled[other], shuffled[n]];
  }
  const size = 1 + below(all.length - 1, random);
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
