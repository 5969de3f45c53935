import type { GroupedRows } from '../baskets/grouped-rows.ts';
import type { Product } from '../offers/catalogue.ts';
import type { Placement, PlacementSettings } from '../offers/placements.ts';
import type { Policy } from '../offers/policies/policy.ts';
import type { OwnTemplates } from '../offers/words/wording.ts';
import type { CustomerDeeds } from './customer-deeds.ts';

/**
 * All that offers to the customers of a model depend on, as it was at one time. Plain data: threads share what is large, and copy
 * the rest.
 */
export interface ShopSnapshot {
  readonly version: number;
  /** The model, as it is stored. */
  readonly model: Uint8Array;
  readonly products: readonly Product[];
  readonly policies: readonly Policy[];
  readonly placements: Readonly<Record<Placement, PlacementSettings>>;
  readonly wording: { readonly own: readonly OwnTemplates[]; readonly defaultLanguage: string };
  /** Ids of the segments that policies ask about. */
  readonly segmentIds: readonly string[];
  /** By customer: a row for each of these that the customer is in, with its place among them. */
  readonly segments: GroupedRows;
  readonly deeds: CustomerDeeds;
}
