import type { ClusterChoice } from '../../learn/kmeans/choose-clusters.ts';
import type { DroppedFeature } from './feature-matrix.ts';
import type { Feature } from './features.ts';
import type { ProductKinds } from './product-kinds.ts';
import type { ScaledFeature } from './scaling.ts';
import type { Words } from './words.ts';

/** Which segment is which, for as long as the shop keeps training. */
export interface NamedSegment {
  /** From 1 on; that of a segment that is gone is not given again. */
  readonly id: number;
  readonly name: Words;
}

/** All that it takes to place a customer. Plain data. */
export interface BehaviourModel {
  /** By item of the model that it was trained with. */
  readonly kinds: ProductKinds;
  /** By kind, then of everything: the median price of the lines. */
  readonly usualPrice: Float64Array;
  /** The names of the channels that have a feature. */
  readonly channels: readonly string[];
  /** Those that are used, by column of the centres. */
  readonly features: readonly ScaledFeature[];
  /** By segment, row by row. */
  readonly centres: Float32Array;
  readonly segments: readonly NamedSegment[];
  /** For the next new segment. */
  readonly nextId: number;
}

/** How a segment differs from all other customers in one feature. The averages are of a kind and in the feature's unit. */
export interface Trait extends Pick<Feature, 'name' | 'block' | 'unit' | 'label'> {
  /** Of the segment's customers. */
  readonly here: number;
  /** Of all other customers. */
  readonly elsewhere: number;
  /** Of all customers. */
  readonly shop: number;
  /** Geometric of what is skewed; of figures that may be 0 it is that of 1 + the figure, less 1. */
  readonly average: 'mean' | 'geometric';
  /** Whether each customer's figure was drawn to the shop's mean before, the more the less it rests on. */
  readonly isDrawn: boolean;
  /** Whether it had a part in making the segments; what had none is told of them and names none. */
  readonly isClustered: boolean;
  /** The difference of the means on the feature's scale, in standard deviations of all customers (Cohen's d). */
  readonly difference: number;
  /** The same in spreads of the customers' figures before they are drawn: next to nothing where hardly anything of these is habit. */
  readonly distance: number;
}

/** What a segment's orders hold more often than the shop's do. */
export interface BehaviourLift {
  /** An item or a kind of items. */
  readonly number: number;
  readonly name: string;
  /** The segment's orders with it, and its customers who had it. */
  readonly orders: number;
  readonly customers: number;
  /** Of the segment's orders, and of all orders of known customers. */
  readonly share: number;
  readonly shopShare: number;
  /** One over the other. */
  readonly lift: number;
}

export interface BehaviourSegment extends NamedSegment {
  readonly sentence: Words;
  readonly customers: number;
  readonly customerShare: number;
  readonly orders: number;
  readonly orderShare: number;
  /** Net of returns and discounts. */
  readonly revenue: number;
  /** Null where the shop's revenue is not above 0. */
  readonly revenueShare: number | null;
  /** The mean of how sure the customers' places are, 0 … 1. */
  readonly sureness: number;
  /** All features, the greatest difference first; none where there is one segment. */
  readonly traits: readonly Trait[];
  /** The best by orders × ln lift. */
  readonly categories: readonly BehaviourLift[];
  readonly products: readonly BehaviourLift[];
}

/** Why there is one segment, or fewer than were asked for. */
export interface BehaviourNote {
  readonly code: 'no-customers' | 'too-few-customers' | 'all-alike' | 'fewer-than-asked';
  readonly words: Words;
}

/** What became of a segment since the earlier model. */
export interface SegmentMatch {
  readonly id: number;
  readonly status: 'kept' | 'new' | 'gone';
  /** Customers in both models: who are in it now, who were in it, who are and were. */
  readonly now: number;
  readonly before: number;
  readonly both: number;
  /** `both` over all who are or were (Jaccard); null for none of them. */
  readonly overlap: number | null;
}

/** For people to read: plain JSON. */
export interface BehaviourReport {
  /** Customers with an order, all of which are in a segment. */
  readonly customers: number;
  readonly kinds: { readonly source: ProductKinds['source']; readonly names: readonly string[] };
  /** The largest first; as the segments of the model. */
  readonly segments: readonly BehaviourSegment[];
  /** How their number was chosen; null where it was given. */
  readonly choice: ClusterChoice | null;
  /** What is looked at, with what a customer's own figure rests on and how much of that it takes to say as much as the shop's. */
  readonly features: readonly Pick<
    ScaledFeature,
    'name' | 'block' | 'unit' | 'label' | 'evidence' | 'prior'
  >[];
  /** Features in which all customers are alike. */
  readonly dropped: readonly DroppedFeature[];
  readonly notes: readonly BehaviourNote[];
  /** Against the earlier model; null without one. */
  readonly matches: readonly SegmentMatch[] | null;
}

/** What customers did themselves in the features that set segments apart most. */
export interface OwnTraits {
  /** Positions in the model's features. */
  readonly features: readonly number[];
  /** By customer, then by one of these: the own figure on the feature's scale, before it is drawn anywhere. */
  readonly values: Float32Array;
  /** What each rests on, in the feature's evidence: 0 where the customer has shown nothing of it yet. */
  readonly evidence: Float32Array;
}

export interface Behaviour {
  readonly model: BehaviourModel;
  readonly report: BehaviourReport;
  /** By customer: the position of the segment, or −1 for one without an order. */
  readonly segmentOf: Int16Array;
  /** By customer: how sure that is, 0 … 1; see `Nearest`. */
  readonly sureness: Float32Array;
  readonly own: OwnTraits;
}
