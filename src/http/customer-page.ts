import { z } from '@hono/zod-openapi';
import type { CustomerBook } from '../serving/customer-book.ts';
import type { CustomerFilter } from '../serving/customer-search.ts';
import type { LiveShop } from '../serving/live-shop.ts';
import { readCursor, writeCursor } from './cursor.ts';
import {
  type CustomerQuery,
  checkPlace,
  customerPlace,
  customerSearch,
  listDigest,
} from './customer-query.ts';
import { count, figuresView, segmentRefs, viewFigures, viewSegments } from './customer-schemas.ts';
import { pageLimit } from './schemas.ts';
import { customersFor } from './served-customers.ts';

/** Of a list of customers. */
export const pageParameters = { limit: pageLimit, cursor: z.string().max(1000).optional() };

export const customerItem = z
  .object({ customerId: z.string(), segments: segmentRefs, figures: figuresView })
  .openapi('CustomerItem');

export const customersAnswer = z
  .object({
    modelVersion: z.string(),
    matching: count.openapi({ description: 'Customers that fit, on all pages.' }),
    items: z.array(customerItem),
    nextCursor: z.string().nullable(),
  })
  .openapi('Customers');

export interface CustomersPage {
  readonly book: CustomerBook;
  readonly customers: readonly number[];
  readonly matching: number;
  readonly nextCursor: string | null;
}

/** Which customers a list is of, besides what its query asks. */
export interface CustomerList {
  /** What tells it from other lists: a cursor of another one is refused. */
  readonly list: readonly (string | undefined)[];
  readonly also: (book: CustomerBook) => CustomerFilter;
}

const everybody: CustomerList = { list: [], also: () => ({}) };

/**
 * A page of customers, in the model that the cursor began in.
 *
 * @throws PairwellError as `customersFor` and `customerSearch`, and `bad-input` for a cursor of another list
 */
export function customersPage(
  shop: LiveShop,
  query: CustomerQuery & { limit: number; cursor?: string | undefined },
  { list, also }: CustomerList = everybody,
): CustomersPage {
  const { limit, cursor, ...asked } = query;
  const of = listDigest(asked, list);
  const start = cursor === undefined ? undefined : readCursor(customerPlace, cursor);
  const book = customersFor(shop, start?.version);
  checkPlace(start, of);
  const search = customerSearch(book, query, also(book));
  const { customers, next } = search.page(start?.customerAt ?? 0, limit);
  const { version } = book;
  return {
    book,
    customers,
    matching: search.count,
    nextCursor: next === undefined ? null : writeCursor({ version, of, customerAt: next }),
  };
}

export function viewCustomer(book: CustomerBook, customer: number): z.infer<typeof customerItem> {
  return {
    customerId: book.codes.get(customer),
    segments: viewSegments(book, customer),
    figures: viewFigures(book, customer),
  };
}

export function viewPage({ book, customers, matching, nextCursor }: CustomersPage) {
  return {
    modelVersion: String(book.version),
    matching,
    items: customers.map((customer) => viewCustomer(book, customer)),
    nextCursor,
  };
}
