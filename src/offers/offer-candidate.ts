import type { Cause } from './cause.ts';
import type { Candidate } from './policies/candidate.ts';
import type { ChosenOffer, SkippedPin } from './policies/choice.ts';
import type { RemovalReason, Removed } from './policies/removal.ts';

/** A candidate, and what made it one. */
export interface OfferCandidate extends Candidate {
  /** The probability before answers were learnt from: what the next training wants to hear of offers that were shown. */
  readonly chance: number;
  readonly cause: Cause;
}

export type Offer = ChosenOffer<OfferCandidate>;

export interface Offers {
  /** The best first, but for pins. */
  readonly offers: readonly Offer[];
  /** Which popularity list filled places that nothing else could; undefined when none had to. */
  readonly fallback: { source: 'segment' | 'shop'; segment?: string } | undefined;
  /** Products of the cart that neither the model nor the catalogue knows. */
  readonly unknownItems: readonly string[];
  /** Every other candidate; only where that was asked for. */
  readonly removed: readonly Removed<OfferCandidate>[];
  readonly skippedPins: readonly SkippedPin[];
  /** Where nothing is offered, how many candidates each reason removed; empty where there were none. */
  readonly empty: Readonly<Partial<Record<RemovalReason, number>>> | undefined;
}
