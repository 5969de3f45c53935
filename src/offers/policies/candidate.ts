import type { Product } from '../catalogue.ts';
import type { OfferKind } from '../offer-kinds.ts';

/** Something that may be offered, scored by whoever proposed it. */
export interface Candidate {
  /** The number of the product, 0 or more; one number is one product. */
  readonly item: number;
  readonly product: Product;
  readonly kind: OfferKind;
  /** That it is accepted, 0 … 1. */
  readonly probability: number;
  /** What candidates are ranked by, larger first; a number, which may be negative. */
  readonly value: number;
  /** What accepting it adds to the bill, in money, where that is not the price of the product. */
  readonly added?: number | undefined;
  /** Decides between equals, the smaller first; 0 by default. */
  readonly place?: number | undefined;
}
