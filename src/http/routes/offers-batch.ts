import { createRoute, type RouteConfigToTypedResponse } from '@hono/zod-openapi';
import type { AppDependencies } from '../environment.ts';
import { headersIn, OfferAnswers } from '../offer-answers.ts';
import { batchAnswer, batchBody } from '../offer-schemas.ts';
import { router } from '../router.ts';
import { jsonAnswer, jsonBody, problems } from '../schemas.ts';
import { servedModel } from '../served.ts';

/** After so many answers others get their turn. */
const atATime = 50;

const batchRoute = createRoute({
  method: 'post',
  path: '/offers/batch',
  tags: ['storefront'],
  summary: 'Offers for many customers',
  description:
    'For a mailing or a cache. Every answer has a `recommendationId` of its own; all are by one model. For all customers at once: `pairwell export offers`.',
  'x-roles': ['storefront', 'analyst'],
  request: { body: jsonBody(batchBody) },
  responses: { 200: jsonAnswer(batchAnswer, 'In the order of the request'), ...problems(400, 413, 415, 503) },
});

type BatchResponse = RouteConfigToTypedResponse<typeof batchRoute>;

export function offersBatchRoutes(dependencies: AppDependencies) {
  const { shop, now } = dependencies;
  const answers = new OfferAnswers(dependencies);
  return router().openapi(batchRoute, async (c) => {
    const { requests, ...common } = c.req.valid('json');
    const served = servedModel(shop);
    const language = shop.wording.pick(common.language, c.req.header('Accept-Language'));
    const items: string[] = [];
    for (const [n, { customerId, items: cart = [], cartValue, exclude = [] }] of requests.entries()) {
      if (n % atATime === atATime - 1) await new Promise(setImmediate);
      const asked = { ...common, items: cart, cartValue, exclude: [...common.exclude, ...exclude] };
      const { text } = answers.answer(asked, { served, customerId, language, now: now() });
      items.push(`{"customerId":${JSON.stringify(customerId ?? null)},${text.slice(1)}`);
    }
    const text = `{"modelVersion":"${served.version}","items":[${items.join(',')}]}`;
    return c.body(text, 200, headersIn(language)) as unknown as BatchResponse;
  });
}
