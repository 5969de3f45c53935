import { createRoute, z } from '@hono/zod-openapi';
import { bundlesOf, defaultAssumptions } from '../../rules/bundles.ts';
import { sellableCandidates } from '../bundle-candidates.ts';
import type { AppDependencies } from '../environment.ts';
import { moneyOf } from '../figures.ts';
import { ItemViews, productRef } from '../item-views.ts';
import { router } from '../router.ts';
import { jsonAnswer, problems } from '../schemas.ts';
import { bookFor } from '../served.ts';

const assumption = (name: keyof typeof defaultAssumptions, most: number, description: string) =>
  z.coerce.number().min(0).max(most).default(defaultAssumptions[name]).openapi({ description });

const assumptions = z.object({
  acceptance: assumption(
    'acceptance',
    1,
    'Of the baskets that hold all of a bundle but one, the share that takes the missing one too because the bundle is offered, without a discount.',
  ),
  elasticity: assumption(
    'elasticity',
    1000,
    'By how many per cent acceptance grows with each per cent of discount.',
  ),
  leastMargin: assumption('leastMargin', 1, 'The least margin of a bundle, as a share of its price.'),
  largestDiscount: assumption('largestDiscount', 1, 'The largest discount, as a share of the joint price.'),
  overlap: assumption(
    'overlap',
    1,
    'Of two bundles that share more than this share of their products, the less profitable one is left out.',
  ),
});

const bundlesAnswer = z
  .object({
    modelVersion: z.string(),
    transactions: z.number().int(),
    assumptions: z
      .record(z.string(), z.number())
      .openapi({ description: 'What the figures rest on: no order history tells how customers answer.' }),
    candidates: z.number().int().openapi({ description: 'Sets of the model that might be bundles.' }),
    leftOut: z
      .object({
        notOnSale: z.number().int().openapi({ description: 'With a product that cannot be sold now.' }),
        withoutPriceOrCost: z
          .number()
          .int()
          .openapi({ description: 'Of the others, those with a product without a price or a cost.' }),
        beyondModel: z
          .number()
          .int()
          .openapi({ description: 'Further sets, bought less often, that the model did not keep.' }),
      })
      .openapi({ description: 'What could not be reckoned with.' }),
    items: z.array(
      z.object({
        products: z.array(
          productRef.extend({ price: z.number() }).openapi({ description: 'At its price of now.' }),
        ),
        count: z.number().int().openapi({ description: 'Transactions that hold all of them.' }),
        price: z.number().openapi({ description: 'The sum of the prices.' }),
        margin: z.number().openapi({ description: 'The same less the costs.' }),
        discount: z.number().openapi({ description: 'As a share of the price: the one to earn most by.' }),
        bundlePrice: z.number(),
        marginLeft: z.number().openapi({ description: 'As a share of bundlePrice.' }),
        extraProfit: z
          .number()
          .openapi({ description: 'Expected beyond today’s, per thousand transactions.' }),
      }),
    ),
  })
  .openapi('Bundles');

const bundlesRoute = createRoute({
  method: 'get',
  path: '/bundles',
  tags: ['analysts'],
  summary: 'Products worth selling together at a discount',
  description:
    'The most profitable first, at the prices and costs of now; only products that can be sold now, and only bundles that are expected to earn something. Money comes with four decimals at most.',
  'x-roles': ['analyst'],
  request: { query: assumptions.extend({ limit: z.coerce.number().int().min(1).max(500).default(20) }) },
  responses: { 200: jsonAnswer(bundlesAnswer, 'Bundles and what they rest on'), ...problems(400, 403, 503) },
});

export function bundlesRoutes({ shop }: AppDependencies) {
  return router().openapi(bundlesRoute, (c) => {
    const { limit, ...assumed } = c.req.valid('query');
    const book = bookFor(shop, undefined);
    const { transactionCount } = book.rules.rules;
    const { candidates, costing, leftOut } = sellableCandidates(book, shop);
    const bundles = bundlesOf(candidates, transactionCount, costing, assumed);
    const views = new ItemViews(book, shop);
    return c.json(
      {
        modelVersion: String(book.version),
        transactions: transactionCount,
        assumptions: assumed,
        candidates: book.insights.bundles.together.length,
        leftOut: { ...leftOut, beyondModel: book.insights.bundles.leftOut },
        items: bundles.slice(0, limit).map((bundle) => ({
          products: bundle.items.map((item) => ({ ...views.product(item), price: costing.prices[item] })),
          count: bundle.together,
          price: moneyOf(bundle.price),
          margin: moneyOf(bundle.margin),
          discount: bundle.discount,
          bundlePrice: moneyOf(bundle.bundlePrice),
          marginLeft: bundle.marginLeft,
          extraProfit: moneyOf(bundle.extraProfit),
        })),
      },
      200,
    );
  });
}
