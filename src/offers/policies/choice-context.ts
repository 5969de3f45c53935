import type { OfferKind } from '../offer-kinds.ts';
import type { Placement, PlacementSettings } from '../placements.ts';
import type { Candidate } from './candidate.ts';
import type { OfferActivity } from './offer-activity.ts';

/** What a request knows of its customer, cart and time. */
export interface ChoiceContext<C extends Candidate = Candidate> {
  readonly placement: Placement;
  readonly settings: PlacementSettings;
  /** Offers at most; the placement's unless the request says. */
  readonly limit: number;
  /** The kinds that the request takes; undefined for all. */
  readonly kinds?: readonly OfferKind[] | undefined;
  /** Milliseconds since 1970. Any: it may be before what it was for the last request. */
  readonly now: number;
  /** Items in the cart or on the page. */
  readonly cart: readonly number[];
  /** What the cart is worth, in money; null where that is not known. */
  readonly cartValue: number | null;
  /** Items that the request excludes. */
  readonly excluded: readonly number[];
  /** Ids of the segments that the customer is in, of those at least that `PolicyBook.segments` has. */
  readonly segments: ReadonlySet<string>;
  /** Whether the customer has ever bought an item. */
  readonly owns: (item: number) => boolean;
  /** The share of an item's buyers who bought it on another day too; 0 where that is not known. */
  readonly repeatShare: (item: number) => number;
  /** Of guests and customers without events, undefined. */
  readonly activity?: OfferActivity | undefined;
  /** What tells that the customer is about to leave over price, as bits of `priceSigns`; 0 for nothing, as of guests. */
  readonly leavingOverPrice: number;
  /** A candidate for a product that is pinned and not among the candidates; undefined where there is no such product. */
  readonly candidateFor: (product: string) => C | undefined;
  /** Whether to say of each candidate what removed it. */
  readonly explain?: boolean | undefined;
}

/** Worth of what is in the cart: the sum of the prices that are known; null where none is. */
export function cartValueOf(prices: Iterable<number | null | undefined>): number | null {
  let sum: number | null = null;
  for (const price of prices) if (price !== null && price !== undefined) sum = (sum ?? 0) + price;
  return sum;
}
