import type { Candidate } from './candidate.ts';
import type { RemovalDetails, RemovalReason, Removed } from './removal.ts';

/** An offer and its place. */
export interface ChosenOffer<C extends Candidate = Candidate> {
  readonly candidate: C;
  /** 1 for the first. */
  readonly position: number;
  readonly pinned: boolean;
  /** What it was ranked by: the candidate's value, boosted or buried. */
  readonly value: number;
  /** By how much; 1 for not at all. */
  readonly factor: number;
  /** The policies that boost, bury or pin it; only where that was asked for. */
  readonly policies?: readonly number[] | undefined;
}

/** A pin that holds for the request and puts nothing in its place. */
export interface SkippedPin {
  readonly policy: number;
  readonly product: string;
  readonly position: number;
  /** `unknown-product`: nothing can be offered by that code; `position-taken`: another pin has the place. */
  readonly reason: RemovalReason | 'unknown-product' | 'position-taken';
  readonly details: RemovalDetails;
}

export interface Choice<C extends Candidate = Candidate> {
  /** In order of their places. */
  readonly offers: readonly ChosenOffer<C>[];
  /** Every other candidate; only where that was asked for. */
  readonly removed: readonly Removed<C>[];
  readonly skippedPins: readonly SkippedPin[];
  /** Where nothing is offered, how many candidates each reason removed; empty where there were none. */
  readonly empty: Readonly<Partial<Record<RemovalReason, number>>> | undefined;
}
