import { createRoute, type RouteConfigToTypedResponse, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { placementNames } from '../../offers/placements.ts';
import { recommendationIdOf } from '../../offers/recommendation-id.ts';
import type { AppDependencies, AppEnv } from '../environment.ts';
import { OfferWriter } from '../offer-json.ts';
import { productFields, productView } from '../product-view.ts';
import { router } from '../router.ts';
import { commaList, customerCode, jsonAnswer, problems } from '../schemas.ts';
import { servedModel } from '../served.ts';

const msPerDay = 86_400_000;

const kinds = ['cross-sell', 'up-sell', 'bundle', 'buy-again'] as const;

const fieldList = commaList
  .pipe(z.array(z.enum(productFields)))
  .openapi({ type: 'string', example: 'name,price', description: 'Product fields to show; all without it.' });

const offersQuery = z.object({
  placement: z.enum(placementNames).default('home').openapi({ description: 'Where the offers stand.' }),
  items: commaList.default([]).openapi({ description: 'Products in the cart or on the page.' }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .optional()
    .openapi({ description: 'Default: the placement decides.' }),
  kinds: commaList
    .pipe(z.array(z.enum(kinds)))
    .optional()
    .openapi({ type: 'string', example: 'cross-sell' }),
  exclude: commaList.default([]).openapi({ description: 'Products that must not be offered.' }),
  fields: fieldList.optional(),
});

type OffersQuery = z.output<typeof offersQuery>;

const reasonView = z
  .object({
    text: z.string(),
    because: z.array(z.object({ productId: z.string(), name: z.string().nullable() })),
    support: z.number().optional(),
    confidence: z.number().optional(),
    lift: z.number().optional(),
    orders: z.number().int().optional(),
  })
  .openapi('Reason');

export const offersAnswer = z
  .object({
    recommendationId: z.string(),
    modelVersion: z.string(),
    placement: z.enum(placementNames),
    fallbackUsed: z.boolean(),
    fallback: z.object({ source: z.enum(['segment', 'shop']), segment: z.string().optional() }).optional(),
    unknownItems: z.array(z.string()).optional(),
    offers: z.array(
      z.object({
        productId: z.string(),
        kind: z.enum(kinds),
        position: z.number().int(),
        score: z.number(),
        pinned: z.boolean(),
        reason: reasonView,
        product: productView,
      }),
    ),
  })
  .openapi('Offers');

const guestOffers = createRoute({
  method: 'get',
  path: '/offers',
  tags: ['storefront'],
  summary: 'Offers for a guest',
  'x-roles': ['storefront', 'analyst'],
  request: { query: offersQuery },
  responses: { 200: jsonAnswer(offersAnswer, 'Ranked offers'), ...problems(400, 503) },
});

const customerOffers = createRoute({
  method: 'get',
  path: '/customers/{customerId}/offers',
  tags: ['storefront'],
  summary: 'Offers for a customer',
  description: 'A customer nobody has heard of gets what a guest gets.',
  'x-roles': ['storefront', 'analyst'],
  request: { params: z.object({ customerId: customerCode }), query: offersQuery },
  responses: { 200: jsonAnswer(offersAnswer, 'Ranked offers'), ...problems(400, 503) },
});

type OffersResponse = RouteConfigToTypedResponse<typeof guestOffers>;

export function offersRoutes({ shop, metrics, newId, now }: AppDependencies) {
  const writer = new OfferWriter(shop);

  const answer = (c: Context<AppEnv>, query: OffersQuery, customerId?: string) => {
    const served = servedModel(shop);
    const { placement, fields } = query;
    const wanted = !query.kinds || query.kinds.includes('cross-sell');
    const { offers, unknownItems, fallback } = served.recommender.recommend({
      cart: query.items,
      exclude: query.exclude,
      limit: wanted ? (query.limit ?? shop.policies.settings(placement).limit) : 0,
      customer: customerId === undefined ? undefined : shop.customer(customerId),
      today: Math.floor(now().getTime() / msPerDay),
    });
    metrics.countOffers(placement, fallback !== undefined);
    const head = JSON.stringify({
      recommendationId: recommendationIdOf({ modelVersion: served.version, placement }, newId()),
      modelVersion: String(served.version),
      placement,
      fallbackUsed: fallback !== undefined,
      fallback,
      unknownItems: unknownItems.length > 0 ? unknownItems : undefined,
    });
    const text = `${head.slice(0, -1)},"offers":${writer.write(served, offers, fields)}}`;
    // Written by hand for speed; the type tells clients what is in it, and a test holds it to the schema.
    return c.body(text, 200, { 'Content-Type': 'application/json' }) as unknown as OffersResponse;
  };
  return router()
    .openapi(guestOffers, (c) => answer(c, c.req.valid('query')))
    .openapi(customerOffers, (c) => answer(c, c.req.valid('query'), c.req.valid('param').customerId));
}
