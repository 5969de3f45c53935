import { createRoute, z } from '@hono/zod-openapi';
import { forgetCustomer, welcomeBack } from '../../forget/forget-customer.ts';
import type { AppDependencies } from '../environment.ts';
import { router } from '../router.ts';
import { customerCode, problems } from '../schemas.ts';

const params = z.object({ customerId: customerCode });

const forgetRoute = createRoute({
  method: 'delete',
  path: '/customers/{customerId}',
  tags: ['operators'],
  summary: 'Forget a customer',
  description:
    'For somebody who asks to be forgotten. The id, attributes, events and what models know under the id are deleted, in one transaction, and felt by the next request in every process. Orders and contracts stay without a name, and their ids as digests, so that what is counted of all stays as it is. What comes later of the same id is not stored under it: orders are anonymous, events, contracts and attributes are left out, and the answers say so. Once more does nothing, and answers the same.',
  'x-roles': [],
  request: { params },
  responses: { 204: { description: 'Forgotten' }, ...problems(400, 403, 404, 503) },
});

const returnRoute = createRoute({
  method: 'post',
  path: '/customers/{customerId}/return',
  tags: ['operators'],
  summary: 'Let somebody who was forgotten be a customer again',
  description:
    'With a new consent. From now on what comes of the id is stored as that of a new customer; nothing of what was forgotten comes back.',
  'x-roles': [],
  request: { params },
  responses: { 204: { description: 'May come back' }, ...problems(400, 403, 404, 503) },
});

export function forgetRoutes({ database, segmentBy, dropCustomer }: AppDependencies) {
  return router()
    .openapi(forgetRoute, async (c) => {
      const { customerId } = c.req.valid('param');
      const found = await forgetCustomer(database, customerId, segmentBy);
      await dropCustomer(customerId);
      // Who it was is what nobody may read afterwards.
      c.env.log.info({ requestId: c.env.requestId, ...found }, 'a customer was forgotten');
      return c.body(null, 204);
    })
    .openapi(returnRoute, async (c) => {
      await welcomeBack(database, c.req.valid('param').customerId);
      c.env.log.info({ requestId: c.env.requestId }, 'a forgotten customer may come back');
      return c.body(null, 204);
    });
}
