import { z } from '@hono/zod-openapi';
import type { StoredPolicy } from '../../db/queries/policies.ts';
import type { PolicyDefinition } from '../offers/policies/policy.ts';
import { wrongSegment } from '../offers/policies/segment-ids.ts';
import { placementName } from './placement-schemas.ts';
import { productCode, storableText } from './schemas.ts';

const instant = z.iso.datetime({ offset: true }).nullable();
const distinct = (list: readonly unknown[]): boolean =>
  new Set(list.map((entry) => JSON.stringify(entry))).size === list.length;
const twice = 'each may come once';

const segmentId = storableText.superRefine((id, context) => {
  const wrong = wrongSegment(id);
  if (wrong !== undefined) context.addIssue({ code: 'custom', message: wrong });
});

const shared = {
  name: storableText.openapi({ description: 'What people call it.', example: 'Mince pies first' }),
  enabled: z.boolean().default(true),
  placements: z
    .array(placementName)
    .min(1)
    .refine(distinct, twice)
    .nullable()
    .default(null)
    .openapi({ description: 'Null: all of them.' }),
  segments: z
    .array(segmentId)
    .min(1)
    .max(100)
    .refine(distinct, twice)
    .nullable()
    .default(null)
    .openapi({
      description:
        'Ids as GET /v1/segments gives them, or an attribute of customers with its value; the customer is in at least one. Null: everybody, guests too.',
      example: ['rfm-champions', 'country=DE'],
    }),
  startsAt: instant.default(null).openapi({ description: 'From then on. Null: since ever.' }),
  endsAt: instant.default(null).openapi({ description: 'Before then. Null: for ever.' }),
};

const target = {
  products: z.array(productCode).max(1000).refine(distinct, twice).default([]),
  categories: z
    .array(z.array(storableText).min(1).max(10))
    .max(100)
    .refine(distinct, twice)
    .default([])
    .openapi({
      description: 'Each from the widest to the narrowest; all that is in or under it.',
      example: [['food', 'bakery']],
    }),
};

const weighting = (action: 'boost' | 'bury', factor: z.ZodNumber, description: string) =>
  z.strictObject({
    ...shared,
    action: z.literal(action),
    factor: factor.openapi({ description }),
    ...target,
  });

const marking = (action: 'hide' | 'consumable') =>
  z.strictObject({ ...shared, action: z.literal(action), ...target });

const pin = z.strictObject({
  ...shared,
  action: z.literal('pin'),
  productId: productCode,
  position: z.number().int().min(1).max(100).openapi({ description: '1 for the first offer.' }),
});

const anyPolicy = z.discriminatedUnion('action', [
  pin,
  weighting('boost', z.number().gt(1).max(100), 'Above 1: what the products are ranked by is multiplied.'),
  weighting('bury', z.number().gt(0).lt(1), 'Below 1: what the products are ranked by is multiplied.'),
  marking('hide'),
  marking('consumable'),
]);

/** What a client says a policy is. */
export const policyInput = anyPolicy
  .superRefine((policy, context) => {
    const { startsAt, endsAt } = policy;
    if (startsAt !== null && endsAt !== null && Date.parse(endsAt) <= Date.parse(startsAt))
      context.addIssue({ code: 'custom', path: ['endsAt'], message: 'must be later than startsAt' });
    if ('products' in policy && policy.products.length + policy.categories.length === 0) {
      const message = 'give products or categories that it is about';
      context.addIssue({ code: 'custom', path: ['products'], message });
    }
  })
  .openapi('PolicyInput');

export const policyView = z
  .object({
    id: z.number().int(),
    name: z.string(),
    action: z.enum(['pin', 'boost', 'bury', 'hide', 'consumable']),
    enabled: z.boolean(),
    productId: z.string().optional(),
    position: z.number().int().optional(),
    factor: z.number().optional(),
    products: z.array(z.string()).optional(),
    categories: z.array(z.array(z.string())).optional(),
    placements: z.array(placementName).nullable(),
    segments: z.array(z.string()).nullable(),
    startsAt: z.iso.datetime().nullable(),
    endsAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .openapi('Policy');

const finding = z
  .object({
    code: z.string().openapi({ description: 'Stable; programs branch on this.' }),
    message: z.string(),
    policy: z.number().int().optional().openapi({ description: 'The other policy.' }),
  })
  .openapi('PolicyFinding');

export const warnings = z
  .array(finding)
  .openapi({ description: 'What it may not do as meant, and what wins where that depends on the customer.' });

export const findingsView = z
  .object({
    acceptable: z.boolean(),
    conflicts: z.array(finding).openapi({ description: 'For these it would be refused.' }),
    warnings,
  })
  .openapi('PolicyFindings');

export function definitionOf(input: z.output<typeof policyInput>): PolicyDefinition {
  const ms = (time: string | null): number | null => (time === null ? null : Date.parse(time));
  const times = { startsAt: ms(input.startsAt), endsAt: ms(input.endsAt) };
  if (input.action !== 'pin') return { ...input, ...times };
  const { productId, ...rest } = input;
  return { ...rest, ...times, product: productId };
}

export function viewPolicy({ policy, createdAt, updatedAt }: StoredPolicy): z.infer<typeof policyView> {
  const time = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
  const { id, name, action, enabled, placements, segments, startsAt, endsAt } = policy;
  return {
    id,
    name,
    action,
    enabled,
    ...(policy.action === 'pin'
      ? { productId: policy.product, position: policy.position }
      : {
          ...('factor' in policy ? { factor: policy.factor } : {}),
          products: [...policy.products],
          categories: policy.categories.map((category) => [...category]),
        }),
    placements: placements && [...placements],
    segments: segments && [...segments],
    startsAt: time(startsAt),
    endsAt: time(endsAt),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
