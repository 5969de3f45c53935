import { createRoute, z } from '@hono/zod-openapi';
import { putContracts } from '../../../db/queries/contracts.ts';
import { reasonCode } from '../churn-schemas.ts';
import type { AppDependencies } from '../environment.ts';
import { router } from '../router.ts';
import {
  amount,
  customerCode,
  forgottenIds,
  jsonAnswer,
  jsonBody,
  problems,
  storableText,
} from '../schemas.ts';

const contract = z
  .strictObject({
    id: storableText.openapi({ description: "The shop's own, of this contract." }),
    customerId: customerCode,
    startsOn: z.iso.date(),
    endsOn: z.iso
      .date()
      .nullable()
      .default(null)
      .openapi({ description: 'The first day after it, which may be in the future; null while it runs.' }),
    amount: amount.nullable().default(null).openapi({ description: 'Money a month.' }),
    plan: storableText.nullable().default(null),
    endReason: reasonCode.nullable().default(null),
    voluntary: z
      .boolean()
      .nullable()
      .default(null)
      .openapi({ description: 'Whether the customer ended it; null where that is not known.' }),
  })
  .refine(({ startsOn, endsOn }) => endsOn === null || endsOn >= startsOn, {
    path: ['endsOn'],
    message: 'must not be before startsOn',
  })
  .openapi('Contract');

const distinctIds = (contracts: readonly { id: string }[]): boolean =>
  new Set(contracts.map(({ id }) => id)).size === contracts.length;

const contractsRoute = createRoute({
  method: 'put',
  path: '/contracts',
  tags: ['storefront'],
  summary: 'Create or replace contracts',
  description:
    'Of shops whose customers pay by the month. A contract takes the place of the one of its id. Another price or plan is another contract, which starts on the day on which the one before ends. Customers nobody has heard of are made; the next training knows them.',
  'x-roles': ['storefront'],
  request: {
    body: jsonBody(
      z.strictObject({
        contracts: z.array(contract).min(1).max(1000).refine(distinctIds, 'each contract may come once'),
      }),
    ),
  },
  responses: {
    200: jsonAnswer(z.object({ stored: z.number().int(), forgotten: forgottenIds }), 'Stored'),
    ...problems(400, 403, 413, 415, 503),
  },
});

export function contractsRoutes({ database, refreshCustomers }: AppDependencies) {
  return router().openapi(contractsRoute, async (c) => {
    const { contracts } = c.req.valid('json');
    const forgotten = await putContracts(
      database,
      contracts.map(({ id, customerId, voluntary, ...stated }) => ({
        ...stated,
        code: id,
        customer: customerId,
        isVoluntary: voluntary,
      })),
    );
    await refreshCustomers(contracts.map(({ customerId }) => customerId));
    const stored = contracts.filter(({ customerId }) => !forgotten.includes(customerId)).length;
    return c.json(forgotten.length > 0 ? { stored, forgotten } : { stored }, 200);
  });
}
