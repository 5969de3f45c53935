import { createRoute, z } from '@hono/zod-openapi';
import { armTotals, retentionDay, storedActions } from '../../../db/queries/retention-actions.ts';
import { arms } from '../../churn/actions/control-arm.ts';
import { PairwellError } from '../../errors.ts';
import { effectsBetween } from '../../serving/action-effects.ts';
import { actionSettings } from '../../serving/action-settings.ts';
import { drawActions } from '../../serving/draw-actions.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { date, tidied } from '../customer-schemas.ts';
import type { AppDependencies } from '../environment.ts';
import {
  actionsAnswer,
  dayView,
  effectsAnswer,
  viewAction,
  viewDay,
  viewEffect,
} from '../retention-action-schemas.ts';
import { router } from '../router.ts';
import { jsonAnswer, jsonBody, pageLimit, problems } from '../schemas.ts';
import { churnFor } from '../served-churn.ts';

const ofDay = z.object({ date: date.openapi({ description: 'The day of the list.' }) });

const drawRoute = createRoute({
  method: 'put',
  path: '/retention-actions/{date}',
  tags: ['operators'],
  summary: 'Draw the list of a day: whom to contact, why, to what end, by which channel, for what gain',
  description:
    'Drawn once and kept: the same request again changes nothing, other settings are a conflict. A share of the customers is held out at random, each for a whole campaign period and from all actions. Nobody is contacted who would come back by himself, wants to be left alone, was contacted lately, or whose contact would not pay.',
  'x-roles': [],
  request: { params: ofDay, body: jsonBody(actionSettings.openapi('RetentionActionSettings')) },
  responses: {
    200: jsonAnswer(dayView, 'It was drawn before'),
    201: jsonAnswer(dayView, 'Drawn'),
    ...problems(400, 403, 409, 413, 415, 503),
  },
});

const listRoute = createRoute({
  method: 'get',
  path: '/retention-actions/{date}',
  tags: ['analysts'],
  summary: 'The list of a day, by expected gain',
  description: 'Those to contact. Who is held out is listed with `arm=control` alone, without a contact.',
  'x-roles': ['analyst'],
  request: {
    params: ofDay,
    query: z.object({
      arm: z.enum(arms).default('contacted'),
      limit: pageLimit,
      cursor: z.string().max(1000).optional(),
    }),
  },
  responses: { 200: jsonAnswer(actionsAnswer, 'The list'), ...problems(400, 403, 404, 503) },
});

const effectRoute = createRoute({
  method: 'get',
  path: '/retention-actions/effect',
  tags: ['analysts'],
  summary: 'What the actions did: who was contacted against who was held out',
  description:
    'Each customer counts once, by his first list of these days and in the arm that he was dealt to. Who ordered in the `days` from then on, or whose contract still ran at their end, has stayed.',
  'x-roles': ['analyst'],
  request: {
    query: z.object({
      from: date.openapi({ description: 'The first list.' }),
      to: date.openapi({ description: 'The last list.' }),
      days: z.coerce.number().int().min(1).max(730).default(90),
      level: z.coerce.number().min(0.5).max(0.9999).default(0.95),
      margin: z.coerce
        .number()
        .min(0)
        .max(1)
        .optional()
        .openapi({ description: 'The share of revenue that is earned; without it no profit is told.' }),
    }),
  },
  responses: { 200: jsonAnswer(effectsAnswer, 'Effects'), ...problems(400, 403, 503) },
});

const place = z.object({ date: z.string(), arm: z.enum(arms), after: z.number().int().min(0) });

export function retentionActionsRoutes({ shop, database, now }: AppDependencies) {
  return router()
    .openapi(effectRoute, async (c) => {
      const { from, to, days, level, margin } = c.req.valid('query');
      if (to < from)
        throw new PairwellError('bad-input', `The last list, ${to}, is before the first, ${from}.`);
      const today = Math.floor(now().getTime() / 86_400_000);
      const { effects, pending } = await effectsBetween(database, { from, to, days }, today, {
        level,
        margin,
      });
      return c.json(tidied({ from, to, days, pending, items: effects.map(viewEffect) }), 200);
    })
    .openapi(drawRoute, async (c) => {
      const { date } = c.req.valid('param');
      const { day, isNew } = await drawActions(database, churnFor(shop), date, c.req.valid('json'));
      const answer = tidied(viewDay(day, await armTotals(database, date)));
      return isNew ? c.json(answer, 201) : c.json(answer, 200);
    })
    .openapi(listRoute, async (c) => {
      const { date } = c.req.valid('param');
      const { arm, limit, cursor } = c.req.valid('query');
      const at = cursor === undefined ? { date, arm, after: 0 } : readCursor(place, cursor);
      if (at.date !== date || at.arm !== arm)
        throw new PairwellError('bad-input', 'The cursor is of another list. Start again without one.');
      const day = await retentionDay(database, date);
      if (!day) {
        const message = `No list was drawn for ${date}. Draw it: PUT /v1/retention-actions/${date}.`;
        throw new PairwellError('not-found', message, { date });
      }
      const found = await storedActions(database, date, { arm, after: at.after, limit: limit + 1 });
      const rows = found.slice(0, limit);
      const answer = {
        ...viewDay(day, await armTotals(database, date)),
        items: rows.map(viewAction),
        nextCursor: found.length > limit ? writeCursor({ date, arm, after: rows.at(-1)!.place }) : null,
      };
      return c.json(tidied(answer), 200);
    });
}
