import type { BasketHistories } from '../baskets/basket-histories.ts';
import { gateVerdict } from '../evaluate/held-out/gate.ts';
import type { OfferLearner } from '../evaluate/held-out/offer-learner.ts';
import type { LearntOffers } from '../model/build-model.ts';
import { rankingDefaults } from '../ranking/learn-ranking.ts';
import type { ModelEvaluation } from '../ranking/ranking-evaluation.ts';
import { lastSaleDay } from '../ranking/sales-calendar.ts';
import type { ShopBaskets } from '../ranking/shop-baskets.ts';
import { type PreviousModel, previousRanking } from './previous-model.ts';
import type { TrainSettings } from './settings.ts';

export interface LearntWithFigures extends Omit<LearntOffers, 'answers'> {
  readonly evaluation: ModelEvaluation;
}

/**
 * Learns the ranking of offers, works out what it says of each customer on the day after the newest sale, and holds it against baselines
 * and the ranking in service.
 *
 * @param itemCodes by item of the shop
 */
export async function learnOffers(
  learner: OfferLearner,
  shop: ShopBaskets,
  itemCodes: readonly string[],
  previous: PreviousModel | undefined,
  { learner: kind, gate }: TrainSettings['ranking'],
  hooks: { readonly signal?: AbortSignal | undefined },
): Promise<LearntWithFigures> {
  const learnt = await learner.learnRanking(shop, { ...rankingDefaults, learner: kind }, hooks);
  const { ranking } = learnt;
  const before = previous ? previousRanking(previous, itemCodes) : null;
  const evaluated = await learner.evaluate(shop, learnt, before, hooks);
  const visits = await visitsOf(learner, ranking, shop.histories, hooks);
  return {
    ranking,
    visits,
    evaluation: {
      ranking: evaluated,
      gate: gateVerdict(evaluated, before ? previous?.version : undefined, !gate),
    },
  };
}

async function visitsOf(
  learner: OfferLearner,
  ranking: NonNullable<LearntOffers['ranking']>,
  histories: BasketHistories,
  hooks: { readonly signal?: AbortSignal | undefined },
): Promise<LearntOffers['visits']> {
  if ((ranking.logistic ?? ranking).visit === null) return null;
  return learner.rankAll({ ranking, histories, day: lastSaleDay(ranking.world.calendar) + 1 }, hooks);
}
