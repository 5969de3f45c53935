import { createRoute, z } from '@hono/zod-openapi';
import { placesOfPage } from '../../churn/places-of-page.ts';
import { type Leaving, leavingOrders } from '../../serving/churn-book.ts';
import { dateOf } from '../../serving/customer-figures.ts';
import { churnCustomersAnswer, churnModelAnswer } from '../churn-model-schemas.ts';
import { viewForecast, viewLeaving } from '../churn-model-view.ts';
import { writeCursor } from '../cursor.ts';
import { tidied } from '../customer-schemas.ts';
import type { AppDependencies } from '../environment.ts';
import { router } from '../router.ts';
import { jsonAnswer, problems } from '../schemas.ts';
import { churnFor, forecastOf, placeIn } from '../served-churn.ts';

const modelRoute = createRoute({
  method: 'get',
  path: '/churn/model',
  tags: ['analysts'],
  summary: 'How well it can be told who is about to leave, and what drives it',
  description:
    'The model card: what was learnt from, how each model did on a time or on customers it had not seen, which is in service and why, and the drivers with their effects.',
  'x-roles': ['analyst'],
  responses: { 200: jsonAnswer(churnModelAnswer, 'The model card'), ...problems(400, 403, 409, 503) },
});

const customersRoute = createRoute({
  method: 'get',
  path: '/churn/customers',
  tags: ['analysts'],
  summary: 'Who is about to leave, with the reasons',
  description:
    'All of today’s customers, those first of whom most is at risk, or who are likeliest to leave.',
  'x-roles': ['analyst'],
  request: {
    query: z.object({
      by: z.enum(leavingOrders).default('value-at-risk'),
      limit: z.coerce.number().int().min(1).max(500).default(50),
      cursor: z.string().optional(),
    }),
  },
  responses: { 200: jsonAnswer(churnCustomersAnswer, 'Customers'), ...problems(400, 403, 409, 503) },
});

export function churnModelRoutes({ shop }: AppDependencies) {
  return router()
    .openapi(modelRoute, (c) => {
      const book = churnFor(shop);
      const { version, insights } = book;
      const { forecast, lack } = insights.outlook;
      const answer = {
        modelVersion: String(version),
        today: dateOf(insights.today),
        forecast: forecast && viewForecast(book, forecast),
        lack,
      };
      return c.json(tidied(answer), 200);
    })
    .openapi(customersRoute, (c) => {
      const { by, limit, cursor } = c.req.valid('query');
      const book = churnFor(shop);
      const forecast = forecastOf(book);
      const order = book.likelyToLeave(by);
      const from = placeIn(book, cursor);
      const page = placesOfPage(order, from, limit, (customer) => book.isListed(customer));
      const answer = {
        modelVersion: String(book.version),
        from: dateOf(forecast.day),
        horizonDays: forecast.horizonDays,
        threshold: forecast.learnt.threshold,
        total: page.total,
        items: page.places.map((place) => ({
          customerId: book.codes.get(order[place]),
          ...viewLeaving(book.leaving(order[place]) as Leaving),
        })),
        nextCursor: page.next === null ? null : writeCursor({ version: book.version, from: page.next }),
      };
      return c.json(tidied(answer), 200);
    });
}
