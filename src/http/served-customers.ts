import { PairwellError } from '../errors.ts';
import type { CustomerBook, SegmentPlace } from '../serving/customer-book.ts';
import { segmentKinds } from '../serving/customer-segments.ts';
import type { LiveShop } from '../serving/live-shop.ts';
import { servedModel } from './served.ts';

/**
 * The customers of the model in service, or those that a cursor goes on in: they stay while one more model is put into service.
 *
 * @param version of the model that the cursor belongs to
 * @throws PairwellError `unavailable` before the first model, `conflict` when the customers of the model were not studied, or the
 *   cursor's model is gone
 */
export function customersFor(shop: LiveShop, version?: number): CustomerBook {
  const { customers, version: served } = servedModel(shop);
  if (version !== undefined) {
    const kept = shop.customersOf(version);
    if (kept) return kept;
    throw new PairwellError(
      'conflict',
      `The cursor belongs to the model ${version}, which is no longer kept. Start again without a cursor.`,
      { version, served },
    );
  }
  if (customers) return customers;
  throw new PairwellError(
    'conflict',
    `The model ${served} knows nothing of the customers: it was made before they were studied. Train again (POST /v1/models).`,
    { version: served },
  );
}

/** @throws PairwellError `not-found` for an id that no segment of the model has */
export function segmentOf(book: CustomerBook, id: string): SegmentPlace {
  const found = book.segment(id);
  if (found) return found;
  const ids = segmentKinds.flatMap((kind) => book.segmentation(kind).segments.map((segment) => segment.id));
  throw new PairwellError('not-found', `There is no segment ${id}. There are ${ids.join(', ')}.`, { id });
}
