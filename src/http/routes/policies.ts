import { createRoute, z } from '@hono/zod-openapi';
import type { Session } from '../../../db/database.ts';
import { allPolicies, deletePolicy, readPolicy, storePolicy } from '../../../db/queries/policies.ts';
import { productsByCode } from '../../../db/queries/products.ts';
import { PairwellError } from '../../errors.ts';
import { placementNames } from '../../offers/placements.ts';
import { type Findings, findingsOf } from '../../offers/policies/conflicts.ts';
import { type Policy, type PolicyDefinition, policyActions } from '../../offers/policies/policy.ts';
import { attributeOf } from '../../offers/policies/segment-ids.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { AppDependencies } from '../environment.ts';
import {
  definitionOf,
  findingsView,
  policyInput,
  policyView,
  viewPolicy,
  warnings,
} from '../policy-schemas.ts';
import { router } from '../router.ts';
import { jsonAnswer, jsonBody, pageLimit, problems } from '../schemas.ts';

const policyId = z.coerce.number().int().min(1).max(2_147_483_647);
const storedPolicy = policyView.extend({ warnings }).openapi('StoredPolicy');

const felt =
  'Felt by the next request, in every process. A policy that contradicts another for customers, times and placements that are certain to meet is refused, and what to do is said.';

const listRoute = createRoute({
  method: 'get',
  path: '/policies',
  tags: ['analysts'],
  summary: 'Policies: what is pinned, boosted, buried, hidden and offered again',
  description: 'In order of their ids.',
  'x-roles': ['analyst'],
  request: {
    query: z.object({
      action: z.enum(policyActions).optional(),
      placement: z
        .enum(placementNames)
        .optional()
        .openapi({ description: 'Those that hold there, besides others or alone.' }),
      limit: pageLimit,
      cursor: z.string().max(1000).optional(),
    }),
  },
  responses: {
    200: jsonAnswer(
      z.object({ items: z.array(policyView), nextCursor: z.string().nullable() }).openapi('Policies'),
      'Policies',
    ),
    ...problems(400, 403, 503),
  },
});

const readRoute = createRoute({
  method: 'get',
  path: '/policies/{id}',
  tags: ['analysts'],
  summary: 'One policy',
  'x-roles': ['analyst'],
  request: { params: z.object({ id: policyId }) },
  responses: { 200: jsonAnswer(policyView, 'The policy'), ...problems(400, 403, 404, 503) },
});

const addRoute = createRoute({
  method: 'post',
  path: '/policies',
  tags: ['operators'],
  summary: 'Add a policy',
  description: felt,
  'x-roles': [],
  request: { body: jsonBody(policyInput) },
  responses: { 201: jsonAnswer(storedPolicy, 'Stored'), ...problems(400, 403, 413, 415, 503) },
});

const replaceRoute = createRoute({
  method: 'put',
  path: '/policies/{id}',
  tags: ['operators'],
  summary: 'Put a policy in place of another',
  description: felt,
  'x-roles': [],
  request: { params: z.object({ id: policyId }), body: jsonBody(policyInput) },
  responses: { 200: jsonAnswer(storedPolicy, 'Stored'), ...problems(400, 403, 404, 413, 415, 503) },
});

const removeRoute = createRoute({
  method: 'delete',
  path: '/policies/{id}',
  tags: ['operators'],
  summary: 'Delete a policy',
  'x-roles': [],
  request: { params: z.object({ id: policyId }) },
  responses: { 200: jsonAnswer(policyView, 'As it was'), ...problems(400, 403, 404, 503) },
});

const checkRoute = createRoute({
  method: 'post',
  path: '/policies/check',
  tags: ['analysts'],
  summary: 'Say what contradicts a policy, without storing it',
  'x-roles': ['analyst'],
  request: {
    query: z.object({
      replaces: policyId.optional().openapi({ description: 'The policy that it would take the place of.' }),
    }),
    body: jsonBody(policyInput),
  },
  responses: { 200: jsonAnswer(findingsView, 'Findings'), ...problems(400, 403, 413, 415, 503) },
});

export function policiesRoutes({ shop, database, refreshPolicies, now }: AppDependencies) {
  /** By the database's products: another process may have stored one just now. */
  const look = async (
    policy: PolicyDefinition,
    others: readonly Policy[],
    session: Session,
  ): Promise<Findings> => {
    const rows = await productsByCode(session, [
      ...new Set([policy, ...others.filter(isPin)].flatMap(productsOf)),
    ]);
    const products = new Map(rows.map((row) => [row.code, row]));
    return findingsOf(policy, {
      others,
      productOf: (code) => products.get(code),
      limitOf: (placement) => shop.policies.settings(placement).limit,
      hasSegment: (id) => {
        const customers = shop.served?.customers;
        return attributeOf(id) || !customers ? undefined : customers.segment(id) !== undefined;
      },
      now: now().getTime(),
    });
  };

  /** @throws PairwellError `bad-input` for a policy that contradicts others */
  const store = async (id: number | undefined, policy: PolicyDefinition) => {
    let findings: Findings = { conflicts: [], warnings: [] };
    const stored = await storePolicy(database, id, policy, async (others, session) => {
      findings = await look(policy, others, session);
      if (findings.conflicts.length === 0) return;
      const message = findings.conflicts.map((conflict) => conflict.message).join(' ');
      throw new PairwellError('bad-input', message, { conflicts: findings.conflicts });
    });
    await refreshPolicies();
    return { ...viewPolicy(stored), warnings: [...findings.warnings] };
  };

  return router()
    .openapi(listRoute, async (c) => {
      const { action, placement, limit, cursor } = c.req.valid('query');
      const after = cursor === undefined ? 0 : readCursor(policyPlace, cursor).after;
      const found = (await allPolicies(database)).filter(
        ({ policy }) =>
          policy.id > after &&
          (action === undefined || policy.action === action) &&
          (placement === undefined || policy.placements === null || policy.placements.includes(placement)),
      );
      const items = found.slice(0, limit).map(viewPolicy);
      const nextCursor = found.length > limit ? writeCursor({ after: items.at(-1)!.id }) : null;
      return c.json({ items, nextCursor }, 200);
    })
    .openapi(readRoute, async (c) => {
      return c.json(viewPolicy(await readPolicy(database, c.req.valid('param').id)), 200);
    })
    .openapi(checkRoute, async (c) => {
      const { replaces } = c.req.valid('query');
      const others = (await allPolicies(database)).map(({ policy }) => policy);
      const { conflicts, warnings } = await look(
        definitionOf(c.req.valid('json')),
        others.filter(({ id }) => id !== replaces),
        database,
      );
      const acceptable = conflicts.length === 0;
      return c.json({ acceptable, conflicts: [...conflicts], warnings: [...warnings] }, 200);
    })
    .openapi(addRoute, async (c) => c.json(await store(undefined, definitionOf(c.req.valid('json'))), 201))
    .openapi(replaceRoute, async (c) =>
      c.json(await store(c.req.valid('param').id, definitionOf(c.req.valid('json'))), 200),
    )
    .openapi(removeRoute, async (c) => {
      const gone = await deletePolicy(database, c.req.valid('param').id);
      await refreshPolicies();
      return c.json(viewPolicy(gone), 200);
    });
}

const isPin = ({ action }: PolicyDefinition): boolean => action === 'pin';

const productsOf = (policy: PolicyDefinition): readonly string[] =>
  policy.action === 'pin' ? [policy.product] : policy.products;

const policyPlace = z.object({ after: z.number().int().min(0) });
