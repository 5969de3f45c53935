import type { BoostedTrees } from '../learn/trees/boosted-trees.ts';
import { OfferRanker } from './offer-ranker.ts';
import type { Ranking } from './ranking.ts';
import type { MakeScorer } from './row-scorer.ts';
import { logisticScorer } from './signal-logistic.ts';

/** What a ranker takes for trees where a logistic model scores: no tree is in it. */
const noTrees = (features: number): BoostedTrees => ({
  features,
  baseline: 0,
  cutStarts: new Int32Array(features + 1),
  cuts: new Float64Array(0),
  treeStarts: new Int32Array(1),
  feature: new Uint16Array(0),
  cut: new Uint8Array(0),
  missingLeft: new Uint8Array(0),
  first: new Uint8Array(0),
  right: new Uint8Array(0),
  leaves: new Float64Array(0),
  means: new Float64Array(0),
});

/**
 * A ranker by whatever was learnt, trees or a logistic model.
 *
 * @param makeScorer for trees
 */
export function rankerOf(ranking: Ranking, makeScorer: MakeScorer): OfferRanker {
  const { logistic } = ranking;
  if (!logistic) return new OfferRanker(ranking, makeScorer);
  const [visit, cart] = [logistic.visit, logistic.cart].map(
    (model) => model && { model, trees: noTrees(model.coefficients.length) },
  );
  return new OfferRanker({ ...ranking, visit: visit?.trees ?? null, cart: cart?.trees ?? null }, (trees) =>
    logisticScorer((trees === visit?.trees ? visit : cart!).model),
  );
}
