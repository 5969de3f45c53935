import { createRoute, z } from '@hono/zod-openapi';
import { dateOf } from '../../serving/customer-figures.ts';
import { count, date, list, share, tidied } from '../customer-schemas.ts';
import type { AppDependencies } from '../environment.ts';
import { router } from '../router.ts';
import { jsonAnswer, problems } from '../schemas.ts';
import { customersFor } from '../served-customers.ts';

const point = z.object({
  customers: count,
  customerShare: z.number(),
  value: z.number().openapi({ description: 'What they bring together.' }),
  valueShare: share,
});

const topShare = point.extend({ timesAverage: share }).openapi('TopShare');

const tableView = z
  .object({
    sentence: z.string(),
    concentration: z.object({
      customers: count,
      total: z.number(),
      negative: count.openapi({ description: 'Customers of a value below 0.' }),
      gini: share.openapi({
        description:
          'Gini’s coefficient: 0 where all bring the same, near 1 where one brings all, above 1 where some values are negative. Null where the total is not above 0.',
      }),
      curve: list(point).openapi({
        description: 'After 0 %, 1 %, … 100 % of the customers, the best first.',
      }),
      top: list(topShare),
      forFourFifths: z
        .object({ customers: count, customerShare: z.number() })
        .nullable()
        .openapi({ description: 'How many of the best customers it takes for 80 % of the total.' }),
      peak: topShare.openapi({ description: 'The highest point of the curve.' }),
      code: z.enum(['no-customers', 'no-positive-total']).nullable(),
    }),
    deciles: list(
      z.object({
        decile: count,
        customers: count,
        highest: z.number(),
        lowest: z.number(),
        revenue: z.number(),
        revenueShare: share,
        cumulativeRevenueShare: share,
        profit: z.number(),
        profitShare: share,
        cumulativeProfitShare: share,
      }),
    ),
    tied: count.openapi({ description: 'Customers who have the same value as one in another decile.' }),
  })
  .openapi('ValueTable');

const valueAnswer = z
  .object({
    modelVersion: z.string(),
    today: date,
    customers: count,
    withoutOrder: count,
    revenue: tableView,
    profit: tableView,
  })
  .openapi('Value');

const valueRoute = createRoute({
  method: 'get',
  path: '/value',
  tags: ['analysts'],
  summary: 'How much the best customers bring: deciles, the Pareto curve, Gini',
  'x-roles': ['analyst'],
  responses: { 200: jsonAnswer(valueAnswer, 'Revenue and profit'), ...problems(400, 403, 409, 503) },
});

export function valueRoutes({ shop }: AppDependencies) {
  return router().openapi(valueRoute, (c) => {
    const { version, insights } = customersFor(shop);
    const today = dateOf(insights.today);
    return c.json(tidied({ modelVersion: String(version), today, ...insights.value.report }), 200);
  });
}
