import type { Database } from '../../db/database.ts';
import { customersWith } from '../../db/queries/customer-attributes.ts';
import { PairwellError } from '../errors.ts';
import type { StringTable } from '../model/string-table.ts';
import { attributeOf } from '../offers/policies/segment-ids.ts';
import type { LiveShop } from '../serving/live-shop.ts';
import { customersFor, segmentOf } from './served-customers.ts';

/**
 * Whether a customer is in all of some segments, as one test for each.
 *
 * @param codes of the customers, by number
 * @param ids of segments of the model in service, or attributes with their values, such as `newsletter=yes`
 * @throws PairwellError `not-found` for a segment that there is not, or an attribute that no customer has; `conflict` for segments of
 *   customers who were not studied
 */
export async function segmentTests(
  shop: LiveShop,
  database: Database,
  codes: StringTable,
  ids: readonly string[],
): Promise<((customer: number) => boolean)[]> {
  const tests: ((customer: number) => boolean)[] = [];
  for (const id of ids) {
    const attribute = attributeOf(id);
    if (attribute) {
      const members = await membersOf(database, attribute);
      tests.push((customer) => members.has(codes.get(customer)));
      continue;
    }
    const book = customersFor(shop);
    const { kind, position } = segmentOf(book, id);
    const { segmentOf: placeOf } = book.segmentation(kind);
    tests.push((customer) => placeOf[customer] === position);
  }
  return tests;
}

/** The codes of the customers who have an attribute with a value. */
async function membersOf(
  database: Database,
  { name, value }: { readonly name: string; readonly value: string },
): Promise<ReadonlySet<string>> {
  const members = new Set<string>();
  let isKnown = false;
  for await (const customers of customersWith(database, [name])) {
    for (const { code, attributes } of customers) {
      isKnown = true;
      if (String(attributes[name]) === value) members.add(code);
    }
  }
  if (isKnown) return members;
  const message = `No customer has an attribute ${name}. PUT /v1/customers says what is known of them.`;
  throw new PairwellError('not-found', message, { attribute: name });
}
