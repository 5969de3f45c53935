import type { Lead } from '../ranking/lead-finder.ts';

/** What put an offer there. */
export type Cause =
  /** A rule, by its number. */
  | { readonly by: 'rule'; readonly rule: number }
  /** The learnt ranking, and what of the cart or the purchases leads there most surely. */
  | { readonly by: 'lead'; readonly lead: Lead }
  /** The learnt ranking, with nothing that leads there more than to others. */
  | { readonly by: 'ranking' }
  /** A place on a popularity list: recent orders with the product, and whose list it is; undefined for the shop's. */
  | { readonly by: 'popular'; readonly orders: number; readonly segment: string | undefined }
  /** The customer's own rhythm. */
  | { readonly by: 'again'; readonly habit: Habit }
  /** A better one of the same, in place of an item in the cart. */
  | {
      readonly by: 'upgrade';
      readonly of: number;
      /** Customers who bought the one and later the other, and the one at all. */
      readonly steppedUp: number;
      readonly buyers: number;
    }
  /** A set that is bought whole: the offered item and others with something in the cart. */
  | {
      readonly by: 'bundle';
      readonly items: readonly number[];
      /** Baskets with all of them, as a share of those with what is in the cart. */
      readonly confidence: number;
      readonly baskets: number;
    }
  /** A rule of categories: from an item in the cart to the offered one, or from and to such as these. */
  | { readonly by: 'category'; readonly from: number; readonly confidence: number }
  /** It is new, and like an item that is known. */
  | { readonly by: 'alike'; readonly to: number }
  /** A pin of the shop's. */
  | { readonly by: 'pin' };

/** How a customer has bought an item. */
export interface Habit {
  /** The days on which it was bought. */
  readonly times: number;
  /** Days from one purchase to the next, in the mean; NaN after one purchase. */
  readonly every: number;
  /** Days since the last purchase. */
  readonly since: number;
}
