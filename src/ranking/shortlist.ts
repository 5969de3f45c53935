import { type EvidenceGatherer, evidence, evidenceWidth } from './evidence.ts';
import type { ItemTrends } from './item-trends.ts';
import { keepBest } from './keep-best.ts';

/** How many candidates are ranked with all their signals: those the shopper has bought before, and those that are new. */
export interface ShortlistSizes {
  readonly owned: number;
  readonly fresh: number;
}

export const shortlistDefaults: ShortlistSizes = { owned: 40, fresh: 60 };

/** What each kind of evidence counts in the choice of the candidates that are looked at closely. */
const weights = {
  fading: 1,
  togetherConfidence: 3,
  togetherCloseness: 2,
  fellowsConfidence: 5,
  fellowsCloseness: 4,
  nextConfidence: 3,
  nextCloseness: 2,
  cartConfidence: 4,
  cartCloseness: 4,
  cartBest: 2,
  cartFellows: 3,
  ownedWeight: 2,
  cartWeight: 4,
  recent: 2,
  latest: 2,
} as const;

/**
 * Chooses the candidates worth a closer look. Their evidence is rough and of one kind or another; what none of it speaks for
 * loudly would not be ranked high with all signals, either.
 */
export class Shortlister {
  readonly #gatherer: EvidenceGatherer;
  readonly #popular: Float32Array;
  #popularOn = Number.NaN;
  readonly #scores: Float32Array;
  readonly #owned: Int32Array;
  readonly #fresh: Int32Array;

  constructor(gatherer: EvidenceGatherer) {
    this.#gatherer = gatherer;
    const { itemCount } = gatherer.world;
    this.#popular = new Float32Array(itemCount);
    this.#scores = new Float32Array(itemCount);
    this.#owned = new Int32Array(itemCount);
    this.#fresh = new Int32Array(itemCount);
  }

  /**
   * Chooses from what was gathered last, nothing of the cart.
   *
   * @param admits says of an item whether it may be chosen
   * @param out gets the items, in no order
   * @returns how many were chosen
   */
  choose(sizes: ShortlistSizes, admits: (item: number) => boolean, out: Int32Array): number {
    const { rows, candidates, count, trends } = this.#gatherer;
    if (trends.day !== this.#popularOn) this.#weighPopularity(trends);
    const hasCart = this.#gatherer.hasCart;
    let owned = 0;
    let fresh = 0;
    for (let n = 0; n < count; n++) {
      const item = candidates[n];
      if (this.#gatherer.isInCart(item) || !admits(item)) continue;
      const from = item * evidenceWidth;
      this.#scores[item] = this.#popular[item] + (hasCart ? cartScore(rows, from) : visitScore(rows, from));
      if (rows[from + evidence.purchases] > 0) this.#owned[owned++] = item;
      else this.#fresh[fresh++] = item;
    }
    const kept = Math.min(owned, sizes.owned);
    keepBest(this.#owned, owned, kept, this.#scores);
    out.set(this.#owned.subarray(0, kept));
    const added = Math.min(fresh, sizes.fresh);
    keepBest(this.#fresh, fresh, added, this.#scores);
    out.set(this.#fresh.subarray(0, added), kept);
    return kept + added;
  }

  #weighPopularity({ day, recent, latest }: ItemTrends): void {
    for (let item = 0; item < recent.length; item++)
      this.#popular[item] = weights.recent * recent[item] + weights.latest * latest[item];
    this.#popularOn = day;
  }
}

function cartScore(rows: Float32Array, from: number): number {
  return (
    weights.fading * rows[from + evidence.fading] +
    weights.cartConfidence * rows[from + evidence.cartConfidence] +
    weights.cartCloseness * rows[from + evidence.cartCloseness] +
    weights.cartBest * rows[from + evidence.cartBest] +
    weights.cartFellows * rows[from + evidence.cartFellows] +
    weights.cartWeight * rows[from + evidence.cartWeight] +
    weights.ownedWeight * rows[from + evidence.ownedWeight]
  );
}

function visitScore(rows: Float32Array, from: number): number {
  return (
    weights.fading * rows[from + evidence.fading] +
    weights.togetherConfidence * rows[from + evidence.togetherConfidence] +
    weights.togetherCloseness * rows[from + evidence.togetherCloseness] +
    weights.fellowsConfidence * rows[from + evidence.fellowsConfidence] +
    weights.fellowsCloseness * rows[from + evidence.fellowsCloseness] +
    weights.nextConfidence * rows[from + evidence.nextConfidence] +
    weights.nextCloseness * rows[from + evidence.nextCloseness] +
    weights.ownedWeight * rows[from + evidence.ownedWeight]
  );
}
