import { createRoute, z } from '@hono/zod-openapi';
import { tellingRules } from '../../customers/telling-rules.ts';
import { PairwellError } from '../../errors.ts';
import { count, segmentId, share } from '../customer-schemas.ts';
import type { AppDependencies } from '../environment.ts';
import { ItemViews, productRef } from '../item-views.ts';
import { router } from '../router.ts';
import { jsonAnswer, problems } from '../schemas.ts';
import { servedModel } from '../served.ts';
import { customersFor, segmentOf } from '../served-customers.ts';

const answer = z
  .object({
    modelVersion: z.string(),
    segmentId: z.string(),
    orders: count.openapi({ description: "The segment's orders with products." }),
    strength: z.number().openapi({
      description:
        "With how many orders the shop's confidence counts beside a segment's own, as the data say.",
    }),
    items: z.array(
      z.object({
        antecedent: z.array(productRef),
        consequent: productRef,
        count: count.openapi({ description: "Of the segment's orders, those with both sides." }),
        antecedentCount: count,
        confidence: share.openapi({ description: "In the segment, drawn to the shop's." }),
        shopConfidence: share,
        deviation: z
          .number()
          .openapi({ description: "Standard errors that the segment is off the shop's confidence." }),
      }),
    ),
  })
  .openapi('SegmentRules');

const route = createRoute({
  method: 'get',
  path: '/segments/{segmentId}/rules',
  tags: ['analysts'],
  summary: 'What a behavioural segment buys together more, or less, than the shop',
  'x-roles': ['analyst'],
  request: {
    params: z.object({ segmentId }),
    query: z.object({
      than: z.enum(['more', 'less']).default('more'),
      limit: z.coerce.number().int().min(1).max(500).default(50),
    }),
  },
  responses: {
    200: jsonAnswer(answer, 'Rules, those that tell it most first'),
    ...problems(400, 403, 404, 409, 503),
  },
});

export function segmentRulesRoutes({ shop }: AppDependencies) {
  return router().openapi(route, (c) => {
    const { segmentId: id } = c.req.valid('param');
    const { than, limit } = c.req.valid('query');
    const customers = customersFor(shop);
    const { kind, position } = segmentOf(customers, id);
    if (kind !== 'behaviour') {
      const message = `Rules are counted in behavioural segments alone (GET /v1/segments), and ${id} is none.`;
      throw new PairwellError('bad-input', message, { id });
    }
    const { book } = servedModel(shop);
    const items = new ItemViews(book, shop);
    const { rules } = book.rules;
    const { antecedentOffsets, antecedentItems, consequent } = rules;
    const shares = customers.insights.segmentShares;
    const found = tellingRules(shares, rules, position, { isMore: than === 'more', limit });
    return c.json(
      {
        modelVersion: String(customers.version),
        segmentId: id,
        orders: shares.counts.orders[position],
        strength: shares.strength,
        items: found.map(({ rule, support, antecedent, confidence, shopConfidence, deviation }) => ({
          antecedent: Array.from(
            antecedentItems.subarray(antecedentOffsets[rule], antecedentOffsets[rule + 1]),
            (item) => items.product(item),
          ),
          consequent: items.product(consequent[rule]),
          count: support,
          antecedentCount: antecedent,
          confidence,
          shopConfidence,
          deviation,
        })),
      },
      200,
    );
  });
}
