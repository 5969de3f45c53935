import type { BasketHistories } from '../../baskets/basket-histories.ts';
import type { OfferRanker } from '../../ranking/offer-ranker.ts';
import { guest, shopperOf } from '../../ranking/shopper.ts';
import type { Among, CartRanker, NextBasketRanker, RankedItems } from '../method.ts';

/** Where what is owned may not be ranked there is room for more of the rest. */
const freshOnly = { owned: 0, fresh: 100 };
const always = (): boolean => true;

/** How a ranker of offers foretells the next baskets of these customers. */
export function nextBasketsBy(ranker: OfferRanker, histories: BasketHistories): NextBasketRanker {
  const { offsets, itemOffsets, items } = histories;
  return {
    hasProbabilities: true,
    rank(customer: number, k: number, among: Among, out: RankedItems, day: number): number {
      const first = offsets[customer];
      const known = offsets[customer + 1] - first;
      const shopper = shopperOf(histories, customer, known, day);
      if (among === 'all') return copied(ranker, ranker.rank(shopper, always), k, out);
      const owned = new Set(items.subarray(itemOffsets[first], itemOffsets[first + known]));
      const isNew = (item: number): boolean => !owned.has(item);
      return copied(ranker, ranker.rank(shopper, isNew, freshOnly), k, out);
    },
  };
}

/** Which of a customer's baskets may be seen when one of their carts is asked about: all of the past, or those before the day. */
export type Seen = 'all' | 'before';

/** How a ranker of offers completes the carts of these customers, and of nobody known. */
export function cartsBy(ranker: OfferRanker, histories: BasketHistories, seen: Seen): CartRanker {
  const { offsets, day: days } = histories;
  return {
    rank(cart: Int32Array, customer: number, k: number, out: RankedItems, day: number): number {
      let known = customer < 0 ? 0 : offsets[customer + 1] - offsets[customer];
      if (seen === 'before') while (known > 0 && days[offsets[customer] + known - 1] >= day) known--;
      const shopper = known > 0 ? shopperOf(histories, customer, known, day, cart) : guest(cart, day);
      return copied(ranker, ranker.rank(shopper, always), k, out);
    },
  };
}

function copied({ ranked }: OfferRanker, count: number, k: number, out: RankedItems): number {
  const length = Math.min(count, k);
  out.items.set(ranked.items.subarray(0, length));
  out.probabilities.set(ranked.probabilities.subarray(0, length));
  return length;
}
