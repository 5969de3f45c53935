import { type BasketHistories, basketHistories } from '../../baskets/basket-histories.ts';
import { learnRanking, rankingDefaults, type TrainTrees } from '../../ranking/learn-ranking.ts';
import { type MakeScorer, OfferRanker } from '../../ranking/offer-ranker.ts';
import type { ShopBaskets } from '../../ranking/shop-baskets.ts';
import { guest, shopperOf } from '../../ranking/shopper.ts';
import type { Among, CartMethod, NextBasketMethod, PastCarts, RankedItems } from '../method.ts';

/** What learning and scoring need from outside. */
export interface RankingTools {
  readonly train: TrainTrees;
  readonly makeScorer: MakeScorer;
}

const name = 'pairwell';
/** Where what is owned may not be ranked there is room for more of the rest. */
const freshOnly = { owned: 0, fresh: 100 };
const always = (): boolean => true;

/** The ranking of offers, as training learns it. */
export function learnedNextBasket({ train, makeScorer }: RankingTools): NextBasketMethod {
  return {
    name,
    async prepare(past) {
      const ranker = new OfferRanker(
        await learnRanking(past, train, { ...rankingDefaults, kinds: ['visit'] }),
        makeScorer,
      );
      const { histories } = past;
      const { offsets, itemOffsets, items } = histories;
      return {
        hasProbabilities: true,
        rank(customer: number, k: number, among: Among, out: RankedItems, day: number): number {
          const first = offsets[customer];
          const known = offsets[customer + 1] - first;
          const shopper = shopperOf(histories, customer, known, day);
          if (among === 'all') return copied(ranker, ranker.rank(shopper, always), k, out);
          const owned = new Set(items.subarray(itemOffsets[first], itemOffsets[first + known]));
          const isNew = (item: number): boolean => !owned.has(item);
          return copied(ranker, ranker.rank(shopper, isNew, freshOnly), k, out);
        },
      };
    },
  };
}

export function learnedCart({ train, makeScorer }: RankingTools): CartMethod {
  return {
    name,
    async prepare(past) {
      const shop = shopOf(past);
      const ranker = new OfferRanker(
        await learnRanking(shop, train, { ...rankingDefaults, kinds: ['cart'] }),
        makeScorer,
      );
      const { histories } = shop;
      const { offsets } = histories;
      return {
        rank(cart: Int32Array, customer: number, k: number, out: RankedItems, day: number): number {
          const known = customer < 0 ? 0 : offsets[customer + 1] - offsets[customer];
          const shopper = known > 0 ? shopperOf(histories, customer, known, day, cart) : guest(cart, day);
          return copied(ranker, ranker.rank(shopper, always), k, out);
        },
      };
    },
  };
}

function copied({ ranked }: OfferRanker, count: number, k: number, out: RankedItems): number {
  const length = Math.min(count, k);
  out.items.set(ranked.items.subarray(0, length));
  out.probabilities.set(ranked.probabilities.subarray(0, length));
  return length;
}

/** Baskets of known customers become days of theirs. */
function shopOf({ baskets, customer, customerCount, day }: PastCarts): ShopBaskets {
  const { itemCount, offsets, items } = baskets;
  const rows = { customer: new Int32Array(items.length), day: new Int32Array(items.length), item: items };
  const anonymous: number[] = [];
  for (let b = 0; b < day.length; b++) {
    if (customer[b] < 0) anonymous.push(b);
    rows.customer.fill(customer[b], offsets[b], offsets[b + 1]);
    rows.day.fill(day[b], offsets[b], offsets[b + 1]);
  }
  const histories: BasketHistories = basketHistories(rows, customerCount, itemCount);
  const starts = new Int32Array(anonymous.length + 1);
  anonymous.forEach((b, n) => {
    starts[n + 1] = starts[n] + offsets[b + 1] - offsets[b];
  });
  const chosen = new Int32Array(starts[anonymous.length]);
  anonymous.forEach((b, n) => {
    chosen.set(items.subarray(offsets[b], offsets[b + 1]), starts[n]);
  });
  return {
    histories,
    anonymous: {
      transactions: { itemCount, offsets: starts, items: chosen },
      day: Int32Array.from(anonymous, (b) => day[b]),
    },
  };
}
