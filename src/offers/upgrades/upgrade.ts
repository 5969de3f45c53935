import type { Product } from '../catalogue.ts';
import type { SegmentFavour } from './segment-favour.ts';
import type { StepCounts } from './step-counts.ts';

/** How much dearer an upgrade is: its price over that of the product, from the least to the most. */
export interface PriceRatios {
  readonly leastRatio: number;
  readonly mostRatio: number;
}

/** From what is felt as another price up to twice as dear: beyond that it is rarely the same need. */
export const defaultRatios: PriceRatios = { leastRatio: 1.05, mostRatio: 2 };

/** A quantity of the name or an attribute that the two products both have and that differs. */
export interface QuantityChange {
  /** The attribute's name, or the unit in the name, such as `#gb`: see `Quantity`. */
  readonly what: string;
  readonly from: number;
  readonly to: number;
}

/** What two products have in common. */
export interface Likeness {
  /** 0 … 1: the share of what the names, the attributes and the category say that both say. */
  readonly alikeness: number;
  readonly grows: readonly QuantityChange[];
  readonly shrinks: readonly QuantityChange[];
}

/** A dearer product for the same need. */
export interface Upgrade extends Likeness {
  readonly product: Product;
  /** Its number in the assortment. */
  readonly item: number;
  /** Its price over that of the product. */
  readonly ratio: number;
  readonly steps: StepCounts;
  /** How likely it is taken in place of the product at one visit, 0 … 1: see `StepCounts.probability`. */
  readonly probability: number;
  /** Of those who bought first one and later the other, the share who stepped up: drawn to a half where they are few. */
  readonly upShare: number;
  /** What the two are to each other by the baskets; undefined where that was not examined. */
  readonly relation: 'complement' | 'substitute' | 'unrelated' | undefined;
  /** The segment that prefers it most; undefined where none is known to. */
  readonly favouredBy: SegmentFavour | undefined;
  /** What the customer's segment makes of it; undefined without a customer, or without enough buyers. */
  readonly customerSegment: SegmentFavour | undefined;
}

/** Why there is no upgrade. */
export const emptyReasons = [
  'unknown-product',
  'not-a-product',
  'no-price',
  'nothing-to-compare',
  'none-alike',
  'none-dearer',
  'no-higher-tier',
  'none-on-sale',
] as const;
export type EmptyReason = (typeof emptyReasons)[number];

export interface Upgrades {
  /** The best first. */
  readonly upgrades: readonly Upgrade[];
  /** Why there are none; undefined where there are any. */
  readonly emptyReason: EmptyReason | undefined;
}
