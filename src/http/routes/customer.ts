import { createRoute, z } from '@hono/zod-openapi';
import { customerByCode, firstOrders, storedDocuments } from '../../../db/queries/customer-timeline.ts';
import { PairwellError } from '../../errors.ts';
import { dateOf } from '../../serving/customer-figures.ts';
import { readTimeline, timelineLimit, timelineView } from '../customer-timeline.ts';
import { customerView, viewKnown, viewUnknown } from '../customer-view.ts';
import type { AppDependencies } from '../environment.ts';
import { router } from '../router.ts';
import { customerCode, jsonAnswer, problems } from '../schemas.ts';
import { customersFor } from '../served-customers.ts';

const params = z.object({ customerId: customerCode });

const customerRoute = createRoute({
  method: 'get',
  path: '/customers/{customerId}',
  tags: ['analysts'],
  summary: 'All that is known of a customer',
  description:
    'Segments and why, tier and what makes a drain, value, rhythm, and the first page of the time line. A customer whom the model does not know is placed by the first orders, and the answer says so.',
  'x-roles': ['analyst'],
  request: { params },
  responses: { 200: jsonAnswer(customerView, 'The customer'), ...problems(400, 403, 404, 409, 503) },
});

const timelineRoute = createRoute({
  method: 'get',
  path: '/customers/{customerId}/timeline',
  tags: ['analysts'],
  summary: 'What a customer did and what happened to one, the newest first',
  description:
    'Orders and returns line by line with what is left of each, and events of every kind. What comes after the first page was read does not shift the pages that follow.',
  'x-roles': ['analyst'],
  request: {
    params,
    query: z.object({ limit: timelineLimit, cursor: z.string().max(1000).optional() }),
  },
  responses: { 200: jsonAnswer(timelineView, 'A page of the time line'), ...problems(400, 403, 404, 503) },
});

/** A customer is placed by so many documents at most. */
const placedBy = 200;

/** Entries of the time line that come with the customer. */
const firstPage = { limit: 20, lines: 10 };

export function customerRoutes({ shop, database, now }: AppDependencies) {
  const stored = async (code: string) => {
    const found = await customerByCode(database, code);
    if (found) return found;
    throw new PairwellError('not-found', `There is no customer ${code}.`, { customerId: code });
  };
  return router()
    .openapi(customerRoute, async (c) => {
      const { customerId: code } = c.req.valid('param');
      const book = customersFor(shop);
      const { id, attributes, firstSeen, channel } = await stored(code);
      const { insights } = book;
      const number = book.codes.indexOf(code);
      const isKnown = number >= 0 && book.figure('orders')(number) > 0;
      const known = isKnown
        ? viewKnown(book, number)
        : viewUnknown(
            book,
            await storedDocuments(database, await firstOrders(database, id, placedBy)),
            now(),
          );
      return c.json(
        {
          modelVersion: String(book.version),
          customerId: code,
          today: dateOf(insights.today),
          channel,
          firstSeen: firstSeen?.toISOString() ?? null,
          attributes,
          ...known,
          timeline: await readTimeline(database, {
            customerId: id,
            ...firstPage,
            profit: insights.profit,
          }),
        },
        200,
      );
    })
    .openapi(timelineRoute, async (c) => {
      const { id } = await stored(c.req.valid('param').customerId);
      const profit = shop.served?.customers?.insights.profit;
      const query = c.req.valid('query');
      return c.json(await readTimeline(database, { customerId: id, profit, ...query }), 200);
    });
}
