import { type ItemTrends, itemTrends, trend, trendWidth } from './item-trends.ts';
import type { PairLists } from './pair-lists.ts';
import type { PurchaseWorld } from './purchase-world.ts';
import type { RegressedLists } from './regressed-lists.ts';
import type { Shopper } from './shopper.ts';

/**
 * What is gathered of an item, in a row of numbers. What comes of a cart and what comes of the newest baskets is never gathered
 * together, so that both share places.
 */
export const evidence = {
  purchases: 0,
  fading: 1,
  /** Numbers of the shopper's baskets, the oldest 0. */
  firstBasket: 2,
  lastBasket: 3,
  ownedWeight: 4,
  // Without a cart.
  besideWeight: 5,
  togetherConfidence: 6,
  togetherCloseness: 7,
  togetherBest: 8,
  fellowsConfidence: 9,
  fellowsCloseness: 10,
  nextConfidence: 11,
  nextCloseness: 12,
  // With a cart.
  cartWeight: 5,
  cartConfidence: 6,
  cartCloseness: 7,
  cartBest: 8,
  cartLift: 9,
  cartFellows: 10,
} as const;

/** A row is as long as a cache line. */
export const evidenceWidth = 16;

/** How many of the shopper's newest baskets lead to other items. */
const leadingBaskets = 5;
/** How many of the items in them, and of all that the shopper has bought: a bound on time. */
const leadingItems = 30;
const leadingOwned = 100;
/** What an older basket counts in terms of the one after it. */
const fade = 0.8;
/** How many popular items are candidates for everybody. */
const popularItems = 60;
/** Keeps the lift of an item that has not sold before the day of the question within bounds. */
const leastShare = 1e-4;
const mostPurchasesFaded = 32;
const fadedBy: Float64Array = Float64Array.from({ length: mostPurchasesFaded }, (_, age) => fade ** age);

/**
 * Gathers what speaks for each item that anything speaks for, given a shopper. Holds work arrays as large as the shop's range:
 * one question at a time.
 */
export class EvidenceGatherer {
  readonly world: PurchaseWorld;
  /** The evidence of the n-th candidate lies from n × `evidenceWidth` on. */
  readonly values: Float32Array;
  /** The candidates: the first {@link count}. Items of the cart are among them where something else leads to them. */
  readonly candidates: Int32Array;
  count = 0;
  /** How many of them the shopper has bought before; they come first. */
  owned = 0;
  /** Whether the last question came with a cart. */
  hasCart = false;
  /** The number of the question that had the item in the cart. */
  readonly #inCart: Float64Array;
  #question = 0;
  /** Where the item is among the candidates; −1 where it is none. */
  readonly #places: Int32Array;
  #trends: ItemTrends;

  constructor(world: PurchaseWorld) {
    const { itemCount } = world;
    this.world = world;
    // The last row stays empty: that of items that are no candidates.
    this.values = new Float32Array((itemCount + 1) * evidenceWidth);
    this.candidates = new Int32Array(itemCount);
    this.#places = new Int32Array(itemCount).fill(-1);
    this.#inCart = new Float64Array(itemCount);
    this.#trends = itemTrends(world.calendar, 0, popularItems);
  }

  /** How items had sold before the day of the last question. */
  get trends(): ItemTrends {
    return this.#trends;
  }

  /** Where the evidence of an item begins in {@link values}. */
  rowOf(item: number): number {
    const place = this.#places[item];
    return (place < 0 ? this.world.itemCount : place) * evidenceWidth;
  }

  /** Whether the cart of the last question holds an item. */
  isInCart(item: number): boolean {
    return this.#inCart[item] === this.#question;
  }

  gather(shopper: Shopper): void {
    this.#clear();
    this.hasCart = shopper.cart.length > 0;
    if (this.#trends.day !== shopper.today)
      this.#trends = itemTrends(this.world.calendar, shopper.today, popularItems);
    this.#addOwn(shopper);
    this.owned = this.count;
    this.#addOwned();
    // What is in the cart now tells more than what was in the baskets before.
    if (this.hasCart) this.#addCart(shopper);
    else this.#addNewestBaskets(shopper);
    const { popular } = this.#trends;
    for (let p = 0; p < popular.length; p++) this.#reach(popular[p]);
  }

  #clear(): void {
    this.values.fill(0, 0, this.count * evidenceWidth);
    for (let n = 0; n < this.count; n++) this.#places[this.candidates[n]] = -1;
    this.#question++;
    this.count = 0;
  }

  /** Where the evidence of an item begins; makes it a candidate. */
  #reach(item: number): number {
    const place = this.#places[item];
    return (place < 0 ? this.#add(item) : place) * evidenceWidth;
  }

  #add(item: number): number {
    const place = this.count++;
    this.candidates[place] = item;
    this.#places[item] = place;
    return place;
  }

  #addOwn({ items, starts }: Shopper): void {
    const { values } = this;
    const baskets = starts.length - 1;
    for (let k = 0; k < baskets; k++) {
      const age = baskets - 1 - k;
      const weight = age < mostPurchasesFaded ? fadedBy[age] : 0;
      for (let p = starts[k]; p < starts[k + 1]; p++) {
        const at = this.#reach(items[p]);
        if (values[at + evidence.purchases]++ === 0) values[at + evidence.firstBasket] = k;
        values[at + evidence.fading] += weight;
        values[at + evidence.lastBasket] = k;
      }
    }
  }

  /** Adds what the shopper has bought leads to; of very many items those that were new to the shopper last. */
  #addOwned(): void {
    const { owned } = this.world;
    const first = Math.max(0, this.owned - leadingOwned);
    for (let n = first; n < this.owned; n++) this.#weigh(owned, this.candidates[n], 1, evidence.ownedWeight);
  }

  #addNewestBaskets({ items, starts }: Shopper): void {
    const baskets = starts.length - 1;
    const first = Math.max(0, baskets - leadingBaskets);
    const end = starts[baskets];
    // Of what would be too many the oldest are passed over, of one basket those of a lower number.
    const from = Math.max(starts[first], end - leadingItems);
    let total = 0;
    for (let k = first; k < baskets; k++)
      total += Math.max(0, starts[k + 1] - Math.max(from, starts[k])) * fadedBy[baskets - 1 - k];
    const { together, fellows, next, beside } = this.world;
    for (let k = first; k < baskets; k++) {
      const weight = fadedBy[baskets - 1 - k] / total;
      for (let p = Math.max(from, starts[k]); p < starts[k + 1]; p++) {
        const item = items[p];
        this.#followBest(together, item, weight, evidence.togetherConfidence);
        this.#follow(fellows, item, weight, evidence.fellowsConfidence);
        this.#follow(next, item, weight, evidence.nextConfidence);
        this.#weigh(beside, item, weight, evidence.besideWeight);
      }
    }
  }

  #addCart({ cart }: Shopper): void {
    const { together, fellows, beside } = this.world;
    const { values } = this;
    const trends = this.#trends.rows;
    const weight = 1 / cart.length;
    for (let n = 0; n < cart.length; n++) {
      const item = cart[n];
      this.#inCart[item] = this.#question;
      this.#followBest(together, item, weight, evidence.cartConfidence);
      this.#weigh(beside, item, 1, evidence.cartWeight);
      for (let p = together.offsets[item], end = together.offsets[item + 1]; p < end; p++) {
        const other = together.items[p];
        const confidence = together.confidences[p];
        const share = trends[other * trendWidth + trend.overall] + leastShare;
        values[this.#reach(other) + evidence.cartLift] += confidence * Math.log1p(confidence / share);
      }
      for (let p = fellows.offsets[item], end = fellows.offsets[item + 1]; p < end; p++)
        values[this.#reach(fellows.items[p]) + evidence.cartFellows] += weight * fellows.closenesses[p];
    }
  }

  /**
   * Adds what an item leads to.
   *
   * @param into the place of the confidence; the closeness comes after it
   */
  #follow(
    { offsets, items, confidences, closenesses }: PairLists,
    item: number,
    weight: number,
    into: number,
  ): void {
    // Held in variables, as fields would be read again for each pair.
    const { values } = this;
    const places = this.#places;
    for (let p = offsets[item], end = offsets[item + 1]; p < end; p++) {
      const other = items[p];
      let place = places[other];
      if (place < 0) place = this.#add(other);
      const at = place * evidenceWidth + into;
      values[at] += weight * confidences[p];
      values[at + 1] += weight * closenesses[p];
    }
  }

  /** The same, and the highest confidence after the closeness. */
  #followBest(
    { offsets, items, confidences, closenesses }: PairLists,
    item: number,
    weight: number,
    into: number,
  ): void {
    const { values } = this;
    const places = this.#places;
    for (let p = offsets[item], end = offsets[item + 1]; p < end; p++) {
      const other = items[p];
      let place = places[other];
      if (place < 0) place = this.#add(other);
      const at = place * evidenceWidth + into;
      const confidence = confidences[p];
      values[at] += weight * confidence;
      values[at + 1] += weight * closenesses[p];
      if (confidence > values[at + 2]) values[at + 2] = confidence;
    }
  }

  #weigh({ offsets, items, weights }: RegressedLists, item: number, factor: number, into: number): void {
    const { values } = this;
    const places = this.#places;
    for (let p = offsets[item], end = offsets[item + 1]; p < end; p++) {
      const other = items[p];
      let place = places[other];
      if (place < 0) place = this.#add(other);
      values[place * evidenceWidth + into] += factor * weights[p];
    }
  }
}
