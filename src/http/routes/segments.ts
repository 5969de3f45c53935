import { createRoute, z } from '@hono/zod-openapi';
import { customerFigures, dateOf, figureValue } from '../../serving/customer-figures.ts';
import { segmentMedian, typicalFigures } from '../../serving/segment-medians.ts';
import { customersAnswer, customersPage, pageParameters, viewPage } from '../customer-page.ts';
import { customerConditions } from '../customer-query.ts';
import { count, date, segmentId, segmentKind, share } from '../customer-schemas.ts';
import type { AppDependencies } from '../environment.ts';
import { router } from '../router.ts';
import { jsonAnswer, problems } from '../schemas.ts';
import { brief, segmentView, viewSegment } from '../segment-view.ts';
import { segmentationHow, viewHow } from '../segmentation-view.ts';
import { customersFor, segmentOf } from '../served-customers.ts';

const segmentsAnswer = z
  .object({
    modelVersion: z.string(),
    kind: segmentKind,
    today: date.openapi({ description: 'The day that the customers were studied as of.' }),
    customers: count.openapi({ description: 'Customers with an order.' }),
    items: z.array(segmentView),
    how: segmentationHow,
    nextCursor: z.null().openapi({ description: 'All segments come on one page.' }),
  })
  .openapi('Segments');

const segmentsRoute = createRoute({
  method: 'get',
  path: '/segments',
  tags: ['analysts'],
  summary: 'The segments of the customers',
  description:
    'behaviour: found in what customers do; rfm: the ten segments of recency and frequency; tier: profit peaks, drains and deserts. With how they came about.',
  'x-roles': ['analyst'],
  request: { query: z.object({ kind: segmentKind.default('behaviour') }) },
  responses: { 200: jsonAnswer(segmentsAnswer, 'All segments of a kind'), ...problems(400, 403, 409, 503) },
});

const segmentParams = z.object({ segmentId });

const segmentAnswer = segmentView
  .extend({
    modelVersion: z.string(),
    typical: z
      .object(
        Object.fromEntries(typicalFigures.map((name) => [name, share])) as Record<
          (typeof typicalFigures)[number],
          typeof share
        >,
      )
      .openapi({ description: 'Medians of its customers; null where nothing is known of any.' }),
  })
  .openapi('SegmentDetails');

const segmentRoute = createRoute({
  method: 'get',
  path: '/segments/{segmentId}',
  tags: ['analysts'],
  summary: 'All that is known of a segment',
  'x-roles': ['analyst'],
  request: { params: segmentParams },
  responses: { 200: jsonAnswer(segmentAnswer, 'The segment'), ...problems(400, 403, 404, 409, 503) },
});

const membersRoute = createRoute({
  method: 'get',
  path: '/segments/{segmentId}/members',
  tags: ['analysts'],
  summary: 'The customers of a segment',
  description: 'As `GET /v1/customers` finds and sorts them. A cursor goes on in the model it came from.',
  'x-roles': ['analyst'],
  request: { params: segmentParams, query: customerConditions.extend(pageParameters) },
  responses: {
    200: jsonAnswer(customersAnswer, 'A page of customers'),
    ...problems(400, 403, 404, 409, 503),
  },
});

export function segmentsRoutes({ shop }: AppDependencies) {
  return router()
    .openapi(segmentsRoute, (c) => {
      const { kind } = c.req.valid('query');
      const book = customersFor(shop);
      const { segments } = book.segmentation(kind);
      return c.json(
        {
          modelVersion: String(book.version),
          kind,
          today: dateOf(book.insights.today),
          customers: book.ordering.length,
          items: segments.map((segment, position) =>
            viewSegment(book, shop, { ...segment, kind, position }, brief),
          ),
          how: viewHow(book, kind),
          nextCursor: null,
        },
        200,
      );
    })
    .openapi(segmentRoute, (c) => {
      const book = customersFor(shop);
      const segment = segmentOf(book, c.req.valid('param').segmentId);
      const all = { traits: Number.POSITIVE_INFINITY, lifts: Number.POSITIVE_INFINITY };
      const typical = typicalFigures.map((name) => {
        const value = figureValue(customerFigures[name], segmentMedian(book, segment, name));
        return [name, value as number | null] as const;
      });
      return c.json(
        {
          modelVersion: String(book.version),
          ...viewSegment(book, shop, segment, all),
          typical: Object.fromEntries(typical) as Record<(typeof typicalFigures)[number], number | null>,
        },
        200,
      );
    })
    .openapi(membersRoute, (c) => {
      const { segmentId: id } = c.req.valid('param');
      const page = customersPage(shop, c.req.valid('query'), {
        list: ['members', id],
        also: (book) => ({ segments: [segmentOf(book, id)] }),
      });
      return c.json(viewPage(page), 200);
    });
}
