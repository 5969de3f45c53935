import { type BasketHistories, historyCount } from '../baskets/basket-histories.ts';
import type { OfferRanker } from './offer-ranker.ts';
import { rankerOf } from './ranker-of.ts';
import type { Ranking } from './ranking.ts';
import type { MakeScorer } from './row-scorer.ts';
import { shopperOf } from './shopper.ts';
import type { ShortlistSizes } from './shortlist.ts';

/** How many candidates of a customer without a cart are looked at closely, and how many of them are kept at most. */
export const visitSizes: ShortlistSizes = { owned: 40, fresh: 60 };
export const visitKept: ShortlistSizes = { owned: 16, fresh: 32 };

/**
 * What customers who come with an empty cart on a day are likely to buy. Customer c has the entries `offsets[c]` … `offsets[c + 1] - 1`:
 * first `ownedCounts[c]` items that they have bought before, then such as are new to them, each the most probable first. Customers
 * without a basket have none.
 */
export interface CustomerRankings {
  /** Since 1970-01-01. */
  readonly day: number;
  readonly offsets: Int32Array;
  readonly items: Int32Array;
  /** By entry: how likely it is bought, above 0 and below 1. */
  readonly probabilities: Float32Array;
  readonly ownedCounts: Int32Array;
}

/** Customers from `from` on, up to `to` (not included). */
export interface CustomerRange {
  readonly from: number;
  readonly to: number;
}

/** Who is asked about, and when. Plain data, for threads. */
export interface RankedCustomers {
  readonly ranking: Ranking;
  /** With items as in the ranking. */
  readonly histories: BasketHistories;
  /** The day of the question, since 1970-01-01. */
  readonly day: number;
}

export interface RankingHooks {
  readonly signal?: AbortSignal | undefined;
  /** Called with the share of the customers that are done, ascending to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** Ranks what all customers may want, elsewhere than on the caller's thread. */
export interface CustomersRanker {
  /**
   * Part by part in the order of the customers, at most a few parts ahead of who takes them, so that any number of customers can be
   * gone through in bounded memory.
   */
  parts(
    asked: RankedCustomers,
    hooks?: RankingHooks,
  ): AsyncGenerator<{ range: CustomerRange; rankings: CustomerRankings }>;
  /** Those of all customers together. */
  rankAll(asked: RankedCustomers, hooks?: RankingHooks): Promise<CustomerRankings>;
}

/** Ranks what customers without a cart may want, as `OfferRanker` does. Holds work arrays as large as the shop's range. */
export class CustomerRanker {
  readonly #asked: RankedCustomers;
  readonly #ranker: OfferRanker;
  readonly #admits: (item: number) => boolean;

  /**
   * @param makeScorer for trees
   * @param admits says of an item whether it may be ranked; all by default
   */
  constructor(
    asked: RankedCustomers,
    makeScorer: MakeScorer,
    admits: (item: number) => boolean = () => true,
  ) {
    this.#asked = asked;
    this.#ranker = rankerOf(asked.ranking, makeScorer);
    this.#admits = admits;
  }

  get customers(): number {
    return historyCount(this.#asked.histories);
  }

  /** The rankings of a range of customers, the first of whom is customer 0 in the answer. */
  rankCustomers({ from, to }: CustomerRange): CustomerRankings {
    const { histories, day } = this.#asked;
    const most = (to - from) * (visitKept.owned + visitKept.fresh);
    const items = new Int32Array(most);
    const probabilities = new Float32Array(most);
    const offsets = new Int32Array(to - from + 1);
    const ownedCounts = new Int32Array(to - from);
    const { ranked } = this.#ranker;
    let end = 0;
    for (let customer = from; customer < to; customer++) {
      const baskets = histories.offsets[customer + 1] - histories.offsets[customer];
      if (baskets > 0) {
        const shopper = shopperOf(histories, customer, baskets, day);
        const count = this.#ranker.rank(shopper, this.#admits, visitSizes);
        const start = end;
        for (const isOwned of [1, 0]) {
          const limit = end + (isOwned === 1 ? visitKept.owned : visitKept.fresh);
          for (let n = 0; n < count && end < limit; n++) {
            if (ranked.isOwned[n] !== isOwned) continue;
            items[end] = ranked.items[n];
            probabilities[end++] = ranked.probabilities[n];
          }
          if (isOwned === 1) ownedCounts[customer - from] = end - start;
        }
      }
      offsets[customer - from + 1] = end;
    }
    return {
      day,
      offsets,
      items: items.slice(0, end),
      probabilities: probabilities.slice(0, end),
      ownedCounts,
    };
  }
}

/** The rankings of ranges of customers that follow each other, as one. */
export function joinedRankings(day: number, parts: readonly CustomerRankings[]): CustomerRankings {
  const total = (lengthOf: (part: CustomerRankings) => number): number =>
    parts.reduce((sum, part) => sum + lengthOf(part), 0);
  const entries = total(({ items }) => items.length);
  const customers = total(({ ownedCounts }) => ownedCounts.length);
  const joined = {
    day,
    offsets: new Int32Array(customers + 1),
    items: new Int32Array(entries),
    probabilities: new Float32Array(entries),
    ownedCounts: new Int32Array(customers),
  };
  let customer = 0;
  let entry = 0;
  for (const { offsets, items, probabilities, ownedCounts } of parts) {
    for (let c = 1; c < offsets.length; c++) joined.offsets[customer + c] = entry + offsets[c];
    joined.items.set(items, entry);
    joined.probabilities.set(probabilities, entry);
    joined.ownedCounts.set(ownedCounts, customer);
    customer += ownedCounts.length;
    entry += items.length;
  }
  return joined;
}
