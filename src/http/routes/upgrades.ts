import { createRoute, z } from '@hono/zod-openapi';
import { PairwellError } from '../../errors.ts';
import { defaultRatios } from '../../offers/upgrades/upgrade.ts';
import { emptyReasonWords } from '../../offers/upgrades/upgrade-words.ts';
import type { AppDependencies } from '../environment.ts';
import { viewProduct } from '../product-view.ts';
import { router } from '../router.ts';
import { customerCode, jsonAnswer, problems, productCode } from '../schemas.ts';
import { servedModel } from '../served.ts';
import { upgradesAnswer } from '../upgrade-schemas.ts';
import { viewComparison, viewUpgrade } from '../upgrade-view.ts';

const ratio = (standard: number, description: string) =>
  z.coerce.number().gt(1).max(100).default(standard).openapi({ description });

const upgrades = createRoute({
  method: 'get',
  path: '/products/{productId}/upgrades',
  tags: ['storefront'],
  summary: 'Dearer products for the same need, compared',
  description:
    'Of the same narrowest category where the product has one, alike in name and attributes, dearer within the ratios, of a higher tier, and on sale now; with what customers did who bought the product first, and a table to choose by. Where nothing is sensible there is nothing, with the reason.',
  'x-roles': ['storefront', 'analyst'],
  request: {
    params: z.object({ productId: productCode }),
    query: z.object({
      limit: z.coerce.number().int().min(1).max(20).default(5),
      minRatio: ratio(
        defaultRatios.leastRatio,
        'The least that an upgrade costs, as a multiple of the price of the product.',
      ),
      maxRatio: ratio(defaultRatios.mostRatio, 'The most.'),
      customerId: customerCode
        .optional()
        .openapi({ description: "What the customer's segment favours comes first.", example: '17850' }),
    }),
  },
  responses: { 200: jsonAnswer(upgradesAnswer, 'Upgrades and a comparison'), ...problems(400, 404, 503) },
});

export function upgradesRoutes({ shop }: AppDependencies) {
  return router().openapi(upgrades, (c) => {
    const { productId } = c.req.valid('param');
    const { limit, minRatio, maxRatio, customerId } = c.req.valid('query');
    if (minRatio > maxRatio) {
      const message = `minRatio: ${minRatio} is more than maxRatio, ${maxRatio}; give a minRatio that is at most that.`;
      throw new PairwellError('bad-input', message);
    }
    const served = servedModel(shop);
    const product = shop.product(productId);
    if (!product) throw new PairwellError('not-found', `There is no product ${productId}.`);
    const wish = { leastRatio: minRatio, mostRatio: maxRatio, customer: customerId };
    const { upgrades: found, emptyReason } = served.upgrades.upgradesOf(productId, limit, wish);
    return c.json(
      {
        productId,
        modelVersion: String(served.version),
        minRatio,
        maxRatio,
        product: viewProduct(product),
        upgrades: found.map((upgrade, n) => viewUpgrade(product, upgrade, n + 1)),
        comparison: viewComparison(served, product, found),
        emptyReason: emptyReason ? { code: emptyReason, text: emptyReasonWords[emptyReason] } : null,
      },
      200,
    );
  });
}
