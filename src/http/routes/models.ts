import { createRoute, z } from '@hono/zod-openapi';
import { streamSSE } from 'hono/streaming';
import { type JobRow, readJob } from '../../../db/queries/jobs.ts';
import { listModels, promoteModel, readModelBytes } from '../../../db/queries/models.ts';
import { decodeModel } from '../../model/model.ts';
import { trainSettings } from '../../train/settings.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { AppDependencies } from '../environment.ts';
import { modelView, viewModel } from '../model-schemas.ts';
import { router } from '../router.ts';
import { jsonAnswer, jsonBody, pageLimit, problems } from '../schemas.ts';

const jobView = z
  .object({
    id: z.string(),
    kind: z.string(),
    status: z.enum(['running', 'succeeded', 'failed', 'cancelled']),
    stage: z.string(),
    progress: z.number().openapi({ description: 'Share that is done, 0 to 1.' }),
    result: z.record(z.string(), z.unknown()).nullable(),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .openapi('Job');

const train = createRoute({
  method: 'post',
  path: '/models',
  tags: ['operators'],
  summary: 'Train a new model',
  description:
    'Answers at once with a job. When it succeeds the new model is in service, unless it ranks orders that are new to both worse than the model in service does: then it is kept beside it, and the job says so (`inService`, `gate`). When it fails the old one stays.',
  'x-roles': [],
  request: { body: { ...jsonBody(trainSettings.partial().openapi('TrainSettings')), required: false } },
  responses: { 202: jsonAnswer(jobView, 'Training'), ...problems(400, 403, 409, 413, 415, 503) },
});

const list = createRoute({
  method: 'get',
  path: '/models',
  tags: ['operators'],
  summary: 'Trained models, the newest first',
  'x-roles': ['analyst'],
  request: { query: z.object({ limit: pageLimit, cursor: z.string().max(1000).optional() }) },
  responses: {
    200: jsonAnswer(
      z.object({ items: z.array(modelView), nextCursor: z.string().nullable() }),
      'A page of models',
    ),
    ...problems(400, 403, 503),
  },
});

const promote = createRoute({
  method: 'post',
  path: '/models/{version}/promote',
  tags: ['operators'],
  summary: 'Put a model into service',
  'x-roles': [],
  request: {
    params: z.object({
      version: z.coerce
        .number()
        .int()
        .min(1)
        .max(2 ** 31 - 1),
    }),
  },
  responses: { 200: jsonAnswer(modelView, 'In service'), ...problems(400, 403, 404, 409, 503) },
});

const jobParams = z.object({ jobId: z.string().max(100) });

const job = createRoute({
  method: 'get',
  path: '/jobs/{jobId}',
  tags: ['operators'],
  summary: 'How a job is getting on',
  'x-roles': ['analyst'],
  request: { params: jobParams },
  responses: { 200: jsonAnswer(jobView, 'The job'), ...problems(400, 403, 404, 503) },
});

const jobEvents = createRoute({
  method: 'get',
  path: '/jobs/{jobId}/events',
  tags: ['operators'],
  summary: 'A job as server-sent events',
  description: 'One `job` event per change, the last one when the job has ended; then the stream closes.',
  'x-roles': ['analyst'],
  request: { params: jobParams },
  responses: {
    200: { description: 'Events', content: { 'text/event-stream': { schema: z.string() } } },
    ...problems(400, 403, 404, 503),
  },
});

function viewJob({ startedAt, finishedAt, heartbeatAt: _, ...row }: JobRow): z.output<typeof jobView> {
  return { ...row, startedAt: startedAt.toISOString(), finishedAt: finishedAt?.toISOString() ?? null };
}

const eventIntervalMs = 500;

export function modelsRoutes({ database, trainJobs, refreshModel }: AppDependencies) {
  const place = z.object({ before: z.int32() });
  return router()
    .openapi(train, async (c) => {
      // Without a body there is nothing to check, so the defaults are filled in here.
      const given = c.req.header('content-type') === undefined ? {} : c.req.valid('json');
      const { job: started } = await trainJobs.start(trainSettings.parse(given));
      c.header('Location', `/v1/jobs/${started.id}`);
      return c.json(viewJob(started), 202);
    })
    .openapi(list, async (c) => {
      const { limit, cursor } = c.req.valid('query');
      const before = cursor === undefined ? undefined : readCursor(place, cursor).before;
      const rows = await listModels(database, limit + 1, before);
      const items = rows.slice(0, limit).map(viewModel);
      const nextCursor = rows.length > limit ? writeCursor({ before: rows[limit - 1].version }) : null;
      return c.json({ items, nextCursor }, 200);
    })
    .openapi(promote, async (c) => {
      const { version } = c.req.valid('param');
      // Read first: one that is damaged must not become the active one.
      decodeModel(await readModelBytes(database, version));
      const row = await promoteModel(database, version);
      await refreshModel();
      return c.json(viewModel(row), 200);
    })
    .openapi(job, async (c) => c.json(viewJob(await readJob(database, c.req.valid('param').jobId)), 200))
    .openapi(jobEvents, async (c) => {
      const { jobId } = c.req.valid('param');
      let row = await readJob(database, jobId);
      return streamSSE(c, async (stream) => {
        let sent = '';
        while (!stream.aborted) {
          const data = JSON.stringify(viewJob(row));
          if (data !== sent) await stream.writeSSE({ event: 'job', data });
          sent = data;
          if (row.status !== 'running') return;
          await stream.sleep(eventIntervalMs);
          try {
            row = await readJob(database, jobId);
          } catch (error) {
            // The stream ends before its job; whoever follows it asks again.
            c.env.log.warn({ err: error, requestId: c.env.requestId }, 'a job could not be read');
            return;
          }
        }
      });
    });
}
