import { fromPairs } from '../baskets/from-pairs.ts';
import { type Holders, holdersOf } from '../baskets/holders.ts';
import type { Transactions } from '../baskets/transactions.ts';
import { liftShows, promotionInfluence } from '../rules/influences.ts';
import type { Strata } from '../stats/strata.ts';
import { allBaskets, allDays, type PromotedDays, type ShopBaskets } from './shop-baskets.ts';

/** Whether two items make a pair of some kind; their order does not matter. */
export type IsPair = (one: number, other: number) => boolean;

/**
 * Tells pairs of items that promotions alone brought into the same baskets, as {@link promotionInfluence} tells it of rules: they are
 * no preference, so that the one is no evidence for the other. Inside the promotion are the days on which one of the two was on
 * promotion.
 *
 * @returns undefined where nothing was on promotion: there are no such pairs then
 */
export function promotionPairs(shop: ShopBaskets): IsPair | undefined {
  const { promoted } = shop;
  if (!promoted || promoted.items.length === 0) return undefined;
  const { itemCount } = shop.histories;
  const judge = new PairJudge(allBaskets(shop), allDays(shop), promoted);
  // Each pair is asked about from either side, and for several lists.
  const known = new Map<number, boolean>();
  return (one, other) => {
    if (one === other || !judge.couldTell(one, other)) return false;
    const key = Math.min(one, other) * itemCount + Math.max(one, other);
    let answer = known.get(key);
    if (answer === undefined) {
      answer = judge.isMadeByPromotions(one, other);
      known.set(key, answer);
    }
    return answer;
  };
}

/** Baskets with both items of a pair, with the one and with the other, and with or without them. */
interface Counts {
  readonly both: number;
  readonly left: number;
  readonly right: number;
  readonly all: number;
}

/** Holds work arrays: one pair at a time; fastest when many in a row have the same first item. */
class PairJudge {
  readonly #holders: Holders;
  /** In the places of the holders' bags: the day. Days are numbered as they first come. */
  readonly #days: Int32Array;
  /** By day: how many baskets it has. */
  readonly #sizes: Int32Array;
  readonly #basketCount: number;
  /** By item: the days on which it was on promotion, those alone that have baskets. */
  readonly #promoted: Transactions;
  /** By item: how many baskets these days have. */
  readonly #reached: Int32Array;
  /** By day: 1 where one of the pair is on promotion. */
  readonly #isInside: Uint8Array;
  /** The first item of the pair; by basket 1 where it holds it, by day how many do. */
  #first = -1;
  readonly #hasFirst: Uint8Array;
  readonly #withFirst: Int32Array;

  constructor(baskets: Transactions, days: Int32Array, { items, days: promotedDays }: PromotedDays) {
    const numbers = new Map<number, number>();
    for (const day of days) if (!numbers.has(day)) numbers.set(day, numbers.size);
    const dayOf = days.map((day) => numbers.get(day)!);
    const hasBaskets = (_: number, n: number): boolean => numbers.has(promotedDays[n]);
    this.#holders = holdersOf(baskets);
    this.#days = this.#holders.bags.map((basket) => dayOf[basket]);
    this.#sizes = new Int32Array(numbers.size);
    for (const day of dayOf) this.#sizes[day]++;
    this.#basketCount = days.length;
    this.#promoted = fromPairs(
      items.filter(hasBaskets),
      promotedDays.filter(hasBaskets).map((day) => numbers.get(day)!),
      baskets.itemCount,
      numbers.size,
      { shared: false },
    );
    this.#reached = Int32Array.from({ length: baskets.itemCount }, (_, item) =>
      this.#promotedDays(item).reduce((sum, day) => sum + this.#sizes[day], 0),
    );
    this.#isInside = new Uint8Array(numbers.size);
    this.#hasFirst = new Uint8Array(days.length);
    this.#withFirst = new Int32Array(numbers.size);
  }

  /** Whether there was a promotion, and perhaps enough outside of it; no pair that this denies is made by promotions. */
  couldTell(first: number, second: number): boolean {
    const reached = this.#reached[first] + this.#reached[second];
    if (reached === 0) return false;
    // No fewer baskets are outside, and no more of them hold the items.
    const fewest = this.#basketCount - reached;
    return fewest <= 0 || liftShows(this.#countOf(first), this.#countOf(second), fewest);
  }

  isMadeByPromotions(first: number, second: number): boolean {
    if (first !== this.#first) this.#setFirst(first);
    const pair = [first, second];
    let [left, all] = [0, 0];
    for (const item of pair) {
      for (const day of this.#promotedDays(item)) {
        if (this.#isInside[day] === 1) continue;
        this.#isInside[day] = 1;
        left += this.#withFirst[day];
        all += this.#sizes[day];
      }
    }
    const isOfPromotions = this.#isOnlyInside(second, { left, all });
    for (const item of pair) for (const day of this.#promotedDays(item)) this.#isInside[day] = 0;
    return isOfPromotions;
  }

  /** @param inside of the first item */
  #isOnlyInside(second: number, inside: Pick<Counts, 'left' | 'all'>): boolean {
    const left = this.#countOf(this.#first) - inside.left;
    const all = this.#basketCount - inside.all;
    // Again no more can hold the second one; to count them takes longest.
    if (!liftShows(left, this.#countOf(second), all)) return false;
    const { offsets, bags } = this.#holders;
    let [both, bothInside, rightInside] = [0, 0, 0];
    for (let h = offsets[second]; h < offsets[second + 1]; h++) {
      const isInside = this.#isInside[this.#days[h]];
      const isBoth = this.#hasFirst[bags[h]];
      both += isBoth;
      bothInside += isInside & isBoth;
      rightInside += isInside;
    }
    const right = this.#countOf(second) - rightInside;
    if (!liftShows(left, right, all)) return false;
    const cells = strataOf(
      { both: both - bothInside, left, right, all },
      { both: bothInside, right: rightInside, ...inside },
    );
    return promotionInfluence(cells, Int32Array.of(0, 1)).verdict === 'only-in-promotion';
  }

  #setFirst(item: number): void {
    const { offsets, bags } = this.#holders;
    if (this.#first >= 0)
      for (let h = offsets[this.#first]; h < offsets[this.#first + 1]; h++) this.#hasFirst[bags[h]] = 0;
    this.#withFirst.fill(0);
    for (let h = offsets[item]; h < offsets[item + 1]; h++) {
      this.#hasFirst[bags[h]] = 1;
      this.#withFirst[this.#days[h]]++;
    }
    this.#first = item;
  }

  #promotedDays(item: number): Int32Array {
    const { offsets, items } = this.#promoted;
    return items.subarray(offsets[item], offsets[item + 1]);
  }

  #countOf(item: number): number {
    return this.#holders.offsets[item + 1] - this.#holders.offsets[item];
  }
}

/** A stratum of each. */
function strataOf(...strata: readonly Counts[]): Strata {
  const column = (cell: (counts: Counts) => number): Int32Array => Int32Array.from(strata, cell);
  return {
    n11: column(({ both }) => both),
    n10: column(({ both, left }) => left - both),
    n01: column(({ both, right }) => right - both),
    n00: column(({ both, left, right, all }) => all - left - right + both),
  };
}
