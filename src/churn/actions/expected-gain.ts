import type { EffectBelief } from './effect-belief.ts';

/** What contacting a customer is expected to come to, in money. */
export interface ExpectedGain {
  readonly gain: number;
  /** Of 95 %, for what is not known of the effect; null where the belief says none. */
  readonly low: number | null;
  readonly high: number | null;
  /** The contact, and what is given away with it. */
  readonly spend: number;
}

export interface GainStakes {
  /** That the customer leaves, 0 … 1. */
  readonly chance: number;
  /** What is still to come of one who stays, in money, > 0. */
  readonly value: number;
  readonly contactCost: number;
  /** The share of the value that is given away to whoever stays, also who would have stayed anyway: below 1, 0 for none. */
  readonly priceShare: number;
}

/**
 * The chance of leaving × the effect × the value, less the contact and less what is given away: a price is given to all who stay, not
 * only to those it keeps. It never falls with the effect, so that the ends of its interval lead to those of the gain.
 */
export function expectedGain(
  { chance, value, contactCost, priceShare }: GainStakes,
  effect: Pick<EffectBelief, 'mean' | 'low' | 'high'>,
): ExpectedGain {
  const staying = (share: number): number => Math.min(1, Math.max(0, 1 - chance * (1 - share)));
  const spendAt = (share: number): number => contactCost + priceShare * value * staying(share);
  const gainAt = (share: number): number => (staying(share) - (1 - chance)) * value - spendAt(share);
  return {
    gain: gainAt(effect.mean),
    low: gainAt(effect.low),
    high: gainAt(effect.high),
    spend: spendAt(effect.mean),
  };
}
