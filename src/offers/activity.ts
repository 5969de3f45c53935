/** Deeds that show interest in a product, of which the latest are remembered. */
export const interestTypes = ['view', 'click', 'add-to-cart', 'accept'] as const;

export type InterestType = (typeof interestTypes)[number];

/** Types of events that what is known of a customer's activity rests on. */
export const activityTypes = [...interestTypes, 'impression', 'dismiss', 'complaint'] as const;

export interface Interest {
  readonly type: InterestType;
  readonly product: string;
  /** Milliseconds since 1970-01-01. */
  readonly at: number;
}

/**
 * What a customer did lately, and what was shown to one, as the next offers take it into account. Products by their codes, times in
 * milliseconds since 1970-01-01. Only what is recent is kept, and of it the latest; see `ActivityBook`.
 */
export interface CustomerActivity {
  /** Another one after each event that changed something: what was worked out from the activity holds as long as it stays. */
  readonly revision: number;
  /** How often a product was shown to the customer from `since` on. */
  impressions(product: string, since: number): number;
  /** How many products were shown to the customer from `since` on, each as often as it was. */
  totalImpressions(since: number): number;
  /** The same, of those in one placement. */
  placementImpressions(placement: string, since: number): number;
  /** When the customer last waved a product away; undefined for never. */
  dismissedAt(product: string): number | undefined;
  readonly lastComplaint: number | undefined;
  /** The newest first. */
  readonly interests: readonly Interest[];
}

/** A customer of whom nothing is known. */
export const noActivity: CustomerActivity = {
  revision: 0,
  impressions: () => 0,
  totalImpressions: () => 0,
  placementImpressions: () => 0,
  dismissedAt: () => undefined,
  lastComplaint: undefined,
  interests: [],
};

/** One event of a known customer, of one product or of none. */
export interface ActivityEvent {
  /** The same event has the same one everywhere. */
  readonly id: number;
  readonly type: string;
  readonly customer: string;
  readonly product: string | null;
  readonly placement: string | null;
  /** Milliseconds since 1970-01-01. */
  readonly at: number;
}
