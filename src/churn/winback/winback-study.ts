import type { Words } from '../words.ts';
import type { OfferBelief } from './offer-answers.ts';
import type { WinbackOffer } from './offers.ts';
import type { OffersMadeTally } from './offers-made.ts';
import type { WinbackPlan } from './plan.ts';
import type { ReturnModel } from './return-model.ts';
import type { LifeExpected } from './second-lives.ts';

/** What `studyWinback` finds. Plain data. */
export interface WinbackStudy {
  readonly model: ReturnModel;
  readonly offers: readonly WinbackOffer[];
  /** The shares that offers win back, of all and by family of reasons (`unknown` for none). */
  readonly beliefs: readonly OfferBelief[];
  /** First lives as they were, second ones without an offer and by offer; null where nobody has left. */
  readonly firstLife: LifeExpected | null;
  readonly secondLife: LifeExpected | null;
  readonly secondLives: readonly LifeExpected[];
  /** Second lives seen, without an offer and with one. */
  readonly livesSeen: number;
  readonly livesSeenWithOffer: number;
  /** What became of the offers that the shop has made. */
  readonly offersMade: OffersMadeTally;
  /** The lost customers who have not died, by their numbers; the plan's columns are in this order. */
  readonly customer: Int32Array;
  readonly baseline: Float64Array;
  readonly relativeValue: Float64Array;
  readonly plan: WinbackPlan | null;
  readonly sentences: readonly Words[];
}
