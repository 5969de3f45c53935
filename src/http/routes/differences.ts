import { createRoute, z } from '@hono/zod-openapi';
import { count, list, tidied } from '../customer-schemas.ts';
import type { AppDependencies } from '../environment.ts';
import { router } from '../router.ts';
import { jsonAnswer, problems } from '../schemas.ts';
import { customersFor } from '../served-customers.ts';

const tested = {
  name: z.string(),
  effect: z.number(),
  p: z.number().openapi({ description: 'Not adjusted.' }),
  adjustedP: z.number().openapi({ description: 'Among all tests (Benjamini and Hochberg).' }),
  isSignificant: z.boolean(),
  isPart: z.boolean().openapi({ description: 'Whether it goes into what the groups were made by.' }),
};

const known = z.object({ known: count, missing: count });

const summary = known.extend({
  lowerQuartile: z.number(),
  median: z.number(),
  upperQuartile: z.number(),
});

const difference = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('number'),
      ...tested,
      test: z.enum(['rank-sum', 'rank-sum-exact']),
      low: z.number().openapi({ description: 'Of the interval of 95 % of the effect, Cliff’s delta.' }),
      high: z.number(),
      top: summary,
      next: summary,
    }),
    z.object({
      kind: z.literal('label'),
      ...tested,
      test: z.enum(['chi-square', 'fisher']),
      pooled: count,
      top: known,
      next: known,
      labels: list(
        z.object({
          label: z.string(),
          top: count,
          next: count,
          topShare: z.number(),
          nextShare: z.number(),
        }),
      ),
      otherLabels: count,
    }),
  ])
  .openapi('CustomerDifference');

const differencesAnswer = z
  .object({
    modelVersion: z.string(),
    by: z.enum(['revenue', 'profit']),
    definition: z.string(),
    top: count,
    next: count,
    alpha: z.number(),
    differences: list(difference).openapi({ description: 'The largest effect first, up or down.' }),
    notTested: list(z.object({ name: z.string(), code: z.string(), text: z.string() })),
    leftOut: list(z.object({ name: z.string(), reason: z.string() })).openapi({
      description: 'Stated attributes that are of no use here.',
    }),
    significant: count,
    telling: list(z.string()),
    sentence: z.string(),
    code: z.enum(['too-few-customers']).nullable(),
  })
  .openapi('CustomerDifferences');

const differencesRoute = createRoute({
  method: 'get',
  path: '/differences',
  tags: ['analysts'],
  summary: 'What sets the best customers apart from the next',
  'x-roles': ['analyst'],
  request: { query: z.object({ by: z.enum(['revenue', 'profit']).default('revenue') }) },
  responses: {
    200: jsonAnswer(differencesAnswer, 'All attributes and behaviours, tested'),
    ...problems(400, 403, 409, 503),
  },
});

export function differencesRoutes({ shop }: AppDependencies) {
  return router().openapi(differencesRoute, (c) => {
    const { by } = c.req.valid('query');
    const { version, insights } = customersFor(shop);
    const leftOut = insights.asides.attributesLeftOut;
    return c.json(tidied({ modelVersion: String(version), by, ...insights.differences[by], leftOut }), 200);
  });
}
