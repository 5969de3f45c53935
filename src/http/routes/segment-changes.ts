import { createRoute, z } from '@hono/zod-openapi';
import { PairwellError } from '../../errors.ts';
import type { CustomerBook, KindChanges } from '../../serving/customer-book.ts';
import { dateOf } from '../../serving/customer-figures.ts';
import {
  type Segmentation,
  type SegmentKind,
  type SegmentName,
  segmentKinds,
} from '../../serving/customer-segments.ts';
import { customerItem, customersPage, pageParameters, viewCustomer } from '../customer-page.ts';
import { customerConditions } from '../customer-query.ts';
import { count, date, segmentId, segmentKind, segmentRef, viewName } from '../customer-schemas.ts';
import type { AppDependencies } from '../environment.ts';
import { moneyOf } from '../figures.ts';
import { router } from '../router.ts';
import { jsonAnswer, problems } from '../schemas.ts';
import { customersFor } from '../served-customers.ts';

const changeView = z
  .object({
    from: segmentRef.nullable().openapi({ description: 'Null: in no segment of the model before.' }),
    to: segmentRef.nullable().openapi({ description: 'Null: in none now.' }),
    customers: count,
    revenue: z.number().openapi({ description: 'Of these customers, as this model has it.' }),
  })
  .openapi('SegmentChange');

const studied = {
  asOf: date.openapi({ description: 'The day that the customers were studied as of.' }),
  asOfBefore: date
    .nullable()
    .openapi({ description: 'The same of the model before; null where it knew no customers.' }),
};

const changesAnswer = z
  .object({
    modelVersion: z.string(),
    kind: segmentKind,
    since: z.iso
      .datetime()
      .nullable()
      .openapi({ description: 'When the model before was trained; null where it knew no customers.' }),
    ...studied,
    stayed: count,
    moved: count,
    entered: count.openapi({ description: 'In a segment now, and in none before.' }),
    left: count.openapi({ description: 'In none now, but known.' }),
    gone: count.openapi({ description: 'Customers of the model before who are not known any more.' }),
    items: z.array(changeView),
    nextCursor: z.null().openapi({ description: 'All changes come on one page.' }),
  })
  .openapi('SegmentChanges');

const changesRoute = createRoute({
  method: 'get',
  path: '/segments/changes',
  tags: ['analysts'],
  summary: 'How many customers changed from which segment into which since the model before',
  'x-roles': ['analyst'],
  request: { query: z.object({ kind: segmentKind.default('behaviour') }) },
  responses: { 200: jsonAnswer(changesAnswer, 'The changes'), ...problems(400, 403, 409, 503) },
});

const side = segmentId.optional();

const movedRoute = createRoute({
  method: 'get',
  path: '/segments/changes/customers',
  tags: ['analysts'],
  summary: 'Who changed from one segment into another since the model before',
  description:
    'Without from and to, everybody who is in another segment than before. Conditions and order as in `GET /v1/customers`. A cursor goes on in the model it came from.',
  'x-roles': ['analyst'],
  request: {
    query: customerConditions
      .extend({
        kind: segmentKind.optional().openapi({
          description: 'That of `from` and `to`, where one is stated; else behaviour by default.',
        }),
        from: side.openapi({ description: 'A segment of the model before, or none.', example: 'rfm-loyal' }),
        to: side.openapi({ description: 'A segment of this model, or none.', example: 'rfm-at-risk' }),
      })
      .extend(pageParameters),
  },
  responses: {
    200: jsonAnswer(
      z
        .object({
          modelVersion: z.string(),
          kind: segmentKind,
          ...studied,
          matching: count,
          items: z.array(customerItem.extend({ from: segmentRef.nullable(), to: segmentRef.nullable() })),
          nextCursor: z.string().nullable(),
        })
        .openapi('SegmentMovers'),
      'A page of customers',
    ),
    ...problems(400, 403, 404, 409, 503),
  },
});

const none = -1;

/** In a query: in no segment. */
const noneWord = 'none';

function changesOf(book: CustomerBook, kind: SegmentKind): KindChanges {
  const changes = book.changes(kind);
  if (changes) return changes;
  throw new PairwellError(
    'conflict',
    'The model before this one knew no customers, so nobody is known to have changed. Train again when there are new orders.',
  );
}

/** The kind of the segments that are named; behaviour where none is. */
function kindOf(...ids: readonly (string | undefined)[]): SegmentKind {
  const kinds = ids.flatMap((id) => segmentKinds.find((kind) => id?.startsWith(`${kind}-`)) ?? []);
  return kinds[0] ?? 'behaviour';
}

/** @throws PairwellError `not-found` for an id that no segment has */
function positionOf({ segments }: Segmentation, id: string, when: string, kind: SegmentKind): number {
  if (id === noneWord) return none;
  const position = segments.findIndex((segment) => segment.id === id);
  if (position >= 0) return position;
  const ids = segments.map((segment) => segment.id).join(', ');
  throw new PairwellError(
    'not-found',
    `${when} there is no segment ${id} of the kind ${kind}. There are ${noneWord}, ${ids}.`,
    {
      id,
    },
  );
}

/** By customer: 1 for those who changed as was asked. */
function changed(
  book: CustomerBook,
  kind: SegmentKind,
  from: string | undefined,
  to: string | undefined,
): Uint8Array {
  const { before } = changesOf(book, kind);
  const now = book.segmentation(kind);
  const fromAt = from && positionOf(before, from, 'In the model before', kind);
  const toAt = to && positionOf(now, to, 'In this model', kind);
  const idAt = ({ segments }: Segmentation, position: number): string | undefined => segments[position]?.id;
  const marks = new Uint8Array(book.size);
  for (let c = 0; c < marks.length; c++) {
    const [then, at] = [before.segmentOf[c], now.segmentOf[c]];
    const fits = (fromAt === undefined || then === fromAt) && (toAt === undefined || at === toAt);
    // Of what was asked for on both sides, also those who stayed.
    const isChange = (from !== undefined && to !== undefined) || idAt(before, then) !== idAt(now, at);
    marks[c] = Number(fits && isChange);
  }
  return marks;
}

const viewStudied = ({ insights: { today, before } }: CustomerBook) => ({
  asOf: dateOf(today),
  asOfBefore: before ? dateOf(before.today) : null,
});

const viewSide = (segment: SegmentName | undefined) => (segment ? viewName(segment) : null);

export function segmentChangesRoutes({ shop }: AppDependencies) {
  return router()
    .openapi(changesRoute, (c) => {
      const { kind } = c.req.valid('query');
      const book = customersFor(shop);
      const changes = book.changes(kind);
      const named = (segments: readonly SegmentName[] | undefined, id: string | null) =>
        viewSide(segments?.find((segment) => segment.id === id));
      return c.json(
        {
          modelVersion: String(book.version),
          kind,
          since: book.insights.before?.trainedAt ?? null,
          ...viewStudied(book),
          stayed: changes?.stayed ?? 0,
          moved: changes?.moved.customer.length ?? 0,
          entered: changes?.entered.length ?? 0,
          left: changes?.left.length ?? 0,
          gone: book.insights.before?.gone ?? 0,
          items: (changes?.table ?? []).map(({ from, to, customers, revenue }) => ({
            from: named(changes?.before.segments, from),
            to: named(book.segmentation(kind).segments, to),
            customers,
            revenue: moneyOf(revenue),
          })),
          nextCursor: null,
        },
        200,
      );
    })
    .openapi(movedRoute, (c) => {
      const { from, to, kind = kindOf(from, to), ...query } = c.req.valid('query');
      const also = (book: CustomerBook) => ({ marked: changed(book, kind, from, to) });
      const page = customersPage(shop, query, { list: ['changes', kind, from, to], also });
      const { book, customers, matching, nextCursor } = page;
      const { before } = changesOf(book, kind);
      return c.json(
        {
          modelVersion: String(book.version),
          kind,
          ...viewStudied(book),
          matching,
          items: customers.map((customer) => ({
            ...viewCustomer(book, customer),
            from: viewSide(before.segments[before.segmentOf[customer]]),
            to: viewSide(book.segmentOf(kind, customer)),
          })),
          nextCursor,
        },
        200,
      );
    });
}
