import type { Database } from '../../db/database.ts';
import { customersWith } from '../../db/queries/customer-attributes.ts';
import { PairwellError } from '../errors.ts';
import { attributeOf } from '../offers/policies/segment-ids.ts';
import type { CustomerBook, SegmentPlace } from './customer-book.ts';
import { segmentKinds } from './customer-segments.ts';
import { attributeText } from './live-policies.ts';
import type { ReadSnapshot } from './read-snapshot.ts';

/**
 * The numbers of the model's customers who are in a segment, ascending; nobody who was forgotten.
 *
 * @param id of a segment of the model, or an attribute with its value, such as `newsletter=yes`; undefined for all customers
 * @throws PairwellError `not-found` for a segment that there is not, or an attribute that no customer has; `conflict` for a segment of
 *   customers who were not studied
 */
export async function customersIn(
  database: Database,
  { snapshot, model, book }: ReadSnapshot,
  id: string | undefined,
): Promise<Int32Array> {
  const { customerCodes } = model;
  const all = Int32Array.from({ length: customerCodes.size }, (_, customer) => customer).filter((customer) =>
    customerCodes.isNamed(customer),
  );
  if (id === undefined) return all;
  const attribute = attributeOf(id);
  if (!attribute) {
    const { kind, position } = placeOf(book, snapshot.version, id);
    const { segmentOf } = book!.segmentation(kind);
    return all.filter((customer) => segmentOf[customer] === position);
  }
  const isMember = new Uint8Array(customerCodes.size);
  let isKnown = false;
  for await (const customers of customersWith(database, [attribute.name])) {
    for (const { code, attributes } of customers) {
      isKnown = true;
      if (attributeText(attributes[attribute.name]) !== attribute.value) continue;
      const customer = customerCodes.indexOf(code);
      if (customer >= 0) isMember[customer] = 1;
    }
  }
  if (isKnown) return all.filter((customer) => isMember[customer] === 1);
  const message = `No customer has an attribute ${attribute.name}. PUT /v1/customers says what is known of them.`;
  throw new PairwellError('not-found', message, { attribute: attribute.name });
}

function placeOf(book: CustomerBook | null, version: number, id: string): SegmentPlace {
  if (!book) {
    const message = `The model ${version} knows nothing of the customers: it was made before they were studied. Train again: pairwell train.`;
    throw new PairwellError('conflict', message, { version });
  }
  const place = book.segment(id);
  if (place) return place;
  const ids = segmentKinds.flatMap((kind) => book.segmentation(kind).segments.map((segment) => segment.id));
  throw new PairwellError('not-found', `There is no segment ${id}. There are ${ids.join(', ')}.`, { id });
}
