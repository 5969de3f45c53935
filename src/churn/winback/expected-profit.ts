import type { WinbackOffer } from './offers.ts';

/** What an offer to each of the lost customers rests on. */
export interface OfferStakes {
  readonly offers: readonly Pick<WinbackOffer, 'cost' | 'costKind'>[];
  /** By customer: the chance of coming back without an offer. */
  readonly baseline: Float64Array;
  /** By customer, then offer: with it. */
  readonly chance: Float64Array;
  /** By customer: the worth of a second life beside that of the shop's returners. */
  readonly relative: Float64Array;
  /** By offer: the profit of a returner's second life before the cost of the offer, in money. */
  readonly lives: readonly number[];
}

/** By customer, then offer. */
export interface ExpectedProfits {
  /** How many more come back for it: the chance with the offer less that without. */
  readonly extra: Float64Array;
  /** What the offer is expected to cost, in money. */
  readonly spend: Float64Array;
  /** What it is expected to bring beyond what would come without it, less its cost, in money. */
  readonly profit: Float64Array;
}

/**
 * What each offer to each customer is expected to bring: (chance with it − chance without) × its second life × the customer's relative
 * worth − cost. Only the increment counts: who would have come back anyway is taken to live no longer for the offer. An offer that costs
 * on return costs for everybody who comes back with it, those included: that is what the increment has to pay for.
 */
export function expectedProfits(stakes: OfferStakes): ExpectedProfits {
  const { offers, baseline, chance, relative, lives } = stakes;
  const extra = new Float64Array(chance.length);
  const spend = new Float64Array(chance.length);
  const profit = new Float64Array(chance.length);
  for (let c = 0, at = 0; c < baseline.length; c++) {
    for (const [o, { cost, costKind }] of offers.entries()) {
      extra[at] = chance[at] - baseline[c];
      spend[at] = costKind === 'contact' ? cost : chance[at] * cost;
      profit[at] = relative[c] * extra[at] * lives[o] - spend[at];
      at++;
    }
  }
  return { extra, spend, profit };
}
