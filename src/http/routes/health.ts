import { createRoute, z } from '@hono/zod-openapi';
import { sql } from 'drizzle-orm';
import type { AppDependencies } from '../environment.ts';
import { router } from '../router.ts';
import { jsonAnswer, problems } from '../schemas.ts';

const live = createRoute({
  method: 'get',
  path: '/health/live',
  tags: ['operators'],
  summary: 'Whether the process runs',
  security: [],
  responses: { 200: jsonAnswer(z.object({ status: z.literal('ok') }), 'It does') },
});

const readiness = z
  .object({
    ready: z.boolean().openapi({ description: 'Whether offers are answered.' }),
    modelVersion: z.string().nullable(),
    database: z
      .enum(['ok', 'unavailable'])
      .openapi({ description: 'Offers need memory only; orders need this.' }),
  })
  .openapi('Readiness');

const ready = createRoute({
  method: 'get',
  path: '/health/ready',
  tags: ['operators'],
  summary: 'Whether offers are answered',
  security: [],
  responses: {
    200: jsonAnswer(readiness, 'They are'),
    503: jsonAnswer(readiness, 'Not yet: there is no model'),
  },
});

const metricsRoute = createRoute({
  method: 'get',
  path: '/metrics',
  tags: ['operators'],
  summary: 'Figures for Prometheus',
  'x-roles': [],
  responses: {
    200: { description: 'Metrics', content: { 'text/plain': { schema: z.string() } } },
    ...problems(400, 403),
  },
});

export function healthRoutes({ shop, database, metrics }: AppDependencies) {
  return router()
    .openapi(live, (c) => c.json({ status: 'ok' } as const, 200))
    .openapi(ready, async (c) => {
      const answered = await database.rows(sql`select 1`).then(
        () => 'ok' as const,
        () => 'unavailable' as const,
      );
      const modelVersion = shop.served ? String(shop.served.version) : null;
      const body = { ready: modelVersion !== null, modelVersion, database: answered };
      return body.ready ? c.json(body, 200) : c.json(body, 503);
    })
    .openapi(metricsRoute, async (c) =>
      c.text(await metrics.registry.metrics(), 200, { 'Content-Type': metrics.registry.contentType }),
    );
}
