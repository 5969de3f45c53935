import { type EvidenceGatherer, evidence, evidenceWidth } from './evidence.ts';
import { type ItemTrends, trend, trendWidth } from './item-trends.ts';
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

/** So many times as many as are wanted are held before the worse ones are dropped. */
const heldTimes = 3;

/** The best candidates of one side so far, and some more: whoever scores below `bar` is not among the best. */
class Held {
  readonly #scores: Float32Array;
  readonly #items: Int32Array;
  #wanted = 0;
  #count = 0;
  bar = 0;

  /** @param scores by item */
  constructor(scores: Float32Array) {
    this.#scores = scores;
    this.#items = new Int32Array(scores.length);
  }

  begin(wanted: number): void {
    this.#wanted = wanted;
    this.#count = 0;
    this.bar = wanted > 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }

  add(item: number): void {
    this.#items[this.#count++] = item;
    if (this.#count === heldTimes * this.#wanted) this.#drop();
  }

  /** @returns how many there are, once they are written */
  writeBest(out: Int32Array, at: number): number {
    if (this.#count > this.#wanted) this.#drop();
    for (let n = 0; n < this.#count; n++) out[at + n] = this.#items[n];
    return this.#count;
  }

  #drop(): void {
    keepBest(this.#items, this.#count, this.#wanted, this.#scores);
    this.#count = this.#wanted;
    this.bar = Number.POSITIVE_INFINITY;
    for (let n = 0; n < this.#count; n++) this.bar = Math.min(this.bar, this.#scores[this.#items[n]]);
  }
}

/**
 * Chooses the candidates worth a closer look. Their evidence is rough and of one kind or another; what none of it speaks for
 * loudly would not be ranked high with all signals, either.
 */
export class Shortlister {
  readonly #gatherer: EvidenceGatherer;
  readonly #popular: Float32Array;
  #popularOn = Number.NaN;
  readonly #scores: Float32Array;
  readonly #owned: Held;
  readonly #fresh: Held;
  /** How many of those chosen last the shopper has bought before. */
  owned = 0;

  constructor(gatherer: EvidenceGatherer) {
    this.#gatherer = gatherer;
    const { itemCount } = gatherer.world;
    this.#popular = new Float32Array(itemCount);
    this.#scores = new Float32Array(itemCount);
    this.#owned = new Held(this.#scores);
    this.#fresh = new Held(this.#scores);
  }

  /**
   * Chooses from what was gathered last, nothing of the cart.
   *
   * @param admits says of an item whether it may be chosen
   * @param out gets the items, in no order, those the shopper has bought before first
   * @returns how many were chosen
   */
  choose(sizes: ShortlistSizes, admits: (item: number) => boolean, out: Int32Array): number {
    const gatherer = this.#gatherer;
    const { count, owned, trends, hasCart } = gatherer;
    if (trends.day !== this.#popularOn) this.#weighPopularity(trends);
    this.#owned.begin(sizes.owned);
    this.#fresh.begin(sizes.fresh);
    const score = hasCart ? cartScore : visitScore;
    if (sizes.owned > 0) this.#addAll(0, owned, score, this.#owned, admits);
    if (sizes.fresh > 0) this.#addAll(owned, count, score, this.#fresh, admits);
    this.owned = this.#owned.writeBest(out, 0);
    return this.owned + this.#fresh.writeBest(out, this.owned);
  }

  #addAll(
    from: number,
    to: number,
    score: (values: Float32Array, from: number) => number,
    held: Held,
    admits: (item: number) => boolean,
  ): void {
    const gatherer = this.#gatherer;
    const { values, candidates } = gatherer;
    const popular = this.#popular;
    const scores = this.#scores;
    for (let n = from; n < to; n++) {
      const item = candidates[n];
      scores[item] = popular[item] + score(values, n * evidenceWidth);
      // Equal ones may still come before by their number.
      if (scores[item] < held.bar || gatherer.isInCart(item) || !admits(item)) continue;
      held.add(item);
    }
  }

  #weighPopularity({ day, rows }: ItemTrends): void {
    for (let item = 0; item < this.#popular.length; item++) {
      const at = item * trendWidth;
      this.#popular[item] =
        weights.recent * rows[at + trend.recent] + weights.latest * rows[at + trend.latest];
    }
    this.#popularOn = day;
  }
}

function cartScore(values: Float32Array, from: number): number {
  return (
    weights.fading * values[from + evidence.fading] +
    weights.cartConfidence * values[from + evidence.cartConfidence] +
    weights.cartCloseness * values[from + evidence.cartCloseness] +
    weights.cartBest * values[from + evidence.cartBest] +
    weights.cartFellows * values[from + evidence.cartFellows] +
    weights.cartWeight * values[from + evidence.cartWeight] +
    weights.ownedWeight * values[from + evidence.ownedWeight]
  );
}

function visitScore(values: Float32Array, from: number): number {
  return (
    weights.fading * values[from + evidence.fading] +
    weights.togetherConfidence * values[from + evidence.togetherConfidence] +
    weights.togetherCloseness * values[from + evidence.togetherCloseness] +
    weights.fellowsConfidence * values[from + evidence.fellowsConfidence] +
    weights.fellowsCloseness * values[from + evidence.fellowsCloseness] +
    weights.nextConfidence * values[from + evidence.nextConfidence] +
    weights.nextCloseness * values[from + evidence.nextCloseness] +
    weights.ownedWeight * values[from + evidence.ownedWeight]
  );
}
