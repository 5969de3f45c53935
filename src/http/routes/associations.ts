import { createRoute, z } from '@hono/zod-openapi';
import { PairwellError } from '../../errors.ts';
import { unservable } from '../../offers/catalogue.ts';
import type { AppDependencies } from '../environment.ts';
import { productView, viewProduct } from '../product-view.ts';
import { router } from '../router.ts';
import { jsonAnswer, problems, productCode } from '../schemas.ts';
import { servedModel } from '../served.ts';

const associationsAnswer = z
  .object({
    productId: z.string(),
    modelVersion: z.string(),
    associations: z.array(
      z.object({
        productId: z.string(),
        support: z.number(),
        confidence: z.number(),
        lift: z.number(),
        count: z.number().int(),
        product: productView,
      }),
    ),
  })
  .openapi('Associations');

const associations = createRoute({
  method: 'get',
  path: '/products/{productId}/associations',
  tags: ['storefront'],
  summary: 'What is bought together with a product',
  description: 'Single products by confidence; only those that can be sold now.',
  'x-roles': ['storefront', 'analyst'],
  request: {
    params: z.object({ productId: productCode }),
    query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
  },
  responses: { 200: jsonAnswer(associationsAnswer, 'Associations'), ...problems(400, 404, 503) },
});

export function associationsRoutes({ shop }: AppDependencies) {
  return router().openapi(associations, (c) => {
    const { productId } = c.req.valid('param');
    const { limit } = c.req.valid('query');
    const { version, rules, recommender } = servedModel(shop);
    const { itemCodes } = recommender.model;
    const item = itemCodes.indexOf(productId);
    if (item < 0 && !shop.product(productId)) {
      throw new PairwellError('not-found', `There is no product ${productId}.`);
    }
    const found = [];
    for (const rule of item < 0 ? [] : rules.pairsFrom(item)) {
      if (found.length === limit) break;
      if (!recommender.serves(rule)) continue;
      const product = shop.product(itemCodes.get(rules.rules.consequent[rule]));
      if (!product || unservable(product)) continue;
      found.push({
        productId: product.code,
        support: rules.measure('support', rule),
        confidence: rules.measure('confidence', rule),
        lift: rules.measure('lift', rule),
        count: rules.measure('count', rule),
        product: viewProduct(product),
      });
    }
    return c.json({ productId, modelVersion: String(version), associations: found }, 200);
  });
}
