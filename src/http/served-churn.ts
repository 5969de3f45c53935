import { PairwellError } from '../errors.ts';
import type { ChurnBook } from '../serving/churn-book.ts';
import type { LiveShop } from '../serving/live-shop.ts';
import { servedModel } from './served.ts';

/**
 * What the model in service knows of who leaves.
 *
 * @throws PairwellError `unavailable` before the first model, `conflict` where the model has not studied it
 */
export function churnFor(shop: LiveShop): ChurnBook {
  const { churn, version } = servedModel(shop);
  if (churn) return churn;
  throw new PairwellError(
    'conflict',
    `The model ${version} knows nothing of who leaves: it was made before that was studied. Train again (POST /v1/models).`,
    { version },
  );
}
