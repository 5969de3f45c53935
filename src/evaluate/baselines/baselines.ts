import type { CartMethod, NextBasketMethod } from '../method.ts';
import { itemNeighboursOfCart, itemNeighboursOfHistory } from './item-neighbours.ts';
import { rulesAndOwnFrequency, rulesFromCart, rulesFromLastBasket } from './pair-rules.ts';
import { personalFrequency } from './personal-frequency.ts';
import { popularInCarts, popularItems } from './popular-items.ts';
import { tifuKnn } from './tifuknn.ts';

/** What every way to foretell next baskets must be ahead of. */
export const nextBasketBaselines: readonly NextBasketMethod[] = [
  popularItems('all'),
  popularItems('newest'),
  popularItems('last'),
  personalFrequency({ name: 'personal-frequency', byRecency: false }),
  personalFrequency({ name: 'personal-frequency-popularity', byRecency: false, fill: 'all' }),
  personalFrequency({ name: 'personal-frequency-recency-popularity', byRecency: true, fill: 'all' }),
  personalFrequency({ name: 'personal-frequency-recency-newest', byRecency: true, fill: 'newest' }),
  tifuKnn(),
  rulesFromLastBasket('confidence'),
  rulesFromLastBasket('confidence-sum'),
  rulesFromLastBasket('confidence-lift'),
  itemNeighboursOfHistory,
];

const anonymousCartBaselines: readonly CartMethod[] = [
  popularInCarts,
  rulesFromCart('confidence'),
  rulesFromCart('confidence-sum'),
  rulesFromCart('confidence-lift'),
  itemNeighboursOfCart,
];

/**
 * What every way to complete carts must be ahead of.
 *
 * @param customersKnown whether any basket has a customer
 */
export const cartBaselines = (customersKnown: boolean): readonly CartMethod[] =>
  customersKnown ? [...anonymousCartBaselines, rulesAndOwnFrequency] : anonymousCartBaselines;
