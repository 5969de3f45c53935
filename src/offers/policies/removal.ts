import type { Candidate } from './candidate.ts';

/**
 * Why a candidate is not offered, as programs may branch on it; the first that applies, in this order. The last five depend on what
 * is offered instead.
 */
export const removalReasons = [
  /** The customer complained a short while ago. */
  'quiet-time',
  /** The customer was shown as many offers of the placement as they may be. */
  'customer-limit',
  /** Not in the catalogue, not a product, inactive or out of stock. */
  'unservable',
  'in-cart',
  /** By the request. */
  'excluded',
  /** Bought in place of something in the cart, and no upgrade of it. */
  'substitute-in-cart',
  /** By a policy. */
  'hidden',
  /** Not of a kind that the placement or the request takes. */
  'kind',
  /** The customer has it, and nobody buys it again. */
  'owned',
  'price',
  'margin',
  /** An up-sell at full price, to a customer who is about to leave over price. */
  'leaving-over-price',
  'dismissed',
  /** The customer was shown it often enough. */
  'repeat-limit',
  /** Offered already, as another kind. */
  'duplicate',
  /** Bought in place of something that is offered. */
  'substitute-offered',
  /** The kind has its share of the list. */
  'kind-share',
  'category-limit',
  /** Others are better. */
  'beyond-limit',
] as const;
export type RemovalReason = (typeof removalReasons)[number];

/** Figures behind a reason: plain JSON. */
export type RemovalDetails = Readonly<Record<string, unknown>>;

export interface Removed<C extends Candidate = Candidate> {
  readonly candidate: C;
  readonly reason: RemovalReason;
  readonly details: RemovalDetails;
}

/** Positions in `removalReasons` plus one, so that 0 is for what is offered. */
export const removalCode = Object.fromEntries(
  removalReasons.map((reason, position) => [reason, position + 1]),
) as Readonly<Record<RemovalReason, number>>;
