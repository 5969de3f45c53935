import { createRoute, z } from '@hono/zod-openapi';
import { causeNames } from '../../customers/profit/drain-causes.ts';
import type { CustomerBook } from '../../serving/customer-book.ts';
import { dateOf } from '../../serving/customer-figures.ts';
import { count, date, list, share, tidied } from '../customer-schemas.ts';
import type { AppDependencies } from '../environment.ts';
import { assumptionsView, profitView, tiersView, viewAssumptions } from '../profit-schemas.ts';
import { router } from '../router.ts';
import { jsonAnswer, problems } from '../schemas.ts';
import { customersFor } from '../served-customers.ts';

const profitAnswer = z
  .object({
    modelVersion: z.string(),
    today: date,
    profit: profitView,
    assumptions: assumptionsView,
    orders: z.object({
      typicalOrder: share.openapi({ description: 'The median revenue of an order that brought any.' }),
      smallOrderUnder: share.openapi({ description: 'An order of less is a small one.' }),
      bounds: list(z.number()).openapi({
        description: 'Amounts that small orders can be asked about in `POST /v1/profit/what-if`.',
      }),
    }),
    tiers: tiersView,
    drains: z
      .object({
        drains: count,
        peers: count,
        definition: z.string(),
        causes: list(
          z.object({
            cause: z.enum(causeNames),
            words: z.string(),
            customers: count.openapi({ description: 'Drains whose largest excess it is.' }),
            revenue: z.number(),
            profit: z.number(),
            excess: z.number().openapi({
              description: "What it cost all drains more than at their peers' rate, where it did.",
            }),
            concerned: count.openapi({ description: 'Drains whom it cost more at all.' }),
          }),
        ),
        asPeers: count.openapi({ description: 'Drains whose peers earn as little.' }),
        code: z.enum(['no-drains', 'too-few-peers']).nullable(),
      })
      .openapi('Drains'),
    notCounted: z
      .object({
        laterDocuments: count,
        laterEvents: count,
        laterContracts: count,
        negativeCosts: count,
        unreadKilograms: count,
      })
      .openapi({
        description:
          'Dated after the day of the study; lines with a cost below 0, which counts as not known; weights that are no numbers.',
      }),
  })
  .openapi('ProfitAnswer');

const profitRoute = createRoute({
  method: 'get',
  path: '/profit',
  tags: ['analysts'],
  summary: 'What customers brought and cost, and who makes the profit',
  description:
    'With all rates, those that are assumed marked; profit peaks, drains and deserts; what drains cost more than their peers.',
  'x-roles': ['analyst'],
  responses: { 200: jsonAnswer(profitAnswer, 'The profit'), ...problems(400, 403, 409, 503) },
});

function viewProfit({ version, insights }: CustomerBook): z.infer<typeof profitAnswer> {
  const { report, rates, drivers, tiers, drains } = insights.profit;
  const { laterDocuments, laterEvents, laterContracts, negativeCosts, unreadKilograms } = insights.asides;
  return tidied({
    modelVersion: String(version),
    today: dateOf(insights.today),
    profit: report,
    assumptions: viewAssumptions(rates),
    orders: {
      typicalOrder: drivers.totals.typicalOrder,
      smallOrderUnder: drivers.totals.smallOrderUnder,
      bounds: Array.from(drivers.orderSizes.bounds),
    },
    tiers: tiers.report,
    drains: drains.report,
    notCounted: { laterDocuments, laterEvents, laterContracts, negativeCosts, unreadKilograms },
  });
}

export function profitRoutes({ shop }: AppDependencies) {
  return router().openapi(profitRoute, (c) => c.json(viewProfit(customersFor(shop)), 200));
}
