import { createRoute, z } from '@hono/zod-openapi';
import { type ChangedPlacement, changedPlacements, putPlacement } from '../../../db/queries/placements.ts';
import { PairwellError } from '../../errors.ts';
import {
  type Placement,
  type PlacementSettings,
  placementNames,
  placements,
} from '../../offers/placements.ts';
import type { AppDependencies } from '../environment.ts';
import { placementName, placementSettings, placementView } from '../placement-schemas.ts';
import { router } from '../router.ts';
import { jsonAnswer, jsonBody, problems } from '../schemas.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/placements',
  tags: ['analysts'],
  summary: 'Where offers stand, and what is shown there',
  'x-roles': ['analyst'],
  responses: {
    200: jsonAnswer(z.object({ items: z.array(placementView) }).openapi('Placements'), 'Placements'),
    ...problems(403, 503),
  },
});

const putRoute = createRoute({
  method: 'put',
  path: '/placements/{name}',
  tags: ['operators'],
  summary: 'Change what is shown in a placement',
  description: 'A setting that is absent stays as it is. Felt by the next request, in every process.',
  'x-roles': [],
  request: {
    params: z.object({ name: placementName }),
    body: jsonBody(placementSettings.partial()),
  },
  responses: { 200: jsonAnswer(placementView, 'Stored'), ...problems(400, 403, 413, 415, 503) },
});

export function placementsRoutes({ database, refreshPolicies }: AppDependencies) {
  return router()
    .openapi(listRoute, async (c) => {
      const changed = await changedPlacements(database);
      return c.json({ items: placementNames.map((name) => viewOf(name, changed[name])) }, 200);
    })
    .openapi(putRoute, async (c) => {
      const { name } = c.req.valid('param');
      const given = withoutAbsent(c.req.valid('json'));
      const stored = await putPlacement(database, name, given, (changed) =>
        checkTogether({ ...placements[name], ...changed }),
      );
      await refreshPolicies();
      return c.json(viewOf(name, stored), 200);
    });
}

function viewOf(name: Placement, changed: ChangedPlacement | undefined) {
  const settings: PlacementSettings = { ...placements[name], ...changed?.settings };
  return {
    name,
    settings: { ...settings, kinds: { ...settings.kinds } },
    changed: Object.keys(changed?.settings ?? {}),
    defaults: placements[name],
    updatedAt: changed?.updatedAt.toISOString() ?? null,
  };
}

/** @throws PairwellError `bad-input` for settings that leave nothing to offer */
function checkTogether({ minPrice, maxPrice }: PlacementSettings): void {
  if (minPrice === null || maxPrice === null || minPrice <= maxPrice) return;
  throw new PairwellError(
    'bad-input',
    `No price is at least ${minPrice} and at most ${maxPrice}: lower minPrice, raise maxPrice, or set one of them to null.`,
    { minPrice, maxPrice },
  );
}

/** What was given: an absent setting is not one that is undefined. */
function withoutAbsent(given: { [Key in keyof PlacementSettings]?: PlacementSettings[Key] | undefined }) {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as Partial<PlacementSettings>;
}
