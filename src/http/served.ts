import { PairwellError } from '../errors.ts';
import type { LiveShop, ServedModel } from '../serving/live-shop.ts';
import type { RuleBook } from '../serving/rule-book.ts';

/** @throws PairwellError `unavailable` before the first model */
export function servedModel(shop: LiveShop): ServedModel {
  if (shop.served) return shop.served;
  throw new PairwellError(
    'unavailable',
    'There is no model yet. Import orders, then train (POST /v1/models).',
  );
}

/**
 * The rules of the model in service, or those that a cursor goes on in: they stay while one more model is put into service.
 *
 * @param version of the model that the cursor belongs to
 * @throws PairwellError `unavailable` before the first model, `conflict` when the cursor's model is gone
 */
export function bookFor(shop: LiveShop, version: number | undefined): RuleBook {
  const { book } = servedModel(shop);
  if (version === undefined) return book;
  const kept = shop.bookOf(version);
  if (kept) return kept;
  throw new PairwellError(
    'conflict',
    `The cursor belongs to the model ${version}, which is no longer kept. Start again without a cursor.`,
    { version, served: book.version },
  );
}
