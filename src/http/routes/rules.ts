import { createRoute, z } from '@hono/zod-openapi';
import { PairwellError } from '../../errors.ts';
import { ruleMeasures } from '../../rules/browse.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { AppDependencies } from '../environment.ts';
import { router } from '../router.ts';
import { commaList, jsonAnswer, pageLimit, problems, productCode } from '../schemas.ts';
import { servedModel } from './offers.ts';

const sideView = z.object({ productId: z.string(), name: z.string().nullable() });

const rulesAnswer = z
  .object({
    modelVersion: z.string(),
    transactions: z.number().int(),
    items: z.array(
      z.object({
        antecedent: z.array(sideView),
        consequent: sideView,
        count: z.number().int(),
        support: z.number(),
        confidence: z.number(),
        lift: z.number(),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .openapi('Rules');

const share = z.coerce.number().min(0).max(1).optional();

const rulesRoute = createRoute({
  method: 'get',
  path: '/rules',
  tags: ['analysts'],
  summary: 'The rules of the model in service',
  'x-roles': ['analyst'],
  request: {
    query: z.object({
      antecedent: commaList
        .optional()
        .openapi({ description: 'Products that must all be on the left side.' }),
      consequent: productCode.optional(),
      minSupport: share,
      minConfidence: share,
      minLift: z.coerce.number().min(0).optional(),
      minCount: z.coerce.number().int().min(1).optional(),
      sort: z.enum(ruleMeasures).default('confidence').openapi({ description: 'Highest first.' }),
      limit: pageLimit,
      cursor: z.string().max(1000).optional(),
    }),
  },
  responses: { 200: jsonAnswer(rulesAnswer, 'A page of rules'), ...problems(400, 403, 503) },
});

const place = z.object({
  version: z.number().int(),
  sort: z.enum(ruleMeasures),
  at: z.number().int().min(0),
});

export function rulesRoutes({ shop }: AppDependencies) {
  return router().openapi(rulesRoute, (c) => {
    const query = c.req.valid('query');
    const { version, rules, recommender } = servedModel(shop);
    const { itemCodes } = recommender.model;
    const start = query.cursor === undefined ? undefined : readCursor(place, query.cursor);
    if (start && (start.version !== version || start.sort !== query.sort)) {
      throw new PairwellError(
        'bad-input',
        'The cursor belongs to another model or order of rules. Start again without one.',
      );
    }
    const antecedent = query.antecedent?.map((code) => itemCodes.indexOf(code));
    const consequent = query.consequent === undefined ? undefined : itemCodes.indexOf(query.consequent);
    const least = {
      support: query.minSupport,
      confidence: query.minConfidence,
      lift: query.minLift,
      count: query.minCount,
    };
    const page = rules.page({ antecedent, consequent, least }, query.sort, start?.at ?? 0, query.limit);

    const side = (item: number) => {
      const code = itemCodes.get(item);
      return { productId: code, name: shop.product(code)?.name ?? null };
    };
    return c.json(
      {
        modelVersion: String(version),
        transactions: rules.rules.transactionCount,
        items: page.rules.map((rule) => ({
          antecedent: Array.from(rules.antecedent(rule), side),
          consequent: side(rules.rules.consequent[rule]),
          count: rules.measure('count', rule),
          support: rules.measure('support', rule),
          confidence: rules.measure('confidence', rule),
          lift: rules.measure('lift', rule),
        })),
        nextCursor:
          page.next === undefined ? null : writeCursor({ version, sort: query.sort, at: page.next }),
      },
      200,
    );
  });
}
