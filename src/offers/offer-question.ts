import type { Cause } from './cause.ts';
import type { CustomerMemory } from './customer-memory.ts';
import type { OfferKind } from './offer-kinds.ts';
import type { Placement } from './placements.ts';
import type { Gain } from './worth.ts';

/** A request in terms of item numbers: what sources of candidates are asked. */
export interface OfferQuestion {
  /** Items of the model that are in the cart or on the page, each once. */
  readonly cart: readonly number[];
  /** The same, with the products that are newer than the model. */
  readonly seen: readonly number[];
  readonly memory: CustomerMemory | undefined;
  readonly placement: Placement;
  /** Days since 1970-01-01. */
  readonly today: number;
  /** Offers at most. */
  readonly limit: number;
  /** Whether offers of a kind are wanted. */
  takes(kind: OfferKind): boolean;
  /** Whether an item can be sold and nothing speaks against it that is known before anything is proposed. */
  admits(item: number): boolean;
}

/** An item that a source proposes. */
export interface Proposed {
  readonly item: number;
  readonly kind: OfferKind;
  /** That it is accepted, 0 … 1. */
  readonly probability: number;
  readonly cause: Cause;
  /** What accepting it brings, where that is something else than one unit of the item sold. */
  readonly gain?: Gain;
  /** What accepting it adds to the bill, where that is not the price of the item. */
  readonly added?: number;
  /** In the source's own order, where that decides between equals. */
  readonly place?: number;
}
