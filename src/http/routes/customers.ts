import { createRoute, z } from '@hono/zod-openapi';
import { customerFigures, figureNames } from '../../serving/customer-figures.ts';
import { customersAnswer, customersPage, pageParameters, viewPage } from '../customer-page.ts';
import { customerQuery } from '../customer-query.ts';
import { words } from '../customer-schemas.ts';
import type { AppDependencies } from '../environment.ts';
import { router } from '../router.ts';
import { jsonAnswer, problems } from '../schemas.ts';

const customersRoute = createRoute({
  method: 'get',
  path: '/customers',
  tags: ['analysts'],
  summary: 'The customers of the model in service',
  description:
    'Those of most revenue first, unless sorted otherwise; of whom a figure is not known come last. A cursor goes on in the model it came from, also when one newer model is in service; `modelVersion` says which.',
  'x-roles': ['analyst'],
  request: { query: customerQuery.extend(pageParameters) },
  responses: {
    200: jsonAnswer(customersAnswer, 'A page of customers'),
    ...problems(400, 403, 404, 409, 503),
  },
});

const figureView = z
  .object({
    name: z.enum(figureNames),
    label: words,
    unit: z.string(),
    kind: z.enum(['number', 'date', 'flag']),
    isMoney: z.boolean(),
    words: z.string(),
  })
  .openapi('CustomerFigure');

const figuresRoute = createRoute({
  method: 'get',
  path: '/customer-figures',
  tags: ['analysts'],
  summary: 'What customers can be found and sorted by',
  'x-roles': ['analyst'],
  responses: {
    200: jsonAnswer(z.object({ items: z.array(figureView) }), 'All figures'),
    ...problems(400, 403),
  },
});

const figures = figureNames.map((name) => {
  const { of: _, ...figure } = customerFigures[name];
  return { name, ...figure };
});

export function customersRoutes({ shop }: AppDependencies) {
  return router()
    .openapi(figuresRoute, (c) => c.json({ items: figures }, 200))
    .openapi(customersRoute, (c) => c.json(viewPage(customersPage(shop, c.req.valid('query'))), 200));
}
