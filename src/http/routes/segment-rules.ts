import { createRoute, z } from '@hono/zod-openapi';
import { mostStrength } from '../../customers/segment-rules-shrinkage.ts';
import { segmentWords } from '../../customers/segment-words.ts';
import { tellingRules } from '../../customers/telling-rules.ts';
import { PairwellError } from '../../errors.ts';
import { count, segmentId, share, words } from '../customer-schemas.ts';
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
        "How much the confidence of all customers counts beside a segment's own, as a number of orders with the left side: as the data say, of the rules that are shown. The more, the less the segments differ; 1,000,000 where chance alone explains how they do.",
    }),
    words: z.object({ strength: words, deviation: words }),
    items: z.array(
      z.object({
        antecedent: z.array(productRef),
        consequent: productRef,
        count: count.openapi({ description: "Of the segment's orders, those with both sides." }),
        antecedentCount: count,
        confidence: share.openapi({ description: 'In the segment, drawn to that of all customers.' }),
        shopConfidence: share.openapi({
          description:
            'Of the orders of all customers; not of orders without one, as `GET /v1/rules` has it.',
        }),
        deviation: z.number().openapi({
          description:
            'How far confidence is off shopConfidence, in standard errors of a share of antecedentCount orders; below 0 where the segment does it less. It sorts the rules and is no test: orders of one customer are alike.',
        }),
      }),
    ),
  })
  .openapi('SegmentRules');

const route = createRoute({
  method: 'get',
  path: '/segments/{segmentId}/rules',
  tags: ['analysts'],
  summary: 'What a behavioural segment buys together more, or less, than all customers',
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
    const found = tellingRules(shares, position, { isMore: than === 'more', limit });
    return c.json(
      {
        modelVersion: String(customers.version),
        segmentId: id,
        orders: shares.counts.orders[position],
        strength: shares.strength,
        words: {
          strength: segmentWords.strength(shares.strength, mostStrength, shares.counts.rules),
          deviation: segmentWords.deviation(),
        },
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
