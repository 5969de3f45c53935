import { type Learner, learnRanking, rankingDefaults, type TrainTrees } from '../../ranking/learn-ranking.ts';
import { rankerOf } from '../../ranking/ranker-of.ts';
import type { MakeScorer } from '../../ranking/row-scorer.ts';
import type { CartMethod, NextBasketMethod } from '../method.ts';
import { anonymousOf, historiesOf } from '../sales.ts';
import { cartsBy, nextBasketsBy } from './ranked-lists.ts';

/** What learning and scoring need from outside. */
export interface RankingTools {
  readonly train: TrainTrees;
  readonly makeScorer: MakeScorer;
}

/** What our own ways to rank are called. */
export const ownNames: Readonly<Record<Learner, string>> = {
  trees: 'pairwell',
  logistic: 'pairwell-logistic',
};

/**
 * The ranking of offers as training learns it, of those who come with an empty cart: by trees, or by the plain alternative, a logistic
 * model.
 */
export function learnedNextBasket(
  { train, makeScorer }: RankingTools,
  learner: Learner = 'trees',
): NextBasketMethod {
  return {
    name: ownNames[learner],
    async prepare(past) {
      const options = { ...rankingDefaults, kinds: ['visit'] as const, learner };
      return nextBasketsBy(rankerOf(await learnRanking(past, train, options), makeScorer), past.histories);
    },
  };
}

/** The same, of what goes with a cart. */
export function learnedCart({ train, makeScorer }: RankingTools, learner: Learner = 'trees'): CartMethod {
  return {
    name: ownNames[learner],
    async prepare(past) {
      const histories = historiesOf(past, past.customerCount);
      const options = { ...rankingDefaults, kinds: ['cart'] as const, learner };
      const shop = { histories, anonymous: anonymousOf(past), promoted: past.promoted };
      const ranking = await learnRanking(shop, train, options);
      return cartsBy(rankerOf(ranking, makeScorer), histories, 'all');
    },
  };
}
