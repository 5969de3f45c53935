import { type Learner, learnRanking, rankingDefaults, type TrainTrees } from '../../ranking/learn-ranking.ts';
import type { MakeScorer, OfferRanker } from '../../ranking/offer-ranker.ts';
import { rankerOf } from '../../ranking/ranker-of.ts';
import { guest, shopperOf } from '../../ranking/shopper.ts';
import type { Among, CartMethod, NextBasketMethod, RankedItems } from '../method.ts';
import { anonymousOf, historiesOf } from '../sales.ts';

/** What learning and scoring need from outside. */
export interface RankingTools {
  readonly train: TrainTrees;
  readonly makeScorer: MakeScorer;
}

const names: Readonly<Record<Learner, string>> = { trees: 'pairwell', logistic: 'pairwell-logistic' };
/** Where what is owned may not be ranked there is room for more of the rest. */
const freshOnly = { owned: 0, fresh: 100 };
const always = (): boolean => true;

/**
 * The ranking of offers as training learns it, of those who come with an empty cart: by trees, or by the plain alternative, a logistic
 * model.
 */
export function learnedNextBasket(
  { train, makeScorer }: RankingTools,
  learner: Learner = 'trees',
): NextBasketMethod {
  return {
    name: names[learner],
    async prepare(past) {
      const ranker = rankerOf(
        await learnRanking(past, train, { ...rankingDefaults, kinds: ['visit'], learner }),
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

/** The same, of what goes with a cart. */
export function learnedCart({ train, makeScorer }: RankingTools, learner: Learner = 'trees'): CartMethod {
  return {
    name: names[learner],
    async prepare(past) {
      const histories = historiesOf(past, past.customerCount);
      const shop = { histories, anonymous: anonymousOf(past) };
      const ranker = rankerOf(
        await learnRanking(shop, train, { ...rankingDefaults, kinds: ['cart'], learner }),
        makeScorer,
      );
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
