import type { Answers } from '../../ranking/acceptance.ts';
import type { CustomersRanker } from '../../ranking/customer-rankings.ts';
import type { ShownOffers } from '../../ranking/learn-acceptance.ts';
import type { RankingLearner } from '../../ranking/learn-ranking.ts';
import type { HeldOutEvaluator } from './ranking-evaluation.ts';

/** Learns what to offer, on worker threads. */
export interface OfferLearner extends RankingLearner, HeldOutEvaluator, Pick<CustomersRanker, 'rankAll'> {
  learnAcceptance(
    shown: ShownOffers,
    hooks: { readonly signal?: AbortSignal | undefined },
  ): Promise<Answers | null>;
}
