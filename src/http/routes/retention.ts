import { createRoute, z } from '@hono/zod-openapi';
import { dateOf } from '../../serving/customer-figures.ts';
import { count, date, list, share, tidied } from '../customer-schemas.ts';
import type { AppDependencies } from '../environment.ts';
import { router } from '../router.ts';
import { jsonAnswer, problems } from '../schemas.ts';
import { customersFor } from '../served-customers.ts';

const kept = z.object({
  customers: count,
  kept: count,
  share,
  low: z.number().openapi({ description: 'Of Wilson’s interval of 95 %.' }),
  high: z.number(),
});

const trend = z.object({ z: z.number(), p: z.number().openapi({ description: 'Two-sided.' }) });

const oddsRatio = z
  .object({ estimate: share, low: share, high: share })
  .openapi('KnownOddsRatio', { description: 'Null where it is infinite or not defined.' });

const retentionView = z.object({
  all: kept,
  rows: list(kept.extend({ from: count, to: count.nullable() })).openapi({
    description: 'By the number of kinds of products held, from … to; null: or more.',
  }),
  trend: trend.openapi({ description: 'Whether the share rises with each kind (Cochran and Armitage).' }),
  withinStrata: z
    .object({
      manyFrom: count.openapi({ description: 'So many kinds or more are many.' }),
      strata: list(z.object({ stratum: z.string(), few: kept, many: kept })),
      crude: oddsRatio,
      common: oddsRatio.openapi({ description: 'Within strata (Mantel and Haenszel).' }),
      p: z.number(),
      homogeneityP: z.number(),
      trend,
    })
    .nullable()
    .openapi({ description: 'Among customers of as many orders; null where none of them can tell.' }),
});

const retentionAnswer = z
  .object({
    modelVersion: z.string(),
    basis: z.enum(['category', 'product']).openapi({
      description: 'What is counted as a kind: the widest categories or, where the shop has none, products.',
    }),
    cutOffDate: date,
    horizonDays: count,
    activeWithinDays: count,
    definition: z.string(),
    withoutKind: count,
    retention: retentionView.nullable(),
    sentences: list(z.string()),
    caution: z.string(),
    code: z.enum(['too-short', 'no-customers', 'all-alike']).nullable(),
  })
  .openapi('Retention');

const retentionRoute = createRoute({
  method: 'get',
  path: '/retention',
  tags: ['analysts'],
  summary: 'Whether customers who hold more kinds of products are kept more often',
  'x-roles': ['analyst'],
  responses: { 200: jsonAnswer(retentionAnswer, 'Retention by holdings'), ...problems(400, 403, 409, 503) },
});

const rhythmAnswer = z
  .object({
    modelVersion: z.string(),
    today: date,
    customers: count,
    withRhythm: count.openapi({ description: 'With three days with an order at least.' }),
    medianGap: share,
    lowerQuartile: share,
    upperQuartile: share,
    overdue: count,
    overdueShare: share,
    dueWithin7Days: count,
    dueWithin30Days: count,
    bands: list(
      z.object({
        above: z.number().openapi({ description: 'Median gaps above so many days …' }),
        upTo: share.openapi({ description: '… and up to so many; null: without end.' }),
        customers: count,
        overdue: count,
      }),
    ),
    rule: z.string(),
  })
  .openapi('Rhythm');

const rhythmRoute = createRoute({
  method: 'get',
  path: '/rhythm',
  tags: ['analysts'],
  summary: 'In what rhythm customers order, and how many are overdue',
  'x-roles': ['analyst'],
  responses: { 200: jsonAnswer(rhythmAnswer, 'The rhythm'), ...problems(400, 403, 409, 503) },
});

export function retentionRoutes({ shop }: AppDependencies) {
  return router()
    .openapi(retentionRoute, (c) => {
      const { version, insights } = customersFor(shop);
      const { cutOffDay, ...report } = insights.holdings;
      return c.json(tidied({ modelVersion: String(version), cutOffDate: dateOf(cutOffDay), ...report }), 200);
    })
    .openapi(rhythmRoute, (c) => {
      const { version, insights } = customersFor(shop);
      const today = dateOf(insights.today);
      return c.json(tidied({ modelVersion: String(version), today, ...insights.rhythm.report }), 200);
    });
}
