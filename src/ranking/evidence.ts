import { type ItemTrends, itemTrends } from './item-trends.ts';
import type { PairLists } from './pair-lists.ts';
import type { PurchaseWorld } from './purchase-world.ts';
import type { RegressedLists } from './regressed-lists.ts';
import type { Shopper } from './shopper.ts';

/** What is gathered of an item, in a row of numbers. */
export const evidence = {
  purchases: 0,
  fading: 1,
  /** Numbers of the shopper's baskets, the oldest 0. */
  firstBasket: 2,
  lastBasket: 3,
  togetherConfidence: 4,
  togetherCloseness: 5,
  togetherBest: 6,
  fellowsConfidence: 7,
  fellowsCloseness: 8,
  nextConfidence: 9,
  nextCloseness: 10,
  cartConfidence: 11,
  cartCloseness: 12,
  cartBest: 13,
  cartLift: 14,
  cartFellows: 15,
  ownedWeight: 16,
  besideWeight: 17,
  cartWeight: 18,
} as const;

export const evidenceWidth = 20;

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
  /** From i × `evidenceWidth` on there is the evidence of item i, if it is a candidate. */
  readonly rows: Float32Array;
  /** The candidates: the first {@link count}. Items of the cart are among them where something else leads to them. */
  readonly candidates: Int32Array;
  count = 0;
  /** How many of them the shopper has bought before; they come first. */
  owned = 0;
  /** Whether the last question came with a cart. */
  hasCart = false;
  /** The number of the question that had the item in the cart. */
  readonly #inCart: Float64Array;
  /** Whether an item was reached in this question: its number. */
  readonly #reached: Float64Array;
  #question = 0;
  #trends: ItemTrends;

  constructor(world: PurchaseWorld) {
    this.world = world;
    this.rows = new Float32Array(world.itemCount * evidenceWidth);
    this.candidates = new Int32Array(world.itemCount);
    this.#reached = new Float64Array(world.itemCount);
    this.#inCart = new Float64Array(world.itemCount);
    this.#trends = itemTrends(world.calendar, 0, popularItems);
  }

  /** How items had sold before the day of the last question. */
  get trends(): ItemTrends {
    return this.#trends;
  }

  gather(shopper: Shopper): void {
    this.hasCart = shopper.cart.length > 0;
    this.#question++;
    this.count = 0;
    if (this.#trends.day !== shopper.today)
      this.#trends = itemTrends(this.world.calendar, shopper.today, popularItems);
    this.#addOwn(shopper);
    this.owned = this.count;
    this.#addOwned();
    // What is in the cart now tells more than what was in the baskets before.
    if (shopper.cart.length === 0) this.#addNewestBaskets(shopper);
    this.#addCart(shopper);
    const { popular } = this.#trends;
    for (let p = 0; p < popular.length; p++) this.#reach(popular[p]);
  }

  /** Where the evidence of an item begins; makes it a candidate. */
  #reach(item: number): number {
    const at = item * evidenceWidth;
    if (this.#reached[item] !== this.#question) {
      this.#reached[item] = this.#question;
      this.candidates[this.count++] = item;
      this.rows.fill(0, at, at + evidenceWidth);
    }
    return at;
  }

  #addOwn({ items, starts }: Shopper): void {
    const { rows } = this;
    const baskets = starts.length - 1;
    for (let k = 0; k < baskets; k++) {
      const age = baskets - 1 - k;
      const weight = age < mostPurchasesFaded ? fadedBy[age] : 0;
      for (let p = starts[k]; p < starts[k + 1]; p++) {
        const at = this.#reach(items[p]);
        if (rows[at + evidence.purchases]++ === 0) rows[at + evidence.firstBasket] = k;
        rows[at + evidence.fading] += weight;
        rows[at + evidence.lastBasket] = k;
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
        this.#follow(together, item, weight, evidence.togetherConfidence, evidence.togetherBest);
        this.#follow(fellows, item, weight, evidence.fellowsConfidence, -1);
        this.#follow(next, item, weight, evidence.nextConfidence, -1);
        this.#weigh(beside, item, weight, evidence.besideWeight);
      }
    }
  }

  /** Whether the cart of the last question holds an item. */
  isInCart(item: number): boolean {
    return this.#inCart[item] === this.#question;
  }

  #addCart({ cart }: Shopper): void {
    const { together, fellows, beside } = this.world;
    const { rows } = this;
    const { overall } = this.#trends;
    const weight = 1 / cart.length;
    for (let n = 0; n < cart.length; n++) {
      const item = cart[n];
      this.#inCart[item] = this.#question;
      this.#follow(together, item, weight, evidence.cartConfidence, evidence.cartBest);
      this.#weigh(beside, item, 1, evidence.cartWeight);
      for (let p = together.offsets[item]; p < together.offsets[item + 1]; p++) {
        const other = together.items[p];
        const confidence = together.confidences[p];
        rows[other * evidenceWidth + evidence.cartLift] +=
          confidence * Math.log1p(confidence / (overall[other] + leastShare));
      }
      for (let p = fellows.offsets[item]; p < fellows.offsets[item + 1]; p++) {
        const at = this.#reach(fellows.items[p]);
        rows[at + evidence.cartFellows] += weight * fellows.closenesses[p];
      }
    }
  }

  /**
   * Adds what an item leads to.
   *
   * @param into the place of the confidence; the closeness comes after it
   * @param best the place of the highest confidence; −1 where it is not wanted
   */
  #follow(
    { offsets, items, confidences, closenesses }: PairLists,
    item: number,
    weight: number,
    into: number,
    best: number,
  ): void {
    const { rows } = this;
    for (let p = offsets[item], end = offsets[item + 1]; p < end; p++) {
      const at = this.#reach(items[p]);
      const confidence = confidences[p];
      rows[at + into] += weight * confidence;
      rows[at + into + 1] += weight * closenesses[p];
      if (best >= 0 && confidence > rows[at + best]) rows[at + best] = confidence;
    }
  }

  #weigh({ offsets, items, weights }: RegressedLists, item: number, factor: number, into: number): void {
    const { rows } = this;
    for (let p = offsets[item], end = offsets[item + 1]; p < end; p++)
      rows[this.#reach(items[p]) + into] += factor * weights[p];
  }
}
