import { type EvidenceGatherer, evidence, evidenceWidth } from './evidence.ts';
import type { ItemTrends } from './item-trends.ts';

/** How many candidates are ranked with all their signals: those the shopper has bought before, and those that are new. */
export interface ShortlistSizes {
  readonly owned: number;
  readonly fresh: number;
}

export const shortlistDefaults: ShortlistSizes = { owned: 40, fresh: 60 };

/** What each kind of evidence counts in the choice of the candidates that are looked at closely, by its square root. */
const weights: readonly (readonly [at: number, weight: number])[] = [
  [evidence.fading, 1.5],
  [evidence.togetherConfidence, 1],
  [evidence.togetherCloseness, 0.8],
  [evidence.fellowsConfidence, 1.8],
  [evidence.fellowsCloseness, 1.6],
  [evidence.nextConfidence, 0.8],
  [evidence.nextCloseness, 0.7],
  [evidence.cartConfidence, 3],
  [evidence.cartCloseness, 2],
  [evidence.cartBest, 2],
  [evidence.cartFellows, 2],
  [evidence.ownedWeight, 2],
  [evidence.cartWeight, 3],
];
const recentWeight = 1.2;
const latestWeight = 1.2;

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
    let owned = 0;
    let fresh = 0;
    for (let n = 0; n < count; n++) {
      const item = candidates[n];
      if (this.#gatherer.isInCart(item) || !admits(item)) continue;
      const from = item * evidenceWidth;
      let score = this.#popular[item];
      for (let w = 0; w < weights.length; w++) {
        const value = rows[from + weights[w][0]];
        if (value > 0) score += weights[w][1] * Math.sqrt(value);
      }
      this.#scores[item] = score;
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
      this.#popular[item] = recentWeight * Math.sqrt(recent[item]) + latestWeight * Math.sqrt(latest[item]);
    this.#popularOn = day;
  }
}

/**
 * Brings the `wanted` best of the first `count` items to the front, in no order; of equal ones those of a lower number.
 * Quickselect: linear on average.
 */
export function keepBest(items: Int32Array, count: number, wanted: number, scores: Float32Array): void {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = items[(low + high) >> 1];
    const pivot = scores[middle];
    let i = low;
    let j = high;
    while (i <= j) {
      while (scores[items[i]] > pivot || (scores[items[i]] === pivot && items[i] < middle)) i++;
      while (scores[items[j]] < pivot || (scores[items[j]] === pivot && items[j] > middle)) j--;
      if (i > j) break;
      const swapped = items[i];
      items[i++] = items[j];
      items[j--] = swapped;
    }
    if (wanted - 1 <= j) high = j;
    else if (wanted - 1 >= i) low = i;
    else return;
  }
}
