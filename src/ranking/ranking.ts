import type { PlattCalibration } from '../learn/calibration.ts';
import type { BoostedTrees } from '../learn/trees/boosted-trees.ts';
import type { PurchaseWorld } from './purchase-world.ts';
import type { SignalLogistic } from './signal-logistic.ts';

/** What was learnt of one kind of question each. */
export interface ByKind<Learnt> {
  /** Of who comes with an empty cart; null where too few customers have come back to learn from. */
  readonly visit: Learnt | null;
  /** Of what goes with a cart; null where too few baskets hold two items and more. */
  readonly cart: Learnt | null;
}

/** What ranks offers: what all baskets say, and what was learnt of how to weigh it. Plain data: it is stored in the model. */
export interface Ranking extends ByKind<BoostedTrees> {
  readonly world: PurchaseWorld;
  /** Where logistic models were chosen: they stand here, and there are no trees. */
  readonly logistic?: ByKind<SignalLogistic> | null;
  /** What a score of visits says of any pair of customer and item, were it chosen for a closer look or not. */
  readonly open?: PlattCalibration | null;
}
