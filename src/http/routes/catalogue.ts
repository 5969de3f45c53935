import { createRoute, z } from '@hono/zod-openapi';
import { putCustomers } from '../../../db/queries/customers.ts';
import { putProducts } from '../../../db/queries/products.ts';
import type { AppDependencies } from '../environment.ts';
import { router } from '../router.ts';
import {
  amount,
  attributes,
  customerCode,
  forgottenIds,
  jsonAnswer,
  jsonBody,
  problems,
  productCode,
} from '../schemas.ts';

const productUpdate = z
  .strictObject({
    id: productCode,
    name: z.string().max(1000).nullable().optional(),
    category: z
      .array(z.string().min(1).max(200))
      .max(10)
      .optional()
      .openapi({ description: 'Widest first.' }),
    price: amount.nullable().optional(),
    cost: amount.nullable().optional(),
    stock: z.number().nullable().optional().openapi({ description: 'Units on hand; null: not tracked.' }),
    active: z.boolean().optional(),
    nonProduct: z
      .boolean()
      .optional()
      .openapi({ description: 'Postage, fees …: takes no part in rules and offers.' }),
    attributes: attributes.optional(),
  })
  .openapi('ProductUpdate');

const customerUpdate = z
  .strictObject({
    id: customerCode,
    channel: z.string().max(200).nullable().optional(),
    firstSeen: z.iso.datetime({ offset: true }).nullable().optional(),
    attributes: attributes.optional(),
  })
  .openapi('CustomerUpdate');

const distinctIds = (updates: readonly { id: string }[]): boolean =>
  new Set(updates.map(({ id }) => id)).size === updates.length;

const stored = z.object({ stored: z.number().int() }).openapi('Stored');
const storedCustomers = stored.extend({ forgotten: forgottenIds }).openapi('StoredCustomers');

const products = createRoute({
  method: 'put',
  path: '/products',
  tags: ['storefront'],
  summary: 'Create or update products',
  description: 'A field that is absent stays as it is. Felt by the next request, without a retrain.',
  'x-roles': ['storefront'],
  request: {
    body: jsonBody(
      z.strictObject({
        products: z.array(productUpdate).min(1).max(1000).refine(distinctIds, 'each product may come once'),
      }),
    ),
  },
  responses: { 200: jsonAnswer(stored, 'Stored'), ...problems(400, 403, 413, 415, 503) },
});

const customers = createRoute({
  method: 'put',
  path: '/customers',
  tags: ['storefront'],
  summary: 'Create or update customers',
  description:
    'A field that is absent stays as it is. Of customers who were forgotten nothing is stored, and the answer names them.',
  'x-roles': ['storefront'],
  request: {
    body: jsonBody(
      z.strictObject({
        customers: z
          .array(customerUpdate)
          .min(1)
          .max(1000)
          .refine(distinctIds, 'each customer may come once'),
      }),
    ),
  },
  responses: { 200: jsonAnswer(storedCustomers, 'Stored'), ...problems(400, 403, 413, 415, 503) },
});

export function catalogueRoutes({ shop, database, refreshCustomers }: AppDependencies) {
  return router()
    .openapi(products, async (c) => {
      const updates = c.req.valid('json').products.map(({ id, ...fields }) => ({ code: id, ...fields }));
      const rows = await putProducts(database, updates);
      shop.putProducts(rows);
      return c.json({ stored: rows.length }, 200);
    })
    .openapi(customers, async (c) => {
      const updates = c.req.valid('json').customers.map(({ id, firstSeen, ...fields }) => ({
        code: id,
        ...fields,
        ...(firstSeen === undefined ? {} : { firstSeen: firstSeen === null ? null : new Date(firstSeen) }),
      }));
      const forgotten = await putCustomers(database, updates);
      await refreshCustomers(updates.map(({ code }) => code));
      const answer = { stored: updates.length - forgotten.length };
      return c.json(forgotten.length > 0 ? { ...answer, forgotten } : answer, 200);
    });
}
