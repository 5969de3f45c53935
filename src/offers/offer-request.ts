import type { Customer } from './customer-memory.ts';
import type { OfferKind } from './offer-kinds.ts';
import type { Placement, PlacementSettings } from './placements.ts';
import type { OfferActivity } from './policies/offer-activity.ts';
import type { PolicyBook } from './policies/policy-book.ts';

/** What somebody asks for, and what holds for them. */
export interface OfferRequest {
  /** Product codes in the cart, or on the page. */
  readonly cart: readonly string[];
  /** What the cart is worth, in money; one of each of its products by default. */
  readonly cartValue?: number | undefined;
  readonly customer?: Customer | undefined;
  /** Product codes that must not be offered. */
  readonly exclude: readonly string[];
  readonly placement: Placement;
  /** Those of the placement. */
  readonly settings: PlacementSettings;
  /** Offers at most; the placement's by default. */
  readonly limit?: number | undefined;
  /** The kinds that are taken; all that the placement takes by default. */
  readonly kinds?: readonly OfferKind[] | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly policies: PolicyBook;
  /** Ids of the segments that the customer is in, of those at least that policies ask about. */
  readonly segments: ReadonlySet<string>;
  /** Of guests and customers without events, undefined. */
  readonly activity?: OfferActivity | undefined;
  /** Whether to say of each candidate what became of it, and why. */
  readonly explain?: boolean | undefined;
}
