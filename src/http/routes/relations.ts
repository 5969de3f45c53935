import { createRoute, z } from '@hono/zod-openapi';
import { relations as relationNames } from '../../insights/insights.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { AppDependencies } from '../environment.ts';
import { figure, figureOf, pValue, pValueOf } from '../figures.ts';
import { ItemViews, productRef } from '../item-views.ts';
import { router } from '../router.ts';
import { jsonAnswer, pageLimit, problems, productCode } from '../schemas.ts';
import { bookFor } from '../served.ts';

const relationsAnswer = z
  .object({
    modelVersion: z.string(),
    transactions: z.number().int(),
    items: z.array(
      z.object({
        products: z.array(productRef).openapi({ description: 'Two.' }),
        relation: z.enum(relationNames),
        confidence: z.number().openapi({
          description:
            '0 to 1: of complements and substitutes how sure they are; of unrelated products the larger p, which is small where they are bought together more or less often than by chance and are yet neither.',
        }),
        count: z.number().int().openapi({ description: 'Transactions with both.' }),
        lift: figure,
        p: pValue.openapi({
          description:
            "Fisher's exact test towards the side that the lift is on, by Benjamini and Hochberg among all pairs.",
        }),
        pBeyondSize: pValue.openapi({
          description:
            'What the same is at most with the sizes of the baskets held still: Hoeffding’s bound on the sum of hypergeometric numbers, by Benjamini and Hochberg. The true p is lower, mostly by a little.',
        }),
        similarity: figure.openapi({ description: '0 to 1: how alike the baskets are that they are in.' }),
      }),
    ),
    productExamined: z.boolean().nullable().openapi({
      description:
        'Whether the product asked for is among those that were examined: of others no relation is known. Null without a product.',
    }),
    nextCursor: z.string().nullable(),
  })
  .openapi('Relations');

const relationsRoute = createRoute({
  method: 'get',
  path: '/relations',
  tags: ['analysts'],
  summary: 'What the best-selling products are to each other',
  description:
    'Complements and substitutes, unless unrelated products are asked for; the surest first. A cursor goes on in the model it came from, also when one newer model is in service.',
  'x-roles': ['analyst'],
  request: {
    query: z.object({
      productId: productCode
        .optional()
        .openapi({ description: 'One of the two products.', example: '85123A' }),
      relation: z.enum(relationNames).optional(),
      limit: pageLimit,
      cursor: z.string().max(1000).optional(),
    }),
  },
  responses: {
    200: jsonAnswer(relationsAnswer, 'A page of related pairs'),
    ...problems(400, 403, 404, 409, 503),
  },
});

const unrelated = relationNames.indexOf('unrelated');

const place = z.object({ version: z.number().int(), relationAt: z.number().int().min(0) });

export function relationsRoutes({ shop }: AppDependencies) {
  return router().openapi(relationsRoute, (c) => {
    const { productId, relation, limit, cursor } = c.req.valid('query');
    const start = cursor === undefined ? undefined : readCursor(place, cursor);
    const book = bookFor(shop, start?.version);
    const items = new ItemViews(book, shop);
    const item = productId === undefined ? undefined : items.indexOf(productId);
    const columns = book.insights.relations;
    const wanted = relation && relationNames.indexOf(relation);
    const fits = (row: number): boolean =>
      (item === undefined || columns.a[row] === item || columns.b[row] === item) &&
      (relation === undefined ? columns.relation[row] !== unrelated : columns.relation[row] === wanted);

    const sorted = book.relationsByConfidence;
    const rows: number[] = [];
    let at = start?.relationAt ?? 0;
    for (; at < sorted.length; at++) {
      if (!fits(sorted[at])) continue;
      if (rows.length === limit) break;
      rows.push(sorted[at]);
    }
    const { version } = book;
    return c.json(
      {
        modelVersion: String(version),
        transactions: book.rules.rules.transactionCount,
        items: rows.map((row) => ({
          products: [items.product(columns.a[row]), items.product(columns.b[row])],
          relation: relationNames[columns.relation[row]],
          confidence: columns.confidence[row],
          count: columns.together[row],
          lift: figureOf(columns.lift[row]),
          p: pValueOf(columns.logP[row]),
          pBeyondSize: pValueOf(columns.logPBeyondSize[row]),
          similarity: figureOf(columns.similarity[row]),
        })),
        productExamined: item === undefined ? null : columns.a.includes(item) || columns.b.includes(item),
        nextCursor: at < sorted.length ? writeCursor({ version, relationAt: at }) : null,
      },
      200,
    );
  });
}
